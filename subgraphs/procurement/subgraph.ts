import { buildSubgraph, type Subgraph } from '../build-subgraph.ts';
import { type ProcurementPorts, resolvers } from './resolvers.ts';

/** Requisitions, approvals, orders and receipts, as one subgraph. */
export const createProcurementSubgraph = (ports: ProcurementPorts): Subgraph =>
  buildSubgraph('procurement', resolvers(ports));
