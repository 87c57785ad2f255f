import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import {
  conditions,
  type List,
  readConnection,
  readConnectionByParent,
} from '../read-connection.ts';
import { visible } from '../visible.ts';
import type { PurchaseOrderLineRecord, PurchaseOrderPage, PurchaseOrderRecord } from './records.ts';
import type { PurchaseOrderFilter } from './types.generated.ts';

/** Purchase orders as an identity may see them. */
export interface OrderStore {
  readonly byIds: (identity: Identity, ids: readonly string[]) => Promise<PurchaseOrderRecord[]>;
  readonly page: (
    identity: Identity,
    filter: PurchaseOrderFilter,
    page: Page,
  ) => Promise<PurchaseOrderPage>;
  /** One page for each supplier, in the order of the ids; read together. */
  readonly pagesOfSuppliers: (
    identity: Identity,
    supplierIds: readonly string[],
    page: Page,
  ) => Promise<PurchaseOrderPage[]>;
  readonly ofRequisitions: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<PurchaseOrderRecord[]>;
  readonly linesOf: (ids: readonly string[]) => Promise<PurchaseOrderLineRecord[]>;
}

const newest = keyset({
  name: 'purchaseOrders',
  key: 'o.issuedAt',
  type: 'timestamptz',
  id: 'o.id',
  direction: 'desc',
});

const matching = (filter: PurchaseOrderFilter): RawBuilder<unknown>[] =>
  conditions([
    filter.facilityId && sql`o.facility_id = ${filter.facilityId}`,
    filter.departmentId && sql`o.department_id = ${filter.departmentId}`,
    filter.supplierId && sql`o.supplier_id = ${filter.supplierId}`,
    filter.correlationId && sql`o.correlation_id = ${filter.correlationId}`,
    filter.documentStatuses &&
      sql`o.document_status = any(${[...filter.documentStatuses]}::text[])`,
    filter.receiptStatuses && sql`o.receipt_status = any(${[...filter.receiptStatuses]}::text[])`,
    filter.itemId &&
      sql`exists (select from hub.purchase_order_line l where l.purchase_order_id = o.id and l.item_id = ${filter.itemId})`,
  ]);

const list = (
  { db }: Database,
  identity: Identity,
  where: readonly RawBuilder<unknown>[],
): List => ({
  db,
  from: sql`hub.purchase_order o`,
  row: 'o',
  where: [visible(identity, 'o.facilityId'), ...where],
  order: newest,
});

/** The orders of the database. */
export const orderStore = (database: Database): OrderStore => {
  const { db } = database;
  const orders = (identity: Identity) =>
    db
      .selectFrom('hub.purchaseOrder as o')
      .selectAll('o')
      .where(visible(identity, 'o.facilityId'))
      .$castTo<PurchaseOrderRecord>();
  return {
    page: (identity, filter, page) =>
      readConnection(list(database, identity, matching(filter)), page),
    pagesOfSuppliers: (identity, supplierIds, page) => {
      const parent = sql`o.supplier_id`;
      return readConnectionByParent({ ...list(database, identity, []), parent }, supplierIds, page);
    },
    byIds: (identity, ids) =>
      orders(identity)
        .where('o.id', 'in', [...ids])
        .execute(),
    ofRequisitions: (identity, ids) =>
      orders(identity)
        .where('o.requisitionId', 'in', [...ids])
        .orderBy('o.issuedAt')
        .orderBy('o.id')
        .execute(),
    linesOf: (ids) =>
      db
        .selectFrom('hub.purchaseOrderLine as l')
        .innerJoin('hub.purchaseOrder as o', 'o.id', 'l.purchaseOrderId')
        .selectAll('l')
        .select('o.currency')
        .where('l.purchaseOrderId', 'in', [...ids])
        .orderBy('l.purchaseOrderId')
        .orderBy('l.lineNumber')
        .$castTo<PurchaseOrderLineRecord>()
        .execute(),
  };
};
