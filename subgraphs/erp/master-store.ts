import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import { conditions, readConnection } from '../read-connection.ts';
import type { ItemPage, ItemRecord, SupplierPage, SupplierRecord } from './records.ts';
import type { SupplierStatus } from './types.generated.ts';

/** What one connected system calls a supplier or an item. */
export interface KnownAs {
  readonly canonicalId: string;
  readonly system: string;
  readonly value: string;
}

/** Suppliers and items: shared by all facilities, so nobody's scope narrows them. */
export interface MasterStore {
  readonly suppliers: (ids: readonly string[]) => Promise<SupplierRecord[]>;
  readonly supplierPage: (
    filter: { readonly search: string | null; readonly status: SupplierStatus | null },
    page: Page,
  ) => Promise<SupplierPage>;
  readonly items: (ids: readonly string[]) => Promise<ItemRecord[]>;
  readonly itemByGtin: (gtin: string) => Promise<ItemRecord | null>;
  readonly itemPage: (search: string | null, page: Page) => Promise<ItemPage>;
  readonly knownAs: (entity: 'SUPPLIER' | 'ITEM', ids: readonly string[]) => Promise<KnownAs[]>;
}

const suppliersByName = keyset({
  name: 'suppliers',
  key: 's.name',
  type: 'text',
  id: 's.id',
  direction: 'asc',
});
const itemsByDescription = keyset({
  name: 'items',
  key: 'i.description',
  type: 'text',
  id: 'i.id',
  direction: 'asc',
});

/** Found anywhere in the text, in upper or lower case; the characters that LIKE treats specially stand for themselves. */
const containing = (search: string): string => `%${search.replace(/[\\%_]/g, '\\$&')}%`;

const supplierSearch = (
  search: string,
): RawBuilder<unknown> => sql`(s.name ilike ${containing(search)}
  or exists (select from hub.crosswalk x where x.entity = 'SUPPLIER' and x.canonical_id = s.id
    and x.valid_to is null and x.local_id ilike ${containing(search)}))`;

const itemSearch = (search: string): RawBuilder<unknown> => {
  const pattern = containing(search);
  return sql`(i.description ilike ${pattern} or i.catalog_number ilike ${pattern} or i.gtin like ${pattern})`;
};

/** The masters in the database. */
export const masterStore = ({ db }: Database): MasterStore => ({
  suppliers: (ids) =>
    db
      .selectFrom('hub.supplier')
      .selectAll()
      .where('id', 'in', [...ids])
      .$castTo<SupplierRecord>()
      .execute(),
  supplierPage: ({ search, status }, page) => {
    const where = conditions([
      search !== null && search !== '' && supplierSearch(search),
      status !== null && sql`s.status = ${status}`,
    ]);
    return readConnection(
      { db, from: sql`hub.supplier s`, row: 's', where, order: suppliersByName },
      page,
    );
  },
  items: (ids) =>
    db
      .selectFrom('hub.item')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute(),
  itemByGtin: async (gtin) =>
    (await db.selectFrom('hub.item').selectAll().where('gtin', '=', gtin).executeTakeFirst()) ??
    null,
  itemPage: (search, page) => {
    const where = conditions([search !== null && search !== '' && itemSearch(search)]);
    return readConnection(
      { db, from: sql`hub.item i`, row: 'i', where, order: itemsByDescription },
      page,
    );
  },
  knownAs: (entity, ids) =>
    db
      .selectFrom('hub.crosswalk')
      .select(['canonicalId', 'system', 'localId as value'])
      .where('entity', '=', entity)
      .where('canonicalId', 'in', [...ids])
      .where('validTo', 'is', null)
      .orderBy('system')
      .orderBy('localId')
      .execute(),
});
