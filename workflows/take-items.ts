import { sql } from 'kysely';
import type { Transaction } from '../platform/durable.ts';
import type { LocalItem } from '../subgraphs/erp/ports.ts';
import { gtin14, itemIdentity } from '../subgraphs/erp/rules/match-master.ts';
import { canonicalIds } from './crosswalk.ts';

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
  for (const item of items) {
    const id = mapped.get(item.localId) ?? itemIdentity(item);
    const gtin = item.gtin === null ? null : gtin14(item.gtin);
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
