import type { SubgraphAnswer, SubgraphClient, SubgraphFetch } from '../../subgraph-client.ts';

/** What a fetch of the plan needs to be sent; made once for a plan. */
export interface PlannedFetch {
  /** Unique within the plan. */
  readonly id: number;
  readonly client: SubgraphClient;
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly kind: SubgraphFetch['kind'];
  readonly variableNames: readonly string[];
  /** Null where the fetch must go alone. */
  readonly mergeable: MergeableFetch | null;
}

/** The inside of an entity fetch: what is selected of `_entities`, and the definitions of its variables. */
export interface MergeableFetch {
  readonly selection: string;
  readonly variableDefinitions: readonly { readonly name: string; readonly text: string }[];
}

/** A fetch of one run: answered exactly once, by an answer or by a failure. */
export interface WaitingFetch {
  readonly fetch: PlannedFetch;
  /** JSON texts, joined by commas; null for a fetch without entities. */
  readonly representations: string | null;
  readonly answered: (answer: SubgraphAnswer) => void;
  readonly failed: (failure: unknown) => void;
}
