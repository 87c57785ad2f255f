import { buildSubgraph, type Subgraph } from '../build-subgraph.ts';
import { type ErpPorts, resolvers } from './resolvers.ts';

/** The organisation, the masters, invoices and budgets, as one subgraph. */
export const createErpSubgraph = (ports: ErpPorts): Subgraph =>
  buildSubgraph('erp', resolvers(ports));
