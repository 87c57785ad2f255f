import { buildSubgraph, type Subgraph } from '../build-subgraph.ts';
import { type OperationsPorts, resolvers } from './resolvers.ts';

/** Traces, exceptions, dead letters, audit, health, and what has to happen next, as one subgraph. */
export const createOperationsSubgraph = (ports: OperationsPorts): Subgraph =>
  buildSubgraph('operations', resolvers(ports));
