import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { type LocalClient, localClient } from '../../../gateway/clients/local-client.ts';
import { openGateway } from '../../../gateway/open-gateway.ts';
import type { SubscriptionField } from '../../../gateway/subscriptions/subscription-field.ts';
import { openWatch } from '../../../gateway/watch.ts';
import { freePort } from '../../../platform/free-port.ts';
import type { Identity } from '../../../platform/identity.ts';
import { createLogger } from '../../../platform/logger.ts';
import { openTokens } from '../../../platform/tokens.ts';
import { composeSmall } from '../execution/worlds/small-graph.ts';
import { ringLog } from '../subscriptions/ring-log.ts';
import { clinicLink } from './clinic-graph.ts';

const events = {
  sdl: `
    type Query { eventCount: Int @requiresScopes(scopes: [["counting"]]) }
    type Subscription {
      moved(after: String): Move
      paid(after: String): Move @requiresScopes(scopes: [["hr"]])
    }
    type Move {
      id: ID!
      to: String
      secret: String @requiresScopes(scopes: [["hr"]])
      watched: String @policy(policies: [["watch"]])
      nurse: Nurse
    }
    type Nurse @key(fields: "id", resolvable: false) { id: ID! }`,
  resolvers: { Query: { eventCount: () => 5 } },
};

const nurses = {
  sdl: `
    type Query { open: Int bonus: Int @requiresScopes(scopes: [["hr"]]) }
    type Mutation { raise: Int @requiresScopes(scopes: [["hr"]]) }
    type Nurse @key(fields: "id") { id: ID! name: String bonus: Int @requiresScopes(scopes: [["hr"]]) }`,
  resolvers: {
    Query: { open: () => 7, bonus: () => 10 },
    Mutation: { raise: () => 11 },
    Nurse: {
      __resolveReference: ({ id }: { id: string }) => ({ id, name: `Nurse ${id}`, bonus: 10 }),
    },
  },
};

const subgraphs = { events, nurses };

const field = (name: string): SubscriptionField => ({
  name,
  shows: () => true,
  keys: () => ({}),
  filter: ({ after }) => ({ equals: {}, after: typeof after === 'string' ? after : null }),
  mayRead: () => true,
  documentKey: ({ subjectId }) => subjectId,
  toRoot: ({ id, data }) => ({
    [name]: { id, to: data['to'], secret: 's3cret', watched: 'w4tched', nurse: { id: 'n1' } },
  }),
});

/** The hub's own door over two small subgraphs, with every road open; the test writes the events and the policies. */
export const startGuardedHub = async () => {
  /** Operations that reached any subgraph, events included. */
  const sent: string[] = [];
  /** Subjects who pass the policy `watch`, for now. */
  const watchers = new Set<string>();
  const clients = new Map(
    Object.entries(subgraphs).map(([name, { sdl, resolvers }]): [string, LocalClient] => {
      const schema = buildSubgraphSchema([
        { typeDefs: parse(clinicLink + sdl), resolvers: resolvers as never },
      ]);
      const client = localClient({ name, schema, contextFor: () => ({}) });
      const heard: LocalClient = {
        name,
        close: () => client.close(),
        send: (fetch, request) => {
          sent.push(fetch.operation);
          return client.send(fetch, request);
        },
        executeEvent: (fetch, root, request) => {
          sent.push(fetch.operation);
          return client.executeEvent(fetch, root, request);
        },
      };
      return [name, heard];
    }),
  );
  const clientOf = (name: string): LocalClient => {
    const client = clients.get(name);
    if (!client) throw new Error(`There is no subgraph ${name}.`);
    return client;
  };
  const log = ringLog();
  const tokens = await openTokens(null);
  const gateway = await openGateway({
    port: await freePort(),
    host: '127.0.0.1',
    production: false,
    supergraphSdl: composeSmall(subgraphs, clinicLink),
    client: clientOf,
    events: clientOf('events'),
    subscriptionFields: [field('moved'), field('paid')],
    log: {
      ...log,
      tail: log.droppedTo,
      notify: () => undefined,
      close: () => Promise.resolve(),
    },
    tokens,
    secret: 's'.repeat(32),
    routes: [],
    watch: openWatch(null),
    operationsDir: 'schema/operations',
    logger: createLogger({ level: 'silent', pretty: false }),
    mayPass: (policy, identity) =>
      policy === 'watch' && identity !== null && watchers.has(identity.subject),
  });
  return {
    url: gateway.url,
    log,
    sent,
    watchers,
    bearer: async (identity: Identity) => `Bearer ${await tokens.issue(identity)}`,
    stop: gateway.stop,
  };
};
