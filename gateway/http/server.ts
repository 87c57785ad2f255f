import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Tracer } from '@opentelemetry/api';
import { DeadlineSweep } from '../clients/deadline-sweep.ts';
import { describeFailure, type FailureReport, refusal } from '../errors.ts';
import type { Engine } from '../execution/engine.ts';
import { defaultLimits, type Limits } from '../limits/limits.ts';
import { createMetrics, type GatewayMetrics, watchGateway } from '../metrics.ts';
import { PersistedOperations } from '../persisted/persisted-operations.ts';
import type { Safelist } from '../persisted/safelist.ts';
import type { Supergraph } from '../supergraph.ts';
import { Admission } from './admission.ts';
import { createApolloFront, type OperationContext } from './apollo-front.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { defaultForwarded } from './client-request.ts';
import { Drain, type DrainTimes } from './drain.ts';
import { type Authenticate, GraphQLEndpoint } from './graphql-endpoint.ts';
import { InvalidToken } from './invalid-token.ts';
import { LoadShedder } from './load-shedder.ts';
import type { Log } from './log.ts';
import { OperationRunner } from './operation-runner.ts';
import { operationalRoutes } from './operational-routes.ts';
import { refusalText, respond } from './respond.ts';
import type { Route } from './route.ts';
import type { SubscriptionTransports } from './subscription-transports.ts';

export interface GatewayServerOptions {
  readonly supergraph: Supergraph;
  readonly port: number;
  /** The address to listen on; the loopback unless said otherwise. */
  readonly host?: string;
  readonly authenticate: Authenticate;
  /** No suggestions in errors, no introspection, and with a safelist nothing but registered operations. */
  readonly production: boolean;
  readonly introspection?: boolean;
  readonly limits?: Partial<Limits>;
  readonly safelist?: Safelist | null;
  /** Made once admission is known, so that what comes over them passes the same checks as everything else. */
  readonly subscriptions?: (
    admission: Admission,
    operations: OperationRunner,
  ) => SubscriptionTransports;
  /** What else this server serves; asked in order, before /health, /ready and /metrics. */
  readonly routes?: readonly Route[];
  readonly metrics?: GatewayMetrics;
  /** Records a span for each operation; without one, a client's trace context is passed on as it came. */
  readonly tracer?: Tracer | null;
  readonly log: Log;
  readonly path?: string;
  /** How long an operation may take when the client does not ask for less, in milliseconds. */
  readonly deadlineMs?: number;
  readonly forward?: readonly string[];
  readonly plugins?: readonly ApolloServerPlugin<OperationContext>[];
  readonly drainTimes?: Partial<DrainTimes>;
}

export interface GatewayServer {
  /** Where operations go. */
  readonly url: string;
  /** Answers what is in flight, ends subscriptions in order, closes every connection. */
  readonly drain: () => Promise<void>;
}

const defaultDeadlineMs = 10_000;

const httpOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  // Longer than load balancers keep idle connections, so that they close them and not we.
  keepAliveTimeout: 65_000,
};

/** Credentials that do not hold are nothing that operators have to see to; anybody can send thousands. */
const reportTo =
  (log: Log): FailureReport =>
  (error) => {
    if (error instanceof InvalidToken) log.info({ reason: error.message }, 'A token did not hold.');
    else log.error({ err: error }, 'A request failed.');
  };

interface Parts {
  readonly path: string;
  readonly endpoint: GraphQLEndpoint;
  readonly routes: readonly Route[];
  readonly report: FailureReport;
}

const answerError = (response: ServerResponse, status: number, text: string): void =>
  respond(response, { status, type: 'application/json', text });

const serveRoute = async (
  { routes, report }: Parts,
  path: string,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<boolean> => {
  const { request, response } = exchange;
  const route = routes.find((candidate) => candidate.matches(request, path));
  if (!route) return false;
  try {
    await route.handle(request, response);
  } catch (error) {
    report(error);
    answerError(response, 500, JSON.stringify({ errors: [describeFailure(error)] }));
  }
  return true;
};

const pathOf = (request: IncomingMessage): string => {
  const url = request.url ?? '/';
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at);
};

