import { SystemRefused, SystemUnavailable } from '../platform/system-error.ts';
import type { ItemSources, LocalSource } from '../subgraphs/procurement/ports.ts';
import { canonicalIds, localIds } from './crosswalk.ts';
import type { HubParts } from './hub-parts.ts';

/** Sources of an item as its facility's purchasing system knows them, in the hub's own ids; unmapped suppliers are left out. */
export const createItemSources = (parts: HubParts): ItemSources => {
  const { db } = parts.database;

  const ask = async (
    { itemId, facilityId }: { itemId: string; facilityId: string },
    call: { readonly signal: AbortSignal },
  ): Promise<{ system: string; sources: readonly LocalSource[] }> => {
    const facility = await db
      .selectFrom('hub.facility')
      .select('financeSystem')
      .where('id', '=', facilityId)
      .executeTakeFirst();
    const system = facility?.financeSystem ?? '';
    const erp = parts.systems.erps.get(system);
    const item = (await localIds(db, { entity: 'ITEM', system }, [itemId])).get(itemId);
    const plant = (await localIds(db, { entity: 'FACILITY', system }, [facilityId])).get(
      facilityId,
    );
    if (erp === undefined || item === undefined || plant === undefined)
      return { system, sources: [] };
    const onDate = parts.clock.now().toISOString().slice(0, 10);
    const question = { itemLocalIds: [item], facilityLocalId: plant, onDate };
    return { system, sources: await erp.approvedSources.forItems(question, call) };
  };

  return {
    of: async (question, call) => {
      const checkedAt = parts.clock.now().toISOString();
      try {
        const { system, sources } = await ask(question, call);
        const suppliers = await canonicalIds(
          db,
          { entity: 'SUPPLIER', system },
          sources.map(({ supplierLocalId }) => supplierLocalId),
        );
        return {
          unavailable: false,
          checkedAt,
          sources: sources.flatMap((source) => {
            const supplierId = suppliers.get(source.supplierLocalId);
            if (supplierId === undefined) return [];
            const { unitPrice, contractNumber, minimumQuantity, validTo } = source;
            return [{ supplierId, unitPrice, contractNumber, minimumQuantity, validTo, system }];
          }),
        };
      } catch (error) {
        if (error instanceof SystemUnavailable || error instanceof SystemRefused)
          return { unavailable: true, checkedAt, sources: [] };
        throw error;
      }
    },
  };
};
