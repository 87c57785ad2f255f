import type { Call } from '../platform/call.ts';
import { canonicalIds, localIds } from './crosswalk.ts';
import type { HubParts } from './hub-parts.ts';
import { stableId } from './stable-id.ts';
import type { ConnectedErp } from './systems.ts';

/** What one system says about one facility; items that nobody has mapped are left out. */
const takeFacility = async (
  parts: HubParts,
  { erp, facilityId, localId }: { erp: ConnectedErp; facilityId: string; localId: string },
  call: Call,
): Promise<void> => {
  const positions = await erp.stock.atFacility(localId, call);
  const { db } = parts.database;
  const codes = positions.map(({ itemLocalId }) => itemLocalId);
  const items = await canonicalIds(db, { entity: 'ITEM', system: erp.name }, codes);
  const known = new Set(
    (await db.selectFrom('hub.item').select('id').execute()).map(({ id }) => id),
  );
  for (const position of positions) {
    const itemId = items.get(position.itemLocalId);
    if (itemId === undefined || !known.has(itemId)) continue;
    const row = {
      onHand: position.onHand.value,
      onOrder: position.onOrder.value,
      unit: position.onHand.unit,
      source: erp.name,
      asOf: position.asOf,
    };
    await db
      .insertInto('hub.stockPosition')
      .values({ id: stableId('stock', itemId, facilityId), itemId, facilityId, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(['itemId', 'facilityId'])
          .doUpdateSet(row)
          .where('hub.stockPosition.asOf', '<=', new Date(position.asOf)),
      )
      .execute();
  }
};

/** Reads what lies at every facility that a purchasing system keeps the stock of. A reading, not a change: it has no event. */
export const takeStock = async (parts: HubParts, erp: ConnectedErp, call: Call): Promise<void> => {
  const { db } = parts.database;
  const facilities = await db
    .selectFrom('hub.facility')
    .select('id')
    .where('financeSystem', '=', erp.name)
    .execute();
  const ids = facilities.map(({ id }) => id);
  const codes = await localIds(db, { entity: 'FACILITY', system: erp.name }, ids);
  for (const [facilityId, localId] of codes)
    await takeFacility(parts, { erp, facilityId, localId }, call);
};
