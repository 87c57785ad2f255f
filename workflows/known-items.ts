import type { Transaction } from '../platform/durable.ts';

/** Those of the items that the hub's catalogue holds: a mapping may point at one that no item master has told of yet. */
export const knownItems = async (
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('hub.item')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
};
