import type { FetchNode as PlannedFetch } from '@apollo/query-planner';

/** A fetch of the planner, after our own changes to the plan. */
export interface FetchNode extends PlannedFetch {
  /** Names under which required fields are sent, where the answer holds them under a name of our own. */
  readonly requiredAs?: Readonly<Record<string, string>>;
}
