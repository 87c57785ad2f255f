import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import { conditions, readConnection } from '../read-connection.ts';
import { visible } from '../visible.ts';
import type { InvoiceLineRecord, InvoicePage, InvoiceRecord } from './records.ts';
import type { InvoiceFilter } from './types.generated.ts';

/** Supplier invoices, as an identity may see them. */
export interface InvoiceStore {
  readonly byIds: (identity: Identity, ids: readonly string[]) => Promise<InvoiceRecord[]>;
  readonly page: (identity: Identity, filter: InvoiceFilter, page: Page) => Promise<InvoicePage>;
  /** Oldest first. */
  readonly ofOrders: (identity: Identity, orderIds: readonly string[]) => Promise<InvoiceRecord[]>;
  readonly linesOf: (ids: readonly string[]) => Promise<InvoiceLineRecord[]>;
}

const newest = keyset({
  name: 'invoices',
  key: 'v.invoiceDate',
  type: 'date',
  id: 'v.id',
  direction: 'desc',
});

const matching = (filter: InvoiceFilter): RawBuilder<unknown>[] =>
  conditions([
    filter.supplierId && sql`v.supplier_id = ${filter.supplierId}`,
    filter.purchaseOrderId && sql`v.purchase_order_id = ${filter.purchaseOrderId}`,
    filter.statuses && sql`v.status = any(${[...filter.statuses]}::text[])`,
  ]);

/** The invoices of the database. */
export const invoiceStore = ({ db }: Database): InvoiceStore => {
  const invoices = (identity: Identity) =>
    db
      .selectFrom('hub.invoice as v')
      .selectAll()
      .where(visible(identity, 'v.facilityId'))
      .$castTo<InvoiceRecord>();
  return {
    byIds: (identity, ids) =>
      invoices(identity)
        .where('v.id', 'in', [...ids])
        .execute(),
    page: (identity, filter, page) => {
      const where = [visible(identity, 'v.facilityId'), ...matching(filter)];
      return readConnection({ db, from: sql`hub.invoice v`, row: 'v', where, order: newest }, page);
    },
    ofOrders: (identity, orderIds) =>
      invoices(identity)
        .where('v.purchaseOrderId', 'in', [...orderIds])
        .orderBy('v.invoiceDate')
        .orderBy('v.id')
        .execute(),
    linesOf: (ids) =>
      db
        .selectFrom('hub.invoiceLine as l')
        .innerJoin('hub.invoice as v', 'v.id', 'l.invoiceId')
        .selectAll('l')
        .select('v.currency')
        .where('l.invoiceId', 'in', [...ids])
        .orderBy('l.invoiceId')
        .orderBy('l.lineNumber')
        .execute(),
  };
};
