import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateTables } from '../platform/generate-tables.ts';
import { composeSupergraph, subgraphNames } from './compose.ts';

const firstPort = 4101;

/** Where a subgraph listens that runs alone; the port follows from the order of names. */
const urlOf = (name: (typeof subgraphNames)[number]): string =>
  `http://127.0.0.1:${firstPort + subgraphNames.indexOf(name)}`;

if (import.meta.main) {
  const file = fileURLToPath(new URL('./supergraph.graphql', import.meta.url));
  writeFileSync(file, composeSupergraph(urlOf));
  await generateTables();
}
