import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { Client } from 'graphql-ws';
import { localClient } from '../../../gateway/clients/local-client.ts';
import { remoteClients } from '../../../gateway/clients/remote-clients.ts';
import { createEngine } from '../../../gateway/execution/engine.ts';
import { type GatewayServer, startGatewayServer } from '../../../gateway/http/server.ts';
import { FanOut } from '../../../gateway/subscriptions/fan-out.ts';
import { logSource } from '../../../gateway/subscriptions/log-source.ts';
import type { SubscriptionField } from '../../../gateway/subscriptions/subscription-field.ts';
import { openSubscriptionTransports } from '../../../gateway/subscriptions/transports.ts';
import { UpstreamSource } from '../../../gateway/subscriptions/upstream-source.ts';
import { createSupergraph, type Supergraph } from '../../../gateway/supergraph.ts';
import { freePort } from '../../../platform/free-port.ts';
import type { Identity } from '../../../platform/identity.ts';
import { until } from '../../support/until.ts';
import { follow, socketClient } from './follow.ts';
import { openRawSocket } from './raw-socket.ts';
import { ringLog } from './ring-log.ts';
import { startWardGraph, type WardGraph } from './ward-graph.ts';

const events = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Subscription { orderChanged: OrderChange! }
  type OrderChange { id: ID! item: Item! }
  type Item @key(fields: "id", resolvable: false) { id: ID! }`);

const orderChanged: SubscriptionField = {
  name: 'orderChanged',
  shows: () => true,
  keys: () => ({}),
  filter: () => ({ equals: {}, after: null }),
  mayRead: () => true,
  documentKey: (event) => event.subjectId,
  toRoot: (event) => ({ orderChanged: { id: event.id, item: { id: event.subjectId } } }),
};

const nora = (role: string): Identity => ({
  subject: 'u-nora',
  name: 'Nora',
  roles: [role],
  facilityIds: 'ALL',
  clientId: 'test',
});

const log = ringLog();
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let graph: WardGraph;
let supergraph: Supergraph;
let fanOut: FanOut;
let server: GatewayServer;
let client: Client;
let url: string;
const acknowledged: unknown[] = [];

/** A hub whose graph has events of its own and a subgraph elsewhere that has subscriptions. */
beforeAll(async () => {
  graph = await startWardGraph();
  const schema = buildSubgraphSchema([{ typeDefs: events }]);
  const local = localClient({ name: 'events', schema, contextFor: () => ({}) });
  const remote = remoteClients({});
  supergraph = await createSupergraph({
    sdl: graph.supergraphWith({ name: 'events', url: 'local', typeDefs: events }),
    createEngine: (supergraphSdl) =>
      createEngine({
        supergraphSdl,
        client: (name, address) => (name === 'events' ? local : remote(name, address)),
      }),
    log: silent,
  });
  fanOut = await FanOut.open(log, 'secret');
  const common = { engine: supergraph.current, answerWithinMs: 2_000 };
  const sources = [
    logSource({
      ...common,
      fanOut,
      fields: new Map([[orderChanged.name, orderChanged]]),
      executeEvent: (subscription, variables, root, request) =>
        local.executeEvent({ ...subscription.primary, variables }, root, request),
    }),
    new UpstreamSource({ ...common, report: () => undefined }),
  ];
  server = await startGatewayServer({
    supergraph,
    port: await freePort(),
    authenticate: () => null,
    production: false,
    log: silent,
    drainTimes: { graceMs: 10 },
    subscriptions: (admission, operations) =>
      openSubscriptionTransports({
        hub: {
          engine: supergraph.current,
          admit: (request, identity) => admission.admit(request, identity),
          sources,
        },
        operations,
        // The token is the role.
        authenticate: async (role) => ({ identity: role ? nora(role) : null, expiresAt: null }),
        maxMessageBytes: 256 * 1_024,
      }),
  });
  url = server.url.replace('http', 'ws');
  client = socketClient(url, {
    on: { connected: (_socket, payload) => acknowledged.push(payload) },
  });
});
afterAll(async () => {
  await server.drain();
  await supergraph.close();
  await graph.close();
});

test('one socket carries events of the log, with cursors, and events of a remote subgraph, without', async () => {
  const own = follow((sink) =>
    client.subscribe({ query: 'subscription { orderChanged { id item { name } } }' }, sink),
  );
  const remote = follow((sink) =>
    client.subscribe({ query: 'subscription { moved(ward: "a") { note item { name } } }' }, sink),
  );
  await until(() => fanOut.stats().live === 1 && graph.subscribed('a') === 1);
  const { id } = log.append({ subjectId: '7' });
  graph.move('a', { id: '8', note: 'moved' });
  await until(() => own.got.length === 1 && remote.got.length === 1);
  expect(acknowledged).toEqual([{ cursor: expect.any(String) }]);
  expect(own.got).toEqual([
    {
      data: { orderChanged: { id, item: { name: 'Item 7' } } },
      extensions: { cursor: expect.any(String) },
    },
  ]);
  expect(remote.got).toEqual([{ data: { moved: { note: 'moved', item: { name: 'Item 8' } } } }]);
  own.stop();
  remote.stop();
  await until(() => fanOut.stats().subscribers === 0 && graph.subscribed('a') === 0);
});

test('the metrics count the subscriptions of both kinds', async () => {
  const stops = ['{ orderChanged { id } }', '{ moved(ward: "m") { note } }'].map((selection) => {
    const following = follow((sink) =>
      client.subscribe({ query: `subscription ${selection}` }, sink),
    );
    return following.stop;
  });
  await until(() => fanOut.stats().live === 1 && graph.subscribed('m') === 1);
  const metrics = await (await fetch(new URL('/metrics', server.url))).text();
  expect(metrics).toMatch(/^syncline_gateway_subscribers 2$/m);
  for (const stop of stops) stop();
  await until(() => fanOut.stats().subscribers === 0 && graph.subscribed('m') === 0);
});

test('a lost subgraph ends its own subscriptions and none of the log', async () => {
  const own = follow((sink) =>
    client.subscribe({ query: 'subscription { orderChanged { id } }' }, sink),
  );
  const remote = follow((sink) =>
    client.subscribe({ query: 'subscription { moved(ward: "b") { note } }' }, sink),
  );
  await until(() => fanOut.stats().live === 1 && graph.subscribed('b') === 1);
  for (const socket of graph.sockets) socket.terminate();
  await until(() => remote.ended !== undefined);
  const { id } = log.append({ subjectId: '7' });
  await until(() => own.got.length === 1);
  expect(own.got).toMatchObject([{ data: { orderChanged: { id } } }]);
  expect(remote.ended).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_INTERRUPTED' } }]);
  own.stop();
});

test('when rights change, events of the log go on from their cursor, and a stream without cursors ends and says so', async () => {
  const raw = await openRawSocket(url);
  const subscribe = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } });
  raw.say({ type: 'connection_init', payload: { authorization: 'nurse' } });
  await raw.hear();
  raw.say(subscribe('own', 'subscription { orderChanged { id } }'));
  raw.say(subscribe('remote', 'subscription { moved(ward: "c") { note } }'));
  await until(() => fanOut.stats().live === 1 && graph.subscribed('c') === 1);
  raw.say({ type: 'ping', payload: { authorization: 'buyer' } });
  const heard = [await raw.hear(), await raw.hear()];
  expect(heard).toContainEqual({ type: 'pong', payload: { expiresAt: null } });
  expect(heard).toContainEqual({
    id: 'remote',
    type: 'error',
    payload: [expect.objectContaining({ extensions: { code: 'SUBSCRIPTION_INTERRUPTED' } })],
  });
  await until(() => fanOut.stats().live === 1 && graph.subscribed('c') === 0);
  const { id } = log.append({ subjectId: '7' });
  expect(await raw.hear()).toMatchObject({
    id: 'own',
    payload: { data: { orderChanged: { id } } },
  });
  raw.socket.terminate();
});
