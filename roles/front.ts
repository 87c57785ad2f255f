import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildConsole } from '../console/build.ts';
import { httpClient } from '../gateway/clients/http-client.ts';
import { consoleRoutes } from '../gateway/http/console-routes.ts';
import { inboundRoutes } from '../gateway/http/inbound-routes.ts';
import { openGateway } from '../gateway/open-gateway.ts';
import type { GatewayRequest } from '../gateway/request.ts';
import type { SubgraphClient } from '../gateway/subgraph-client.ts';
import { openWatch, type Watch } from '../gateway/watch.ts';
import { inbounds, inProcess, openWork, operationsOf } from '../hub.ts';
import { closedIssuer, openTokens, signIdentity } from '../platform/tokens.ts';
import { startTracing } from '../platform/tracing.ts';
import { personaRoute } from '../simulation/persona-route.ts';
import { createEventsSubgraph, subscriptionFields } from '../subgraphs/events/subgraph.ts';
import { identityHeader, type RoleSettings, runRole } from './role.ts';

const help = `npm run front opens the hub to the world: the gateway over subgraphs that run as processes of their own
(npm run subgraph), subscriptions from the event log, the console, and the door for documents that outside systems push.

  DATABASE_URL       the PostgreSQL that all processes of the hub share (required)
  HUB_SECRET         at least 32 characters, the same in all processes of the hub (required)
  SUBGRAPH_ERP_URL   where the subgraph erp is, instead of the address in schema/supergraph.graphql;
                     likewise SUBGRAPH_CLINICAL_URL, _INVENTORY_URL, _OPERATIONS_URL, _PROCUREMENT_URL
  PORT, HOST         where to listen (4000 and 127.0.0.1 unless told)
  DATA_DIR           where the key of the local issuer is; fronts that share it take each other's tokens

All settings: npm start -- --help`;

/** The address of a subgraph: the environment's word, else the supergraph's. Throws when it is no address. */
const addressOf = (name: string, url: string): string => {
  const variable = `SUBGRAPH_${name.toUpperCase()}_URL`;
  const address = process.env[variable]?.trim() || url;
  if (URL.canParse(address)) return address;
  throw new Error(`${variable}: "${address}" is not an address such as http://127.0.0.1:4102.`);
};

/** Every subgraph across HTTP, told by a signature who asks. */
const remote =
  ({ secret, production }: RoleSettings, { observer }: Watch) =>
  (name: string, url: string): SubgraphClient =>
    httpClient({
      name,
      url: addressOf(name, url),
      observer,
      maskErrors: production,
      headersFor: ({ identity }: GatewayRequest): Readonly<Record<string, string>> =>
        identity === null ? {} : { [identityHeader]: signIdentity(identity, secret) },
    });

const supergraphSdl = (): string =>
  readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8');

runRole({
  help,
  port: 4000,
  start: async ({ settings, started }) => {
    const { port, host, production, secret, demo } = settings;
    const { tracer } = started.add(
      await startTracing(settings.otlpEndpoint ?? undefined),
      (tracing) => tracing.stop(),
    );
    const watch = openWatch(tracer);
    const work = await openWork(settings, secret, { started, say: () => undefined });
    const { log, logger } = work;
    const key = join(resolve(settings.dataDir), 'keys/issuer.pem');
    const tokens = demo ? await openTokens(key) : closedIssuer;
    const events = inProcess(createEventsSubgraph(), watch);
    const overHttp = remote(settings, watch);
    const client = (name: string, url: string): SubgraphClient =>
      name === events.name ? events : overHttp(name, url);
    const routes = [
      ...consoleRoutes(await buildConsole()),
      ...(demo ? [personaRoute(tokens)] : []),
      ...inboundRoutes(secret, inbounds(work.workflows)),
    ];
    const { url } = started.add(
      await openGateway({
        operationsDir: operationsOf(settings),
        ...{ port, host, production, secret, routes, tokens, log, logger, watch },
        ...{ supergraphSdl: supergraphSdl(), client, events, subscriptionFields },
      }),
      (open) => open.stop(),
    );
    return `The front is ready at ${new URL(url).origin}`;
  },
});
