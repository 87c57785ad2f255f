// Hive Gateway with subscriptions over graphql-ws on both sides, set up as its documentation and its own command line do it.
import { createServer } from 'node:http';
import { createGatewayRuntime, getGraphQLWSOptions } from '@graphql-hive/gateway';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const runtime = createGatewayRuntime({
  supergraph: process.env.SUPERGRAPH,
  logging: process.env.HIVE_LOG === '1',
  transportEntries: {
    events: { options: { subscriptions: { kind: 'ws', location: '/graphql' } } },
  },
});
// Over HTTP the first request would load it; a socket does not.
await runtime.getSchema();
const server = createServer(runtime);
const sockets = new WebSocketServer({ server, path: runtime.graphqlEndpoint, perMessageDeflate: false });
useServer(
  getGraphQLWSOptions(runtime, ({ extra }) => ({
    req: extra.request,
    socket: extra.socket,
    request: new Request(`http://127.0.0.1${extra.request.url}`),
  })),
  sockets,
);
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1', backlog: 2048 }, () =>
  process.stdout.write('ready\n'),
);
