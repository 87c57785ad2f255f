import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { freePort } from '../../platform/free-port.ts';
import { catalogue } from './fixtures/catalogue.ts';

/** Where the catalogue's subgraphs listen, and the file with its supergraph. */
export interface Ground {
  readonly ports: Readonly<Record<string, number>>;
  readonly supergraph: string;
}

/** Composes the catalogue for subgraphs on free ports. */
export const composeCatalogue = async (folder: string): Promise<Ground> => {
  const names = Object.keys(catalogue) as (keyof typeof catalogue)[];
  const ports: Record<string, number> = {};
  for (const name of names) ports[name] = await freePort();
  const composed = composeServices(
    names.map((name) => ({
      name,
      typeDefs: parse(catalogue[name].typeDefs),
      url: `http://127.0.0.1:${ports[name]}/graphql`,
    })),
  );
  if (composed.errors !== undefined) throw new Error(composed.errors.join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composed.supergraphSdl);
  return { ports, supergraph };
};
