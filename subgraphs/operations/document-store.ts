import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import { visible } from '../visible.ts';
import type {
  InvoiceState,
  OrderState,
  ReceiptState,
  RequisitionState,
  StepState,
  SupplyRequestState,
} from './document-state.ts';

/** Documents as far as they decide who is waited on, as an identity may see them. */
export interface DocumentStore {
  readonly requisitions: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<RequisitionState[]>;
  readonly steps: (requisitionIds: readonly string[]) => Promise<StepState[]>;
  readonly orders: (identity: Identity, ids: readonly string[]) => Promise<OrderState[]>;
  readonly ordersOfRequisitions: (
    identity: Identity,
    requisitionIds: readonly string[],
  ) => Promise<OrderState[]>;
  readonly receipts: (identity: Identity, ids: readonly string[]) => Promise<ReceiptState[]>;
  readonly invoices: (identity: Identity, ids: readonly string[]) => Promise<InvoiceState[]>;
  readonly supplyRequests: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<SupplyRequestState[]>;
}

const orderStates =
  ({ db }: Database, key: RawBuilder<unknown>): DocumentStore['orders'] =>
  async (identity, ids) => {
    const { rows } = await sql<OrderState>`
      select o.*, s.shipped_at, s.expected_date, r.received_at
      from hub.purchase_order o
      left join lateral (select shipped_at, expected_date from hub.shipment
        where purchase_order_id = o.id order by shipped_at desc, id desc limit 1) s on true
      left join lateral (select max(received_at) as received_at from hub.receipt
        where purchase_order_id = o.id) r on true
      where ${key} = any(${[...ids]}::text[]) and ${visible(identity, 'o.facilityId')}
      order by o.issued_at, o.id`.execute(db);
    return rows;
  };

/** The documents of the database. */
export const documentStore = (database: Database): DocumentStore => {
  const { db } = database;
  return {
    orders: orderStates(database, sql`o.id`),
    ordersOfRequisitions: orderStates(database, sql`o.requisition_id`),
    requisitions: (identity, ids) =>
      db
        .selectFrom('hub.requisition as r')
        .select(['r.id', 'r.correlationId', 'r.status', 'r.targetSystem'])
        .select(['r.submittedAt', 'r.updatedAt'])
        .where('r.id', 'in', [...ids])
        .where(visible(identity, 'r.facilityId'))
        .execute(),
    steps: (ids) =>
      db
        .selectFrom('hub.approvalStep')
        .select(['requisitionId', 'stepNumber', 'role', 'status', 'rule', 'openedAt', 'dueAt'])
        .where('requisitionId', 'in', [...ids])
        .execute(),
    receipts: (identity, ids) =>
      db
        .selectFrom('hub.receipt as r')
        .innerJoin('hub.purchaseOrder as o', 'o.id', 'r.purchaseOrderId')
        .select(['r.id', 'r.purchaseOrderId', 'r.receivedAt'])
        .select(['o.number as orderNumber', 'o.invoiceStatus'])
        .where('r.id', 'in', [...ids])
        .where(visible(identity, 'o.facilityId'))
        .execute(),
    invoices: async (identity, ids) => {
      const { rows } = await sql<InvoiceState>`
        select v.id, v.number, v.status, v.system, v.invoice_date, e.changed_at
        from hub.invoice v
        left join lateral (select max(occurred_at) as changed_at from hub.event
          where subject_type = 'INVOICE' and subject_id = v.id) e on true
        where v.id = any(${[...ids]}::text[]) and ${visible(identity, 'v.facilityId')}`.execute(db);
      return rows;
    },
    supplyRequests: (identity, ids) =>
      db
        .selectFrom('hub.supplyRequest as s')
        .select(['s.id', 's.correlationId', 's.status', 's.intake', 's.authoredOn'])
        .select('s.requisitionId')
        .where('s.id', 'in', [...ids])
        .where(visible(identity, 's.facilityId'))
        .execute(),
  };
};
