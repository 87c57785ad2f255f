import { zeroPosition } from '../platform/event.ts';
import type { EventLog } from '../platform/event-log.ts';
import type { Logger } from '../platform/logger.ts';
import type { Tokens } from '../platform/tokens.ts';
import type { MayPass } from './access/demand.ts';
import type { LocalClient } from './clients/local-client.ts';
import { createEngine, type Engine } from './execution/engine.ts';
import { InvalidToken } from './http/invalid-token.ts';
import type { Route } from './http/route.ts';
import { startGatewayServer } from './http/server.ts';
import { loadSafelist, type Safelist } from './persisted/safelist.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import { FanOut } from './subscriptions/fan-out.ts';
import { logClient } from './subscriptions/log-client.ts';
import { logSource } from './subscriptions/log-source.ts';
import type { MessageSource } from './subscriptions/message-source.ts';
import type { SubscriptionField } from './subscriptions/subscription-field.ts';
import { openSubscriptionTransports } from './subscriptions/transports.ts';
import { UpstreamSource } from './subscriptions/upstream-source.ts';
import { createSupergraph } from './supergraph.ts';
import type { Watch } from './watch.ts';

/** What the hub hands over to its gateway. */
export interface GatewayParts {
  readonly port: number;
  readonly host: string;
  readonly production: boolean;
  /** The folder of registered operations: in production nothing else runs. */
  readonly operationsDir: string;
  readonly supergraphSdl: string;
  /** How each subgraph of the supergraph is reached. */
  readonly client: (name: string, url: string) => SubgraphClient;
  /** The event log as a subgraph: it answers the events' own part of a subscription. */
  readonly events: LocalClient;
  readonly subscriptionFields: readonly SubscriptionField[];
  readonly log: EventLog;
  readonly tokens: Tokens;
  /** Signs cursors; the same in every process of one hub. */
  readonly secret: string;
  readonly routes: readonly Route[];
  readonly logger: Logger;
  /** Decides about @policy; without it, nobody passes any. */
  readonly mayPass?: MayPass;
  readonly watch: Watch;
}

/** How long the answer to one event may take, in milliseconds. */
const answerWithinMs = 5000;
const messageBytes = 256 * 1024;

const bearer = (authorization: string | undefined): string =>
  authorization?.replace(/^Bearer\s+/i, '') ?? '';

/** Who asks, by a token of the local issuer. */
const authenticator = (tokens: Tokens) => ({
  session: (authorization: string | undefined) => tokens.verify(bearer(authorization)),
  identity: async ({ authorization }: { readonly authorization?: string | undefined }) => {
    try {
      return (await tokens.verify(bearer(authorization))).identity;
    } catch (error) {
      throw new InvalidToken(error instanceof Error ? error.message : String(error));
    }
  },
});

/** A taken port is the user's to solve: say how. */
const explained = (error: unknown, { host, port }: GatewayParts): unknown =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    ? new Error(
        `Port ${port} on ${host} is taken by another process. Stop that one, or choose another port: PORT=${port + 1} npm start`,
      )
    : error;

/** What may run in production; null outside of it, where everything may. */
const registered = async (parts: GatewayParts): Promise<Safelist | null> => {
  if (!parts.production) return null;
  const safelist = await loadSafelist(parts.operationsDir);
  if (safelist.operations.length === 0)
    parts.logger.warn(
      { folder: parts.operationsDir },
      'No operation is registered, so none can run: npm run operations -- register',
    );
  return safelist;
};

/** Where subscriptions come from: the event log, and subgraphs elsewhere that have subscriptions of their own. */
const sourcesOf = (
  { events, subscriptionFields, logger }: GatewayParts,
  fanOut: FanOut,
  engine: () => Engine,
): readonly MessageSource[] => [
  logSource({
    fanOut,
    engine,
    fields: new Map(subscriptionFields.map((field) => [field.name, field])),
    executeEvent: (subscription, variables, root, request) =>
      events.executeEvent({ ...subscription.primary, variables }, root, request),
    answerWithinMs,
  }),
  new UpstreamSource({
    engine,
    answerWithinMs,
    report: (error) => logger.error({ err: error }, 'A subscription failed.'),
  }),
];

/** Opens the one public door over the subgraphs that are handed over, with subscriptions from the event log. */
export const openGateway = async (
  parts: GatewayParts,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const { log, logger, events } = parts;
  const ofLog = logClient(events, () => fanOut.headCursor());
  const client = (name: string, url: string): SubgraphClient =>
    name === events.name ? ofLog : parts.client(name, url);
  const safelist = await registered(parts);
  const supergraph = await createSupergraph({
    sdl: parts.supergraphSdl,
    createEngine: (supergraphSdl) =>
      createEngine({
        supergraphSdl,
        client,
        ...(parts.mayPass ? { mayPass: parts.mayPass } : {}),
      }),
    log: logger,
  });
  // Nothing is dropped from the log yet, so every cursor of this epoch can be resumed from.
  const droppedTo = async () => zeroPosition;
  const { epoch, head, read, follow } = log;
  const fanOut = await FanOut.open({ epoch, head, read, follow, droppedTo }, parts.secret);
  const { session, identity } = authenticator(parts.tokens);
  const server = await startGatewayServer({
    supergraph,
    port: parts.port,
    host: parts.host,
    authenticate: identity,
    production: parts.production,
    safelist,
    log: logger,
    routes: parts.routes,
    metrics: parts.watch.metrics,
    tracer: parts.watch.tracer,
    subscriptions: (admission, operations) =>
      openSubscriptionTransports({
        hub: {
          engine: supergraph.current,
          admit: (request, who) => admission.admit(request, who),
          sources: sourcesOf(parts, fanOut, supergraph.current),
        },
        authenticate: session,
        maxMessageBytes: messageBytes,
        operations,
      }),
  }).catch(async (error: unknown) => {
    fanOut.close();
    await supergraph.close();
    throw explained(error, parts);
  });
  return {
    url: server.url,
    stop: async () => {
      await server.drain();
      await supergraph.close();
    },
  };
};
