import type { GatewayRequest } from '../request.ts';
import type { SubgraphFetch } from '../subgraph-client.ts';

/** Watches calls to subgraphs from outside: metrics and traces. */
export interface CallObserver {
  readonly start: (subgraph: string, fetch: SubgraphFetch, request: GatewayRequest) => ObservedCall;
}

export interface ObservedCall {
  /** W3C trace context of this call; it replaces the one that the client sent. */
  readonly traceparent: string | undefined;
  /** Called once; null when the subgraph gave a usable answer. */
  readonly end: (failure: unknown) => void;
}
