import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

/** The schema that clients see, from the committed supergraph. */
export const publicSchema = (): GraphQLSchema => {
  const file = new URL('../../schema/supergraph.graphql', import.meta.url);
  return Supergraph.build(readFileSync(file, 'utf8')).apiSchema().toGraphQLJSSchema();
};
