import { sql } from 'kysely';
import type { Transaction } from '../platform/durable.ts';
import type { LocalItem } from '../subgraphs/erp/ports.ts';
import { gtin14, itemIdentity } from '../subgraphs/erp/rules/match-master.ts';
import { canonicalIds } from './crosswalk.ts';

/** Which item of the hub carries each of the GTINs. */
const gtinOwners = async (
  tx: Transaction,
  items: readonly LocalItem[],
): Promise<Map<string, string>> => {
  const gtins = items.flatMap(({ gtin }) => (gtin === null ? [] : (gtin14(gtin) ?? [])));
  if (gtins.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('hub.item')
    .select(['id', 'gtin'])
    .where('gtin', 'in', gtins)
    .execute();
  return new Map(rows.map(({ id, gtin }) => [gtin ?? '', id]));
};

/**
 * Takes items of one finance system into the hub's catalogue. Items of two systems with the same GTIN, else with the same
 * catalogue number and description, are one; the system that told first owns the words, and a mapping that a person made holds.
 */
export const takeItems = async (
  tx: Transaction,
  system: string,
  items: readonly LocalItem[],
): Promise<void> => {
  // Two systems may tell of the same new item at once.
  await sql`select pg_advisory_xact_lock(7301)`.execute(tx.db);
  const mapped = await canonicalIds(
    tx.db,
    { entity: 'ITEM', system },
    items.map(({ localId }) => localId),
  );
  const taken = await gtinOwners(tx, items);
  for (const item of items) {
    const id = mapped.get(item.localId) ?? itemIdentity(item);
    const checked = item.gtin === null ? null : gtin14(item.gtin);
    // A person may have mapped the code to another item than the GTIN says: the GTIN then stays where it is.
    const gtin = checked !== null && (taken.get(checked) ?? id) === id ? checked : null;
    if (gtin !== null) taken.set(gtin, id);
    const { description, brand, catalogNumber, manufacturer, gmdnTerm, unit } = item;
    const words = { description, brand, catalogNumber, manufacturer, gmdnTerm, unit };
    await tx.db
      .insertInto('hub.item')
      .values({ id, gtin, ...words, source: system, asOf: item.changedAt })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ ...words, asOf: item.changedAt })
          .where('hub.item.source', '=', system)
          .where('hub.item.asOf', '<=', new Date(item.changedAt)),
      )
      .execute();
    await tx.db
      .insertInto('hub.crosswalk')
      .values({
        entity: 'ITEM',
        system,
        localId: item.localId,
        canonicalId: id,
        approvedBy: gtin === null ? 'rule: same catalogue number and words' : 'rule: same GTIN',
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
};
