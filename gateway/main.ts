import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { startTracing } from '../platform/tracing.ts';
import { foreignTokens } from './access/foreign-tokens.ts';
import { describeJwtSettings, type JwtSettings, jwtSettings } from './access/jwt-settings.ts';
import { type WhoAsks, whoAsks } from './access/who-asks.ts';
import {
  type AloneSettings,
  describeAloneSettings,
  readAloneSettings,
  webSocketUrlOf,
} from './alone-settings.ts';
import { remoteClients } from './clients/remote-clients.ts';
import { createEngine, type Engine } from './execution/engine.ts';
import type { Admission } from './http/admission.ts';
import type { OperationRunner } from './http/operation-runner.ts';
import { startGatewayServer } from './http/server.ts';
import type { SubscriptionTransports } from './http/subscription-transports.ts';
import { defaultLimits } from './limits/limits.ts';
import { loadSafelist, type Safelist } from './persisted/safelist.ts';
import { openSubscriptionTransports } from './subscriptions/transports.ts';
import { UpstreamSource } from './subscriptions/upstream-source.ts';
import { createSupergraph, followFile, type Supergraph } from './supergraph.ts';
import { openWatch } from './watch.ts';

const help = `Serves a federated supergraph at /graphql by POST, GET, WebSocket (graphql-transport-ws), Server-Sent Events and multipart,
routing to the HTTP subgraphs that it names; their subscriptions are followed over graphql-transport-ws.

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

/** The doors of subscriptions; subgraphs may find out by themselves who asks, from the headers that are passed on. */
const doors =
  (source: UpstreamSource, supergraph: Supergraph, who: WhoAsks) =>
  (admission: Admission, operations: OperationRunner): SubscriptionTransports =>
    openSubscriptionTransports({
      hub: {
        engine: supergraph.current,
        admit: (request, identity) => admission.admit(request, identity),
        sources: [source],
      },
      operations,
      authenticate: who.session,
      maxMessageBytes: defaultLimits.bodyBytes,
    });

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
  const client = remoteClients({
    observer,
    maskErrors: production,
    webSocketUrl: (name) => webSocketUrlOf(process.env, name),
  });
  const engineOver = (supergraphSdl: string): Promise<Engine> =>
    createEngine({
      supergraphSdl,
      mergeFetches,
      client,
    });
  const supergraph = await createSupergraph({ sdl, createEngine: engineOver, log });
  const who = whoAsks(jwt && foreignTokens(jwt));
  const source = new UpstreamSource({
    engine: supergraph.current,
    answerWithinMs: deadlineMs,
    report: (error) => log.error({ err: error }, 'A subscription failed.'),
    share: settings.shareSubscriptions,
  });
  const server = await startGatewayServer({
    supergraph,
    port: settings.port,
    host: settings.host,
    authenticate: who.identity,
    production,
    introspection: settings.introspection ?? !production,
    safelist,
    metrics,
    tracer,
    log,
    deadlineMs,
    subscriptions: doors(source, supergraph, who),
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
