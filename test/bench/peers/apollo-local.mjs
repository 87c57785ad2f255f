// Plain Apollo Server over plain Apollo Gateway, with the subgraphs in this process: the supergraph in SUPERGRAPH, the port in PORT.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { catalogue } from '../fixtures/catalogue.ts';

// The hub's own packages: they are the very versions of the peers', and schemas must come from the graphql that executes them.
const require = createRequire(new URL('../../../package.json', import.meta.url));
const { ApolloGateway, LocalGraphQLDataSource } = require('@apollo/gateway');
const { ApolloServer } = require('@apollo/server');
const { startStandaloneServer } = require('@apollo/server/standalone');
const { buildSubgraphSchema } = require('@apollo/subgraph');
const { parse } = require('graphql');

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env.SUPERGRAPH, 'utf8'),
  buildService: ({ name }) => {
    const { typeDefs, resolvers } = catalogue[name];
    return new LocalGraphQLDataSource(
      buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]),
    );
  },
});
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, {
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
  context: async ({ req }) => ({ authorization: req.headers.authorization }),
});
process.stdout.write('ready\n');
