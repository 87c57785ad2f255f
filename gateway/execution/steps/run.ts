import type { GraphQLFormattedError } from 'graphql';
import type { GatewayRequest } from '../../request.ts';
import type { SubgraphClient } from '../../subgraph-client.ts';
import type { WaitingFetch } from './planned-fetch.ts';
import type { SharedEntity } from './shared-entities.ts';

/** An object of an answer: response names and what was fetched for them so far. */
export type DataObject = Record<string, unknown>;

export type Values = Readonly<Record<string, unknown>>;

export interface HeldFetches {
  fetches: WaitingFetch[];
  /** Ends the wait. */
  readonly timer: NodeJS.Timeout;
}

/** One execution of a prepared operation. The plan's steps write what they fetched into `data`. */
export interface Run {
  readonly data: DataObject;
  /** As the client sent them; subgraphs coerce and default them again. */
  readonly variables: Values;
  /** Coerced, with defaults: what conditions read. */
  readonly coerced: Values;
  readonly request: GatewayRequest;
  readonly errors: GraphQLFormattedError[];
  /** True while no string that was fetched needs JSON escaping. */
  plain: boolean;
  /** Entity fetches that wait for the end of this tick, to be sent together. */
  waiting: WaitingFetch[];
  /** Entity fetches that are held back to travel with a later one; null while there are none. */
  held: HeldFetches | null;
  /** For each subgraph, how many of the fetches that `FetchQueue.expect` was told of have begun. */
  readonly begun: Map<SubgraphClient, number>;
  /** Entities that several fetches ask for, by `PlanContext.sharedOf` and the JSON text that represents them. */
  readonly shared: Map<number, Map<string, SharedEntity>>;
  /** Ends the run because of a bug of ours; called at most once with effect. */
  readonly fail: (bug: unknown) => void;
}

/** One node of a plan, compiled. It calls `done` once, in the same tick or later, and never throws for what a subgraph did. */
export type Step = (run: Run, done: () => void) => void;
