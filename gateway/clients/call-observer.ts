import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer, SubgraphFetch } from '../subgraph-client.ts';

/** Watches calls to subgraphs from outside: metrics and traces. */
export interface CallObserver {
  readonly start: (subgraph: string, fetch: SubgraphFetch, request: GatewayRequest) => ObservedCall;
}

export interface ObservedCall {
  /** W3C trace context of this call; it replaces the one that the client sent. */
  readonly traceparent: string | undefined;
  /** Called once: with the failure, or with null and the usable answer, which may hold errors of its own. */
  readonly end: (failure: unknown, answer?: Pick<SubgraphAnswer, 'errors'>) => void;
}
