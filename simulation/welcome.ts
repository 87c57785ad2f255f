import { describeSettings, type Settings } from '../platform/settings.ts';
import type { Tokens } from '../platform/tokens.ts';
import { personas } from './personas.ts';

const pad = (text: string, width: number): string => text.padEnd(width);

/** What `npm start -- --help` prints. */
export const help = (): string =>
  [
    'npm start runs Syncline: the hub, its database and, unless SIMULATION=0, a simulated hospital.',
    '',
    'Settings are environment variables, for example: PORT=4100 DATA_DIR=/srv/syncline npm start',
    '',
    ...describeSettings().map(
      ({ variable, fallback, allowed, description }) =>
        `  ${pad(variable, 28)} ${description}\n  ${pad('', 28)} ${allowed}; ${fallback === null ? 'not set' : `${fallback} unless told`}`,
    ),
    '',
    'Ctrl-C stops everything. npm run demo plays the persons of a request and tells its story.',
  ].join('\n');

const tokenLines = async (tokens: Tokens): Promise<readonly string[]> =>
  Promise.all(
    Object.entries(personas).map(
      async ([key, persona]) =>
        `  ${pad(key, 5)} ${pad(persona.name, 15)} ${pad(persona.roles.join(', '), 22)} ${await tokens.issue(persona)}`,
    ),
  );

/** What the terminal shows when the hub is ready: where things are, who may sign in, what to try. */
export const welcome = async (
  hub: { readonly url: string; readonly tokens: Tokens },
  settings: Settings,
  tookMs: number,
): Promise<string> => {
  const { url, tokens } = hub;
  const ready = `Syncline is ready after ${(tookMs / 1000).toFixed(1)} s.`;
  const places = [
    `  Console    ${url}/`,
    `  Explorer   ${url}/graphql   (also GraphQL over HTTP, WebSocket and SSE)`,
    `  Health     ${url}/health   ${url}/ready   ${url}/metrics`,
  ];
  if (!settings.demo) return [ready, ...places].join('\n');
  return [
    '',
    ready,
    ...places,
    '',
    'People of the demo, with a token each (12 hours):',
    ...(await tokenLines(tokens)),
    '',
    'Three things to try in another terminal:',
    '  npm run demo',
    `  TOKEN=$(curl -s ${url}/demo/personas | node -pe 'JSON.parse(require("fs").readFileSync(0)).find(p => p.key === "maya").token')`,
    `  curl -s ${url}/graphql -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{"query":"{ approvalsWaitingForMe { edges { node { number requester total { amount } nextAction { waitingOn why } } } } }"}'`,
    '',
  ].join('\n');
};
