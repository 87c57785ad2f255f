import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { startTracing } from '../platform/tracing.ts';
import { foreignTokens } from './access/foreign-tokens.ts';
import { describeJwtSettings, type JwtSettings, jwtSettings } from './access/jwt-settings.ts';
import { whoAsks } from './access/who-asks.ts';
import { type AloneSettings, describeAloneSettings, readAloneSettings } from './alone-settings.ts';
import { httpClient } from './clients/http-client.ts';
import { createEngine, type Engine } from './execution/engine.ts';
import { startGatewayServer } from './http/server.ts';
import { loadSafelist, type Safelist } from './persisted/safelist.ts';
import { createSupergraph, followFile } from './supergraph.ts';
import { openWatch } from './watch.ts';

const help = `Serves a federated supergraph at /graphql, routing to the HTTP subgraphs that it names.

  SUPERGRAPH=supergraph.graphql PORT=4000 npm run --silent gateway

${describeAloneSettings()}
${describeJwtSettings}

/health, /ready and /metrics are served beside it. SIGTERM or SIGINT: requests in flight are answered, then it stops.
`;

const safelistOf = async (settings: AloneSettings): Promise<Safelist | null> => {
  if (settings.operations === null) return null;
  return loadSafelist(settings.operations).catch((error: Error) => {
    throw new Error(`OPERATIONS: ${error.message}`);
  });
};

/** Starts the gateway alone, as the environment says. Rejects with a message that names what is wrong. */
const start = async (
  settings: AloneSettings,
  jwt: JwtSettings | null,
): Promise<() => Promise<void>> => {
  const { supergraph: file, production, deadlineMs, mergeFetches } = settings;
  if (file === null)
    throw new Error('SUPERGRAPH must name the file with the supergraph. See --help.');
  const log = pino({ level: settings.logLevel }, pino.destination(2));
  const sdl = await readFile(file, 'utf8');
  const safelist = await safelistOf(settings);
  const tracing = await startTracing(settings.otlpEndpoint ?? undefined, 'gateway');
  const { metrics, tracer, observer } = openWatch(tracing.tracer);
  const engineOver = (supergraphSdl: string): Promise<Engine> =>
    createEngine({
      supergraphSdl,
      mergeFetches,
      client: (name, url) => httpClient({ name, url, observer, maskErrors: production }),
    });
  const supergraph = await createSupergraph({ sdl, createEngine: engineOver, log });
  const server = await startGatewayServer({
    supergraph,
    port: settings.port,
    host: settings.host,
    authenticate: whoAsks(jwt && foreignTokens(jwt)).identity,
    production,
    introspection: settings.introspection ?? !production,
    safelist,
    metrics,
    tracer,
    log,
    deadlineMs,
  });
  const unfollow = followFile(supergraph, file);
  log.info({ url: server.url, production }, 'The gateway is ready.');
  return async () => {
    log.info({}, 'Draining.');
    unfollow();
    await server.drain();
    await supergraph.close();
    await tracing.stop();
  };
};

const run = async (): Promise<void> => {
  if (process.argv.includes('--help')) {
    process.stdout.write(help);
    return;
  }
  if (process.argv.length > 2)
    throw new Error(
      `Unknown: ${process.argv.slice(2).join(' ')}. Settings are environment variables. See --help.`,
    );
  const stop = await start(readAloneSettings(process.env), jwtSettings(process.env));
  const end = (): void => {
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
