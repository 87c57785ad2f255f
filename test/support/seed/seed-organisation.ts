import type { Database } from '../../../platform/database.ts';
import { facilities, provenance, two } from './seeded-words.ts';

/** Two facilities, each with a cost centre and a department. */
export const organisation = async ({ db }: Database): Promise<void> => {
  await db
    .insertInto('hub.facility')
    .values(
      facilities.map((id) => ({
        id,
        name: `${id} hospital`,
        address: '1 Main Street',
        city: 'Springfield',
        state: 'IL',
        zip: '62701',
        financeSystem: id === 'north' ? 's4-main' : 'tryton-main',
        ...provenance,
      })),
    )
    .execute();
  await db
    .insertInto('hub.costCenter')
    .values(
      facilities.map((id) => ({
        id: `cc-${id}`,
        code: `1000-${id}`,
        name: `Ward of ${id}`,
        facilityId: id,
        ...provenance,
      })),
    )
    .execute();
  await db
    .insertInto('hub.department')
    .values(
      facilities.map((id) => ({
        id: `icu-${id}`,
        name: 'Intensive care',
        facilityId: id,
        costCenterId: `cc-${id}`,
        ...provenance,
      })),
    )
    .execute();
};

/** Three suppliers, twelve items and what the systems call some of them. */
export const masters = async ({ db }: Database): Promise<void> => {
  await db
    .insertInto('hub.supplier')
    .values(
      ['Acme', 'Beta 100%', 'Cardio'].map((name, n) => ({
        id: `sup-${n}`,
        name,
        status: n === 2 ? 'ON_HOLD' : 'ACTIVE',
        source: n === 2 ? 'tryton-main' : 's4-main',
        // The last supplier was changed days ago, in a system that has been silent since.
        asOf: n === 2 ? '2026-11-20T00:00:00.000Z' : provenance.asOf,
      })),
    )
    .execute();
  await db
    .insertInto('hub.item')
    .values(
      Array.from({ length: 12 }, (_, n) => ({
        id: `item-${two(n)}`,
        gtin: n === 0 ? '00614141007349' : null,
        description: `Catheter ${two(n)}`,
        catalogNumber: `CAT_${n}`,
        unit: 'EA',
        ...provenance,
      })),
    )
    .execute();
  const mapping = { approvedBy: 'u-stella', validFrom: '2026-01-01T00:00:00Z' };
  await db
    .insertInto('hub.crosswalk')
    .values([
      {
        entity: 'SUPPLIER',
        system: 's4-main',
        localId: '10100001',
        canonicalId: 'sup-0',
        ...mapping,
      },
      {
        entity: 'SUPPLIER',
        system: 'tryton-main',
        localId: 'V-1001',
        canonicalId: 'sup-0',
        ...mapping,
      },
      { entity: 'ITEM', system: 's4-main', localId: 'MZ-0000', canonicalId: 'item-00', ...mapping },
    ])
    .execute();
};
