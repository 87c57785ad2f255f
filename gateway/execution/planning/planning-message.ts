import type { QueryPlan } from '@apollo/query-planner';
import type { PlannerOptions } from './planner.ts';

/** What a planning thread is started with. */
export interface PlanningThreadData extends PlannerOptions {
  readonly supergraphSdl: string;
}

export interface PlanRequest {
  readonly source: string;
  readonly operationName: string | undefined;
}

/** The first message says that the thread is ready; each further one answers a request, in order. */
export type PlanningMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'planned'; readonly plan: QueryPlan }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
