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
  /** Nothing of the plan waits for it. */
  readonly isLast: boolean;
}

/** The inside of an entity fetch: what is selected of `_entities`, and the definitions of its variables. */
export interface MergeableFetch {
  readonly selection: string;
  readonly variableDefinitions: readonly { readonly name: string; readonly text: string }[];
}

/** A fetch of one run. */
export interface WaitingFetch {
  readonly fetch: PlannedFetch;
  /** JSON texts of the entities to ask for, each once; null for a fetch without entities. */
  readonly texts: readonly string[] | null;
  /** Called exactly once. With a failure, the answer has what is known all the same. */
  readonly settled: (answer: SubgraphAnswer, failure?: unknown) => void;
  /** It was held back for company once, and is not again. */
  readonly wasHeld?: boolean;
}
