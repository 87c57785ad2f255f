import type { Identity } from '../platform/identity.ts';

/** What every resolver is given: who asks, and how long the answer may take. One per client operation and subgraph. */
export interface Context {
  readonly identity: Identity;
  /** Aborted when the client goes away or the deadline passes. */
  readonly signal: AbortSignal;
}
