// Hive Gateway, with router-runtime when ROUTER_RUNTIME=1: the supergraph in SUPERGRAPH, the port in PORT.
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway';

const router =
  process.env.ROUTER_RUNTIME === '1'
    ? { unifiedGraphHandler: (await import('@graphql-hive/router-runtime')).unifiedGraphHandler }
    : {};
const runtime = createGatewayRuntime({
  supergraph: process.env.SUPERGRAPH,
  logging: false,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({
      authorization: request.headers.get('authorization') ?? '',
    }),
  },
  ...router,
});
createServer(runtime).listen(Number(process.env.PORT), '127.0.0.1', () =>
  process.stdout.write('ready\n'),
);
