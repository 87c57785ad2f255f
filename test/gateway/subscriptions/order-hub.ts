import { createServer, type IncomingMessage } from 'node:http';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { DeadlineSweep } from '../../../gateway/clients/deadline-sweep.ts';
import { localClient } from '../../../gateway/clients/local-client.ts';
import { createEngine } from '../../../gateway/execution/engine.ts';
import { Admission } from '../../../gateway/http/admission.ts';
import { LoadShedder } from '../../../gateway/http/load-shedder.ts';
import { type OperationRequest, operationInBody } from '../../../gateway/http/operation-request.ts';
import { OperationRunner } from '../../../gateway/http/operation-runner.ts';
import { defaultLimits } from '../../../gateway/limits/limits.ts';
import { createMetrics } from '../../../gateway/metrics.ts';
import { PersistedOperations } from '../../../gateway/persisted/persisted-operations.ts';
import { FanOut } from '../../../gateway/subscriptions/fan-out.ts';
import type { SubscriptionHub } from '../../../gateway/subscriptions/open-subscription.ts';
import type { Authenticate } from '../../../gateway/subscriptions/session.ts';
import { serveStream, streamWanted } from '../../../gateway/subscriptions/stream-door.ts';
import type { SubscriptionField } from '../../../gateway/subscriptions/subscription-field.ts';
import { openWebSocketDoor } from '../../../gateway/subscriptions/websocket.ts';
import { freePort } from '../../../platform/free-port.ts';
import { ringLog } from './ring-log.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

const subgraphs = {
  events: {
    typeDefs: parse(`${link}
      type Subscription { orderChanged(facilityId: ID, after: String): OrderChange! }
      type OrderChange { id: ID! to: String! order: Order! }
      type Order @key(fields: "id", resolvable: false) { id: ID! }`),
    resolvers: {},
  },
  orders: {
    typeDefs: parse(`${link}
      type Query { order(id: ID!): Order }
      type Order @key(fields: "id") { id: ID! number: String! }`),
    resolvers: {
      Query: { order: (_: unknown, { id }: { id: string }) => ({ id }) },
      Order: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        number: ({ id }: { id: string }) => `No. ${id}`,
      },
    },
  },
};

const orderChanged: SubscriptionField = {
  name: 'orderChanged',
  shows: (event) => event.subjectType === 'PURCHASE_ORDER',
  keys: (event) => ({ facilityId: event.facilityId }),
  filter: ({ facilityId, after }) => ({
    equals: typeof facilityId === 'string' ? { facilityId: [facilityId] } : {},
    after: typeof after === 'string' ? after : null,
  }),
  mayRead: () => true,
  documentKey: (event) => event.subjectId,
  toRoot: (event) => ({
    orderChanged: { id: event.id, to: event.data['to'], order: { id: event.subjectId } },
  }),
};

const bodyOf = async (request: IncomingMessage): Promise<OperationRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return operationInBody(Buffer.concat(chunks).toString());
};

/** A small federated hub whose events the test writes itself; every door of the product's own is open. */
export const startOrderHub = async (
  authenticate: Authenticate = async () => ({ identity: null, expiresAt: null }),
) => {
  const composed = composeServices(
    Object.entries(subgraphs).map(([name, { typeDefs }]) => ({ name, typeDefs, url: 'local' })),
  );
  if (composed.errors !== undefined) throw new Error(composed.errors.join('\n'));
  const clients = new Map(
    Object.entries(subgraphs).map(([name, definition]) => {
      const schema = buildSubgraphSchema([definition]);
      return [name, localClient({ name, schema, contextFor: () => ({}) })] as const;
    }),
  );
  const clientOf = (name: string) => {
    const client = clients.get(name);
    if (client === undefined) throw new Error(`There is no subgraph ${name}.`);
    return client;
  };
  const engine = await createEngine({ supergraphSdl: composed.supergraphSdl, client: clientOf });
  const log = ringLog();
  const fanOut = await FanOut.open(log, 'secret');
  const admission = new Admission({
    engine: () => engine,
    limits: defaultLimits,
    persisted: new PersistedOperations({ safelist: null, registeredOnly: false }),
    introspection: true,
  });
  const hub: SubscriptionHub = {
    fanOut,
    admit: (request, identity) => admission.admit(request, identity),
    engine: () => engine,
    fields: new Map([[orderChanged.name, orderChanged]]),
    executeEvent: (subscription, variables, root, request) =>
      clientOf('events').executeEvent({ ...subscription.primary, variables }, root, request),
    answerWithinMs: 2000,
  };
  const operations = new OperationRunner({
    shedder: new LoadShedder(),
    sweep: new DeadlineSweep(),
    metrics: createMetrics(),
    tracer: null,
    report: () => undefined,
    production: false,
    deadlineMs: 2000,
    forward: [],
  });
  const door = openWebSocketDoor({
    hub,
    authenticate,
    maxMessageBytes: 256 * 1024,
    operations,
  });
  const server = createServer(async (incoming, response) => {
    const wording = streamWanted(incoming);
    const request = await bodyOf(incoming);
    const session = await authenticate(incoming.headers.authorization);
    const gatewayRequest = {
      identity: null,
      forward: {},
      deadlineAt: performance.now() + 2000,
      signal: AbortSignal.timeout(2000),
    };
    if (wording !== null)
      return serveStream(
        { hub, operations },
        { incoming, response, wording },
        { request, session },
      );
    const { prepared } = await admission.admit(request, session.identity);
    response.setHeader('content-type', 'application/json');
    response.end(await prepared.execute(request.variables, gatewayRequest));
  });
  server.on('upgrade', door.upgrade);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    log,
    fanOut,
    door,
    http: `http://127.0.0.1:${port}/graphql`,
    ws: `ws://127.0.0.1:${port}/graphql`,
    close: async () => {
      await door.drain(0);
      fanOut.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
