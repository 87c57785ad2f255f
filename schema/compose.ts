import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** The subgraphs of the hub, in the order in which they are composed. `events` is the event log as a subgraph: it owns the Subscription type. */
export const subgraphNames = [
  'clinical',
  'erp',
  'events',
  'inventory',
  'operations',
  'procurement',
] as const;
export type SubgraphName = (typeof subgraphNames)[number];

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The SDL of one subgraph: its own schema.graphql and the shared types. */
const subgraphSdl = (name: SubgraphName): string =>
  `${read(`../subgraphs/${name}/schema.graphql`)}\n${read('shared.graphql')}`;

/** The supergraph SDL. Throws with every composition error, each naming its subgraph and field. */
export const composeSupergraph = (urlOf: (name: SubgraphName) => string): string => {
  const composed = composeServices(
    subgraphNames.map((name) => ({
      name,
      url: urlOf(name),
      typeDefs: parse(subgraphSdl(name)),
    })),
  );
  if (composed.errors !== undefined)
    throw new Error(
      `The subgraphs do not compose:\n${composed.errors.map((error) => `- ${error.message}`).join('\n')}`,
    );
  return composed.supergraphSdl;
};
