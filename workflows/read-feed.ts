import type { Changes } from '../platform/call.ts';
import type { Database } from '../platform/database.ts';
import type { SeenRecords } from './seen-records.ts';

/** One feed of one system. */
export interface Feed<T> {
  readonly system: string;
  readonly name: string;
  readonly read: (cursor: string | null) => Promise<Changes<T>>;
  /** Writes the records down; has to take the same record twice without harm. */
  readonly take: (records: readonly T[]) => Promise<void>;
}

const cursorOf = async ({ db }: Database, system: string, feed: string): Promise<string | null> => {
  const row = await db
    .selectFrom('hub.pollCursor')
    .select('cursor')
    .where('system', '=', system)
    .where('feed', '=', feed)
    .executeTakeFirst();
  return typeof row?.cursor === 'string' ? row.cursor : null;
};

/**
 * Reads what changed since the last time and moves the cursor on when all of it is written down. Ended in between, it reads
 * the same again.
 */
export const readFeed = async <T>(
  database: Database,
  feed: Feed<T>,
  seen: SeenRecords,
): Promise<void> => {
  const key = `${feed.system}/${feed.name}`;
  const before = await cursorOf(database, feed.system, feed.name);
  const { records, cursor } = await feed.read(before);
  const fresh = seen.fresh(key, records);
  if (fresh.length > 0) await feed.take(fresh);
  seen.remember(key, fresh);
  // Written even when nothing changed: a reading to the end confirms whatever it did not mention.
  const row = { cursor: JSON.stringify(cursor), polledAt: new Date() };
  await database.db
    .insertInto('hub.pollCursor')
    .values({ system: feed.system, feed: feed.name, ...row })
    .onConflict((conflict) => conflict.columns(['system', 'feed']).doUpdateSet(row))
    .execute();
};
