import { buildSubgraph, type Subgraph } from '../build-subgraph.ts';
import { type InventoryPorts, resolvers } from './resolvers.ts';

/** Stock positions and shipments, as one subgraph. */
export const createInventorySubgraph = (ports: InventoryPorts): Subgraph =>
  buildSubgraph('inventory', resolvers(ports));
