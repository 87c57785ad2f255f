import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { Context } from './context.ts';
import { perRequest } from './per-request.ts';

/** How often each kind of feed is read, in milliseconds. */
export interface FeedIntervals {
  readonly clinicalMs: number;
  readonly ordersMs: number;
  readonly mastersMs: number;
  readonly stockMs: number;
}

/** What staleness is judged by. */
export interface Freshness {
  readonly clock: Clock;
  readonly feeds: FeedIntervals;
}

export interface ProvenanceRecord {
  readonly source: string;
  readonly asOf: Date;
  readonly stale: boolean;
}

/** Which feed brings which records; `stock` is read whole, so that its rows themselves say when. */
const kindOf = {
  'supply-requests': 'clinicalMs',
  equipment: 'mastersMs',
  orders: 'ordersMs',
  receipts: 'ordersMs',
  invoices: 'ordersMs',
  suppliers: 'mastersMs',
  items: 'mastersMs',
  stock: 'stockMs',
} as const satisfies Readonly<Record<string, keyof FeedIntervals>>;

export type FeedName = keyof typeof kindOf;

/** A feed may fail twice, and never less than this long, before what it brings is called stale. */
const readingsAllowed = 3;
const leastPatienceMs = 10_000;

interface Row {
  readonly source: string;
  readonly asOf: Date;
}

/** Where a row came from, judged by the feed that brings such rows. */
export type ProvenanceOf = (
  row: Row,
  feed: FeedName,
  context: Context,
) => Promise<ProvenanceRecord>;

/** Pure: `readAt` is when the feed was last read to its end, null where the source has no such feed. */
export const judgeProvenance = (
  { source, asOf }: Row,
  { feed, readAt }: { readonly feed: FeedName; readonly readAt: Date | null },
  { clock, feeds }: Freshness,
): ProvenanceRecord => {
  // A feed tells every change, so a row that it did not mention is confirmed by each reading.
  const confirmed = readAt !== null && readAt > asOf ? readAt : asOf;
  const patienceMs = Math.max(readingsAllowed * feeds[kindOf[feed]], leastPatienceMs);
  const silentMs = clock.now().getTime() - confirmed.getTime();
  // What no feed brings (configuration, a governed file, a supplier's message) promised no repetition.
  const isFed = feed === 'stock' || readAt !== null;
  return { source, asOf: confirmed, stale: isFed && silentMs > patienceMs };
};

/** Reads once for each request when the feeds were last read. */
export const provenanceOf = ({ db }: Database, freshness: Freshness): ProvenanceOf => {
  const readings = perRequest(async () => {
    const rows = await db
      .selectFrom('hub.pollCursor')
      .select(['system', 'feed', 'polledAt'])
      .execute();
    return new Map(rows.map(({ system, feed, polledAt }) => [`${system}/${feed}`, polledAt]));
  });
  return async (row, feed, context) => {
    const readAt =
      feed === 'stock' ? null : ((await readings(context)).get(`${row.source}/${feed}`) ?? null);
    return judgeProvenance(row, { feed, readAt }, freshness);
  };
};
