import type DataLoader from 'dataloader';
import type { Identity } from '../../platform/identity.ts';
import { manyByKey, oneByKey, type PageOfParent, pageByParent } from '../per-request.ts';
import type { OrderStore } from './order-store.ts';
import type { ReceiptStore } from './receipt-store.ts';
import type {
  ApprovalStepRecord,
  PurchaseOrderLineRecord,
  PurchaseOrderPage,
  PurchaseOrderRecord,
  ReceiptLineRecord,
  ReceiptRecord,
  RequisitionLineRecord,
  RequisitionRecord,
} from './records.ts';
import type { RequisitionStore } from './requisition-store.ts';

/** What one request has asked for, each thing once, and read together per level. */
export interface Loaders {
  readonly requisition: DataLoader<string, RequisitionRecord | null>;
  readonly requisitionOfSupplyRequest: DataLoader<
    string,
    { supplyRequestId: string; requisitionId: string } | null
  >;
  readonly requisitionLines: DataLoader<string, readonly RequisitionLineRecord[]>;
  readonly approvalSteps: DataLoader<string, readonly ApprovalStepRecord[]>;
  readonly order: DataLoader<string, PurchaseOrderRecord | null>;
  readonly ordersOfRequisition: DataLoader<string, readonly PurchaseOrderRecord[]>;
  readonly ordersOfSupplier: DataLoader<PageOfParent, PurchaseOrderPage, string>;
  readonly orderLines: DataLoader<string, readonly PurchaseOrderLineRecord[]>;
  readonly receipt: DataLoader<string, ReceiptRecord | null>;
  readonly receiptsOfOrder: DataLoader<string, readonly ReceiptRecord[]>;
  readonly receiptLines: DataLoader<string, readonly ReceiptLineRecord[]>;
}

interface Stores {
  readonly orders: OrderStore;
  readonly receipts: ReceiptStore;
  readonly requisitions: RequisitionStore;
}

/** The loaders of one request; every read is for its identity. */
export const procurementLoaders = (stores: Stores, identity: Identity): Loaders => {
  const { orders, receipts, requisitions } = stores;
  return {
    requisition: oneByKey(
      (ids) => requisitions.byIds(identity, ids),
      ({ id }) => id,
    ),
    requisitionOfSupplyRequest: oneByKey(
      (ids) => requisitions.ofSupplyRequests(identity, ids),
      ({ supplyRequestId }) => supplyRequestId,
    ),
    requisitionLines: manyByKey(requisitions.linesOf, ({ requisitionId }) => requisitionId),
    approvalSteps: manyByKey(requisitions.stepsOf, ({ requisitionId }) => requisitionId),
    order: oneByKey(
      (ids) => orders.byIds(identity, ids),
      ({ id }) => id,
    ),
    ordersOfRequisition: manyByKey(
      (ids) => orders.ofRequisitions(identity, ids),
      ({ requisitionId }) => requisitionId ?? '',
    ),
    ordersOfSupplier: pageByParent((ids, page) => orders.pagesOfSuppliers(identity, ids, page)),
    orderLines: manyByKey(orders.linesOf, ({ purchaseOrderId }) => purchaseOrderId),
    receipt: oneByKey(
      (ids) => receipts.byIds(identity, ids),
      ({ id }) => id,
    ),
    receiptsOfOrder: manyByKey(
      (ids) => receipts.ofOrders(identity, ids),
      ({ purchaseOrderId }) => purchaseOrderId,
    ),
    receiptLines: manyByKey(receipts.linesOf, ({ receiptId }) => receiptId),
  };
};
