import type { Clock } from '../platform/clock.ts';

/** How often each kind of source confirms what it said, in milliseconds. */
export interface FeedPromises {
  readonly clinicalMs: number;
  readonly ordersMs: number;
  readonly mastersMs: number;
  readonly stockMs: number;
}

/** What staleness is judged by. */
export interface Freshness {
  readonly clock: Clock;
  readonly feeds: FeedPromises;
}

export interface ProvenanceRecord {
  readonly source: string;
  readonly asOf: Date;
  readonly stale: boolean;
}

/** Where a row came from; stale when its source has been silent for longer than its feed promises. */
export const provenance = (
  row: { readonly source: string; readonly asOf: Date },
  promiseMs: number,
  clock: Clock,
): ProvenanceRecord => ({
  source: row.source,
  asOf: row.asOf,
  stale: clock.now().getTime() - row.asOf.getTime() > promiseMs,
});
