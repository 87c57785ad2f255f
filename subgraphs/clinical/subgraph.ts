import { buildSubgraph, type Subgraph } from '../build-subgraph.ts';
import { type ClinicalPorts, resolvers } from './resolvers.ts';

/** Supply requests and equipment, as one subgraph. */
export const createClinicalSubgraph = (ports: ClinicalPorts): Subgraph =>
  buildSubgraph('clinical', resolvers(ports));
