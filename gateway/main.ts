import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { startTracing } from '../platform/tracing.ts';
import { httpClient } from './clients/http-client.ts';
import { createEngine, type Engine } from './execution/engine.ts';
import { startGatewayServer } from './http/server.ts';
import { loadSafelist } from './persisted/safelist.ts';
import { createSupergraph, followFile } from './supergraph.ts';
import { openWatch } from './watch.ts';

const help = `Serves a federated supergraph at /graphql, routing to the HTTP subgraphs that it names.

  SUPERGRAPH=supergraph.graphql PORT=4000 npm run --silent gateway

  SUPERGRAPH     file with the composed supergraph; watched, and reloaded when it changes (required)
  PORT           port to listen on (default 4000)
  HOST           address to listen on (default 127.0.0.1)
  PRODUCTION=1   no introspection, no suggestions in errors, masked subgraph errors
  OPERATIONS     folder of registered operations; with PRODUCTION=1 nothing else runs
  INTROSPECTION  1 or 0: allows or forbids asking for the schema, whatever PRODUCTION says
  DEADLINE_MS    how long an operation may take (default 10000); clients may ask for less by the header x-deadline-ms
  MERGE_FETCHES=0  one request to a subgraph for each fetch of a plan
  OTEL_EXPORTER_OTLP_ENDPOINT  the OpenTelemetry collector that gets the traces, over OTLP/HTTP (none unless set)
  LOG_LEVEL      error, warn, info (default info)

/health, /ready and /metrics are served beside it. SIGTERM or SIGINT: requests in flight are answered, then it stops.
`;

type Environment = Readonly<Record<string, string | undefined>>;

const flag = (value: string | undefined, otherwise: boolean): boolean =>
  value === undefined || value === '' ? otherwise : value !== '0' && value !== 'false';

const number = (env: Environment, name: string, otherwise: number): number => {
  const value = Number(env[name] || otherwise);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${name} must be a positive whole number, not "${env[name]}".`);
};

/** Starts the gateway alone, as the environment says. Rejects with a message that names what is wrong. */
const start = async (env: Environment): Promise<() => Promise<void>> => {
  const file = env['SUPERGRAPH'];
  if (!file) throw new Error('SUPERGRAPH must name the file with the supergraph. See --help.');
  const log = pino({ level: env['LOG_LEVEL'] || 'info' }, pino.destination(2));
  const production = flag(env['PRODUCTION'], false);
  const tracing = await startTracing(env['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined, 'gateway');
  const { metrics, tracer, observer } = openWatch(tracing.tracer);
  const engineOver = (supergraphSdl: string): Promise<Engine> =>
    createEngine({
      supergraphSdl,
      mergeFetches: flag(env['MERGE_FETCHES'], true),
      client: (name, url) => httpClient({ name, url, observer, maskErrors: production }),
    });
  const sdl = await readFile(file, 'utf8');
  const supergraph = await createSupergraph({ sdl, createEngine: engineOver, log });
  const server = await startGatewayServer({
    supergraph,
    port: number(env, 'PORT', 4_000),
    host: env['HOST'] || '127.0.0.1',
    authenticate: () => null,
    production,
    introspection: flag(env['INTROSPECTION'], !production),
    safelist: env['OPERATIONS'] ? await loadSafelist(env['OPERATIONS']) : null,
    metrics,
    tracer,
    log,
    deadlineMs: number(env, 'DEADLINE_MS', 10_000),
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
  const stop = await start(process.env);
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
