import type { IncomingHttpHeaders } from 'node:http';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { localClient } from '../../../gateway/clients/local-client.ts';
import { createEngine } from '../../../gateway/execution/engine.ts';
import { InvalidToken } from '../../../gateway/http/invalid-token.ts';
import { startGatewayServer } from '../../../gateway/http/server.ts';
import type { ConnectionLimits } from '../../../gateway/subscriptions/connection-quota.ts';
import { ConnectionSweep } from '../../../gateway/subscriptions/connection-sweep.ts';
import { FanOut } from '../../../gateway/subscriptions/fan-out.ts';
import { logSource } from '../../../gateway/subscriptions/log-source.ts';
import type { Authenticate } from '../../../gateway/subscriptions/session.ts';
import type { SubscriptionField } from '../../../gateway/subscriptions/subscription-field.ts';
import { openSubscriptionTransports } from '../../../gateway/subscriptions/transports.ts';
import { createSupergraph } from '../../../gateway/supergraph.ts';
import { freePort } from '../../../platform/free-port.ts';
import { seesFacility } from '../../../platform/identity.ts';
import { orderSubgraphs } from './order-subgraphs.ts';
import { ringLog } from './ring-log.ts';

const orderChanged: SubscriptionField = {
  name: 'orderChanged',
  shows: (event) => event.subjectType === 'PURCHASE_ORDER',
  keys: (event) => ({ facilityId: event.facilityId }),
  filter: ({ facilityId, after }) => ({
    equals: typeof facilityId === 'string' ? { facilityId: [facilityId] } : {},
    after: typeof after === 'string' ? after : null,
  }),
  mayFollow: ({ equals }, identity) =>
    equals['facilityId']?.some((id) => seesFacility(identity, id)) ?? true,
  mayRead: ({ facilityId }, identity) => seesFacility(identity, facilityId ?? ''),
  documentKey: (event) => event.subjectId,
  toRoot: (event) => ({
    orderChanged: { id: event.id, to: event.data['to'], order: { id: event.subjectId } },
  }),
};

/** What a test may choose. */
export interface OrderHubOptions {
  readonly authenticate?: Authenticate;
  readonly limits?: Partial<ConnectionLimits>;
  /** The log of a hub that was there before. */
  readonly log?: ReturnType<typeof ringLog>;
}

const composed = (): string => {
  const { errors, supergraphSdl } = composeServices(
    Object.entries(orderSubgraphs).map(([name, { typeDefs }]) => ({
      name,
      typeDefs,
      url: 'local',
    })),
  );
  if (errors !== undefined) throw new Error(errors.join('\n'));
  return supergraphSdl;
};

const openClients = () => {
  const clients = new Map(
    Object.entries(orderSubgraphs).map(([name, definition]) => {
      const schema = buildSubgraphSchema([definition]);
      return [name, localClient({ name, schema, contextFor: () => ({}) })] as const;
    }),
  );
  return (name: string) => {
    const client = clients.get(name);
    if (client === undefined) throw new Error(`There is no subgraph ${name}.`);
    return client;
  };
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const anybody: Authenticate = async () => ({ identity: null, expiresAt: null });

/** A small federated hub whose events the test writes itself, behind the product's own server. */
export const startOrderHub = async (options: OrderHubOptions = {}) => {
  const { authenticate = anybody, log = ringLog(), limits = {} } = options;
  const client = openClients();
  const supergraph = await createSupergraph({
    sdl: composed(),
    createEngine: (supergraphSdl) => createEngine({ supergraphSdl, client }),
    log: silent,
  });
  const sweep = new ConnectionSweep();
  const fanOut = await FanOut.open(log, 'secret');
  const identify = async ({ authorization }: IncomingHttpHeaders) =>
    authenticate(authorization).then(
      ({ identity }) => identity,
      () => {
        throw new InvalidToken('It does not hold.');
      },
    );
  const server = await startGatewayServer({
    supergraph,
    port: await freePort(),
    authenticate: identify,
    production: false,
    log: silent,
    drainTimes: { graceMs: 10 },
    deadlineMs: 2000,
    subscriptions: (admission, operations) =>
      openSubscriptionTransports({
        hub: {
          admit: (request, identity) => admission.admit(request, identity),
          engine: supergraph.current,
          sources: [
            logSource({
              fanOut,
              engine: supergraph.current,
              fields: new Map([[orderChanged.name, orderChanged]]),
              executeEvent: (subscription, variables, root, request) =>
                client('events').executeEvent(
                  { ...subscription.primary, variables },
                  root,
                  request,
                ),
              answerWithinMs: 2000,
            }),
          ],
        },
        authenticate,
        limits,
        maxMessageBytes: 256 * 1024,
        operations,
        sweep,
      }),
  });
  return {
    log,
    sweep,
    fanOut,
    supergraph,
    http: server.url,
    ws: server.url.replace('http', 'ws'),
    drain: server.drain,
    close: async () => {
      await server.drain();
      await supergraph.close();
    },
  };
};

export type OrderHub = Awaited<ReturnType<typeof startOrderHub>>;
