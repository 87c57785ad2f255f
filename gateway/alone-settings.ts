import {
  BadSettings,
  type Environment,
  readTable,
  type Setting,
  settingParsers,
} from '../platform/setting.ts';

const { address, oneOf, port, text, yesNo } = settingParsers;

const define = <T>(setting: Setting<T>): Setting<T> => setting;

const boolean = '1 or 0';
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every setting of the gateway alone, as --help shows it. */
const table = {
  supergraph: define({
    variable: 'SUPERGRAPH',
    description: 'The file with the composed supergraph; watched, and reloaded when it changes.',
    fallback: null,
    allowed: 'a file',
    parse: text,
  }),
  port: define({
    variable: 'PORT',
    description: 'Where the gateway listens.',
    fallback: '4000',
    allowed: 'a port from 1 to 65535',
    parse: port,
  }),
  host: define({
    variable: 'HOST',
    description: 'The address it listens on; 0.0.0.0 for all.',
    fallback: '127.0.0.1',
    allowed: 'an address',
    parse: text,
  }),
  production: define({
    variable: 'PRODUCTION',
    description: 'No introspection, no suggestions in errors, masked subgraph errors.',
    fallback: '0',
    allowed: boolean,
    parse: yesNo,
  }),
  operations: define({
    variable: 'OPERATIONS',
    description: 'The folder of registered operations; with PRODUCTION=1 nothing else runs.',
    fallback: null,
    allowed: 'a folder',
    parse: text,
  }),
  introspection: define({
    variable: 'INTROSPECTION',
    description: 'Allows or forbids asking for the schema, whatever PRODUCTION says.',
    fallback: null,
    allowed: boolean,
    parse: yesNo,
  }),
  deadlineMs: define({
    variable: 'DEADLINE_MS',
    description:
      'Milliseconds that an operation may take; clients may ask for less by the header x-deadline-ms.',
    fallback: '10000',
    allowed: 'whole milliseconds, 1 or more',
    parse: (value) => (/^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined),
  }),
  mergeFetches: define({
    variable: 'MERGE_FETCHES',
    description: '0 sends one request to a subgraph for each fetch of a plan.',
    fallback: '1',
    allowed: boolean,
    parse: yesNo,
  }),
  shareSubscriptions: define({
    variable: 'SHARE_SUBSCRIPTIONS',
    description:
      '0 asks a subgraph for each client anew; else clients that ask the same share one subscription.',
    fallback: '1',
    allowed: boolean,
    parse: yesNo,
  }),
  otlpEndpoint: define({
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description: 'The OpenTelemetry collector that gets the traces (OTLP over HTTP).',
    fallback: null,
    allowed: 'an address such as http://collector:4318',
    parse: address('http:', 'https:'),
  }),
  logLevel: define({
    variable: 'LOG_LEVEL',
    description: 'How much is told on stderr.',
    fallback: 'info',
    allowed: `one of ${levels.join(', ')}`,
    parse: oneOf(...levels),
  }),
} as const;

type Table = typeof table;
type Value<S> = S extends Setting<infer T> ? T : never;
type Optional = 'supergraph' | 'operations' | 'introspection' | 'otlpEndpoint';

export type AloneSettings = {
  readonly [K in keyof Table]: K extends Optional ? Value<Table[K]> | null : Value<Table[K]>;
};

/** The settings of the gateway alone; empty variables count as not set. Throws BadSettings with all that is wrong. */
export const readAloneSettings = (env: Environment): AloneSettings =>
  readTable(table, env) as AloneSettings;

/**
 * Where SUBGRAPH_<NAME>_WS_URL says that a subgraph speaks WebSocket; undefined when it says nothing. Throws BadSettings with
 * the variable's name for what is no address.
 */
export const webSocketUrlOf = (env: Environment, subgraph: string): string | undefined => {
  const variable = `SUBGRAPH_${subgraph.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_WS_URL`;
  const given = env[variable]?.trim();
  if (!given) return undefined;
  const url = address('ws:', 'wss:')(given);
  if (url !== undefined) return url;
  throw new BadSettings(
    `${variable}: "${given}" is not an address such as ws://127.0.0.1:4001/graphql. Where the subgraph speaks WebSocket.`,
  );
};

const line = (variable: string, text: string): string => `  ${variable.padEnd(29)}${text}`;

/** A line for each setting, with its default. */
export const describeAloneSettings = (): string =>
  [
    ...Object.values(table).map(({ variable, description, fallback }) => {
      const otherwise = fallback === null ? '' : ` (${fallback} unless set)`;
      return line(variable, `${description}${otherwise}`);
    }),
    line(
      'SUBGRAPH_<NAME>_WS_URL',
      'Where a subgraph speaks graphql-transport-ws (its own address with ws for http unless set).',
    ),
    line('', 'NAME in capitals, with _ for everything that is no letter or digit.'),
  ].join('\n');
