import type { LocalEquipment } from '../subgraphs/clinical/ports.ts';
import { gtin14 } from '../subgraphs/erp/rules/match-master.ts';
import { canonicalIds } from './crosswalk.ts';
import type { HubParts } from './hub-parts.ts';
import { stableId } from './stable-id.ts';

/** Takes devices of one clinical application in. The UDI-DI of a device under GS1 is the GTIN of its item. */
export const takeEquipment = async (
  parts: HubParts,
  system: string,
  devices: readonly LocalEquipment[],
): Promise<void> => {
  const { db } = parts.database;
  const places = await canonicalIds(
    db,
    { entity: 'DEPARTMENT', system },
    devices.flatMap(({ location }) => location ?? []),
  );
  const departments = await db.selectFrom('hub.department').select(['id', 'facilityId']).execute();
  const facilityOf = new Map(departments.map(({ id, facilityId }) => [id, facilityId]));
  for (const device of devices) {
    const gtin = device.deviceIdentifier === null ? null : gtin14(device.deviceIdentifier);
    const item = await db
      .selectFrom('hub.item')
      .select('id')
      .where('gtin', '=', gtin ?? '')
      .executeTakeFirst();
    const { name, manufacturer, model, serialNumber, deviceIdentifier, changedAt } = device;
    const row = {
      name,
      manufacturer,
      model,
      serialNumber,
      deviceIdentifier,
      itemId: item?.id ?? null,
      facilityId: facilityOf.get(places.get(device.location ?? '') ?? '') ?? null,
      source: system,
      asOf: changedAt,
    };
    await db
      .insertInto('hub.equipment')
      .values({ id: stableId('equipment', system, device.localId), ...row })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(row)
          .where('hub.equipment.asOf', '<=', new Date(changedAt)),
      )
      .execute();
  }
};
