import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import { visible } from '../visible.ts';
import type { ReceiptLineRecord, ReceiptRecord } from './records.ts';

/** What came for orders, as an identity may see it: a receipt is seen by those who see its order. */
export interface ReceiptStore {
  readonly byIds: (identity: Identity, ids: readonly string[]) => Promise<ReceiptRecord[]>;
  /** Oldest first. */
  readonly ofOrders: (identity: Identity, orderIds: readonly string[]) => Promise<ReceiptRecord[]>;
  readonly linesOf: (receiptIds: readonly string[]) => Promise<ReceiptLineRecord[]>;
}

/** The receipts of the database. */
export const receiptStore = ({ db }: Database): ReceiptStore => {
  const receipts = (identity: Identity) =>
    db
      .selectFrom('hub.receipt as r')
      .innerJoin('hub.purchaseOrder as o', 'o.id', 'r.purchaseOrderId')
      .selectAll('r')
      .where(visible(identity, 'o.facilityId'));
  return {
    byIds: (identity, ids) =>
      receipts(identity)
        .where('r.id', 'in', [...ids])
        .execute(),
    ofOrders: (identity, orderIds) =>
      receipts(identity)
        .where('r.purchaseOrderId', 'in', [...orderIds])
        .orderBy('r.receivedAt')
        .orderBy('r.id')
        .execute(),
    linesOf: (receiptIds) =>
      db
        .selectFrom('hub.receiptLine as l')
        .selectAll()
        .where('l.receiptId', 'in', [...receiptIds])
        .orderBy('l.receiptId')
        .orderBy('l.orderLineNumber')
        .execute(),
  };
};
