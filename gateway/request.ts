import type { Identity } from '../platform/identity.ts';

/** What one client operation carries through the gateway to every subgraph that it touches. */
export interface GatewayRequest {
  /** Null only when the gateway runs alone on a foreign supergraph without identity. */
  readonly identity: Identity | null;
  /** Headers passed on to HTTP subgraphs, lower case: authorization, traceparent and the like. */
  readonly forward: Readonly<Record<string, string>>;
  /** When the answer is due, on the clock of `performance.now()`. It shrinks along the call and is never extended. */
  readonly deadlineAt: number;
  /** Aborted when the client goes away or the deadline passes. */
  readonly signal: AbortSignal;
}
