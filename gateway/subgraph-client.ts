import type { GraphQLFormattedError } from 'graphql';
import type { SystemUnavailable } from '../platform/system-error.ts';
import type { GatewayRequest } from './request.ts';

/** One fetch of a query plan. */
export interface SubgraphFetch {
  /** GraphQL text; the same string object for the same plan node, so that clients may key caches by it. */
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** JSON text of the variables object, `{}` when there are none. It is already serialised because HTTP sends it as it is. */
  readonly variables: string;
}

/** What a subgraph answered, exactly as GraphQL over HTTP words it. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /** True when no string in `data` needs JSON escaping; lets the gateway serialise without looking again. Absent: unknown. */
  readonly plain?: boolean;
}

/** Takes what a subscription brings. Neither function throws, and after `end` nothing comes. */
export interface AnswerSink {
  readonly next: (answer: SubgraphAnswer) => void;
  /** Null when the subgraph has completed the subscription; else what broke it off. */
  readonly end: (failure: SystemUnavailable | null) => void;
}

/** Subscribes at a subgraph; the sink is never called before this returns. Returns how to leave, safe to call twice. */
export type Subscribe = (
  fetch: SubgraphFetch,
  request: GatewayRequest,
  sink: AnswerSink,
) => () => void;

/** The one small interface behind which a subgraph runs in this process or across HTTP. */
export interface SubgraphClient {
  readonly name: string;
  /** Rejects with SystemUnavailable when there is no usable answer; GraphQL errors of the subgraph are in the answer. */
  readonly send: (fetch: SubgraphFetch, request: GatewayRequest) => Promise<SubgraphAnswer>;
  /**
   * Subscriptions of a remote subgraph, where it offers them. They outlive the client: after a reload of the schema, the
   * same function means the same subgraph at the same address.
   */
  readonly subscribe?: Subscribe | undefined;
  readonly close: () => Promise<void>;
}