const serve = async (
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const path = pathOf(request);
  const graphql = path === parts.path;
  if (graphql && request.method === 'POST') return parts.endpoint.handle(request, response);
  if (await serveRoute(parts, path, { request, response })) return;
  if (!graphql) {
    const error = refusal('NOT_FOUND', `Nothing is here; GraphQL is at ${parts.path}.`);
    return answerError(response, 404, refusalText([error], true));
  }
  if (request.method === 'GET') return parts.endpoint.handle(request, response);
  const error = refusal('METHOD_NOT_ALLOWED', 'Operations are sent by POST or GET.');
  response.setHeader('allow', 'GET, POST');
  answerError(response, 405, refusalText([error], true));
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    // Node's 511 waiting connections are soon full in a burst, and the kernel then makes clients wait for a second or more.
    server.listen({ port, host, backlog: 2_048 }, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Plans what clients have registered, so that no client waits for it; an operation that no longer fits is named. */
const prepareAhead = async (engine: Engine, safelist: Safelist | null, log: Log): Promise<void> => {
  for (const { name, body } of safelist?.operations ?? [])
    try {
      await engine.prepare(body);
    } catch (error) {
      log.warn({ err: error, operation: name }, 'A registered operation cannot run.');
    }
};

const createParts = async (options: GatewayServerOptions, shedder: LoadShedder) => {
  const { supergraph, production, log, safelist = null } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = options.metrics ?? createMetrics();
  const report = reportTo(log);
  const admission = new Admission({
    engine: supergraph.current,
    limits,
    persisted: new PersistedOperations({ safelist, registeredOnly: production && !!safelist }),
    introspection: options.introspection ?? !production,
  });
  const running = {
    shedder,
    sweep: new DeadlineSweep(),
    metrics,
    tracer: options.tracer ?? null,
    report,
    production,
    deadlineMs: options.deadlineMs ?? defaultDeadlineMs,
    forward: options.forward ?? defaultForwarded,
  };
  const subscriptions = options.subscriptions?.(admission, new OperationRunner(running)) ?? null;
  const streams = subscriptions?.counts ?? null;
  watchGateway(metrics, { engine: supergraph.current, shedder, streams });
  await prepareAhead(supergraph.current(), safelist, log);
  supergraph.onChange((engine) => {
    prepareAhead(engine, safelist, log).catch(report);
  });
  const { plugins = [] } = options;
  const front = await createApolloFront({ supergraph, production, report, plugins });
  const endpoint = new GraphQLEndpoint({
    ...running,
    admission,
    front,
    authenticate: options.authenticate,
    subscriptions,
    bodyBytes: limits.bodyBytes,
  });
  return { metrics, report, subscriptions, front, endpoint };
};

const upgradeTo =
  (path: string, subscriptions: SubscriptionTransports | null, drain: Drain) =>
  (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (subscriptions && pathOf(request) === path && !drain.draining)
      subscriptions.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
  };

/** Opens the gateway's door. Rejects when the port is taken. */
export const startGatewayServer = async (options: GatewayServerOptions): Promise<GatewayServer> => {
  const { port, host = '127.0.0.1', path = '/graphql' } = options;
  const shedder = new LoadShedder();
  const { metrics, report, subscriptions, front, endpoint } = await createParts(options, shedder);
  const server = createServer(httpOptions);
  const drain = new Drain(server, options.drainTimes);
  const routes = [...(options.routes ?? []), ...operationalRoutes(metrics, () => drain.draining)];
  const parts: Parts = { path, endpoint, routes, report };
  server.on('request', (request, response) => {
    drain.mark(response);
    serve(parts, request, response).catch(report);
  });
  server.on('upgrade', upgradeTo(path, subscriptions, drain));
  server.on('clientError', answerBrokenRequest);
  await listen(server, port, host);
  return {
    url: `http://${host}:${port}${path}`,
    drain: async () => {
      await Promise.all([drain.begin(), subscriptions?.drain()]);
      await front.stop();
      shedder.close();
    },
  };
};
