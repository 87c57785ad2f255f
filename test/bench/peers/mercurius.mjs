// Mercurius' gateway, given each subgraph's SDL as it was written: their ports in SUBGRAPH_PORTS, its own in PORT.
import mercuriusGateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';
import { catalogue } from '../fixtures/catalogue.ts';

const ports = JSON.parse(process.env.SUBGRAPH_PORTS);
const app = Fastify();
app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: Object.entries(ports).map(([name, port]) => ({
      name,
      schema: catalogue[name].typeDefs,
      url: `http://127.0.0.1:${port}/graphql`,
      rewriteHeaders: ({ authorization }) => (authorization ? { authorization } : {}),
    })),
  },
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.stdout.write('ready\n');
