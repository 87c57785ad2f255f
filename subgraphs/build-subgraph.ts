import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { scalars } from './scalars.ts';

type Module = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];
type ResolverMap = Extract<Module, { typeDefs: unknown }>['resolvers'];

/** One domain's part of the graph, ready to be executed in this process or served over HTTP. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The subgraph of the domain's schema.graphql, the shared types and the resolvers. */
export const buildSubgraph = (name: string, resolvers: object): Subgraph => ({
  name,
  schema: buildSubgraphSchema([
    {
      typeDefs: parse(`${read(`./${name}/schema.graphql`)}\n${read('../schema/shared.graphql')}`),
      resolvers: { ...resolvers, ...scalars } as NonNullable<ResolverMap>,
    },
  ]),
});
