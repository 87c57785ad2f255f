import { sql } from 'kysely';
import type { Transaction, Workflow } from '../platform/durable.ts';
import { invoiceAxis, receiptAxis } from '../subgraphs/procurement/rules/order-axes.ts';
import { recordChange } from './record-change.ts';
import type { ReportInput } from './report-to-ward.ts';

type Axis = 'RECEIPT' | 'INVOICE';

interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly receiptStatus: string;
  readonly invoiceStatus: string;
  readonly correlationId: string;
  readonly facilityId: string;
  readonly departmentId: string | null;
  readonly requisitionId: string | null;
}

interface LineSum {
  readonly ordered: string;
  readonly received: string;
  readonly invoiced: string;
  readonly returned: boolean;
}

/** Sums are taken from the receipts and invoices themselves, so order and repetition of their arrival do not matter. */
const sumLines = async (tx: Transaction, orderId: string): Promise<readonly LineSum[]> => {
  const { rows } = await sql<LineSum>`
    update hub.purchase_order_line l set
      received_quantity = coalesce((
        select sum(x.quantity) from hub.receipt_line x join hub.receipt r on r.id = x.receipt_id
        where r.purchase_order_id = l.purchase_order_id and x.order_line_number = l.line_number), 0),
      invoiced_quantity = coalesce((
        select sum(x.quantity) from hub.invoice_line x join hub.invoice i on i.id = x.invoice_id
        where i.purchase_order_id = l.purchase_order_id and x.order_line_number = l.line_number
          and i.status <> 'VOIDED'), 0)
    where l.purchase_order_id = ${orderId}
    returning l.quantity as ordered, l.received_quantity as received, l.invoiced_quantity as invoiced,
      exists (select from hub.receipt_line x join hub.receipt r on r.id = x.receipt_id
        where r.purchase_order_id = l.purchase_order_id and x.order_line_number = l.line_number
          and x.quantity < 0) as returned`.execute(tx.db);
  return rows;
};

const tellAxis = (
  tx: Transaction,
  row: OrderRow,
  change: { readonly axis: Axis; readonly from: string; readonly to: string },
): void => {
  const what = change.axis === 'RECEIPT' ? 'Receipt' : 'Invoicing';
  recordChange(
    tx,
    {
      type: 'PurchaseOrderStatusChanged',
      documentType: 'PURCHASE_ORDER',
      id: row.id,
      ...change,
      number: row.number,
      summary: `${what} of order ${row.number} is ${change.to}.`,
      authority: 'rolled up from the lines',
    },
    { ...row, about: { purchaseOrderId: row.id, requisitionId: row.requisitionId } },
  );
};

/** A requisition is fulfilled when all its orders came in full. */
const fulfil = async (tx: Transaction, requisitionId: string): Promise<void> => {
  const row = await tx.db
    .selectFrom('hub.requisition')
    .selectAll()
    .where('id', '=', requisitionId)
    .where('status', '=', 'ORDERED')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return;
  const open = await tx.db
    .selectFrom('hub.purchaseOrder')
    .select('id')
    .where('requisitionId', '=', requisitionId)
    .where('receiptStatus', 'not in', ['FULL', 'OVER'])
    .executeTakeFirst();
  if (open !== undefined) return;
  await tx.db
    .updateTable('hub.requisition')
    .set({ status: 'FULFILLED', version: row.version + 1, updatedAt: new Date() })
    .where('id', '=', requisitionId)
    .execute();
  recordChange(
    tx,
    {
      type: 'RequisitionStatusChanged',
      documentType: 'REQUISITION',
      id: row.id,
      from: row.status,
      to: 'FULFILLED',
      number: row.number,
      summary: `All goods of ${row.number} have come.`,
      authority: 'every order is received in full',
    },
    { ...row, about: { requisitionId: row.id } },
  );
};

/** Brings the receipt and the invoice axis of an order up to its receipts and invoices, and its requisition with it. */
export const rollOrder = async (
  tx: Transaction,
  orderId: string,
  report: Workflow<ReportInput>,
): Promise<void> => {
  const row = await tx.db
    .selectFrom('hub.purchaseOrder')
    .select(['id', 'number', 'receiptStatus', 'invoiceStatus', 'correlationId', 'facilityId'])
    .select(['departmentId', 'requisitionId'])
    .where('id', '=', orderId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const lines = await sumLines(tx, orderId);
  const receiptStatus = receiptAxis(
    lines.map(({ ordered, received, returned }) => ({ ordered, done: received, returned })),
  );
  const invoiceStatus = invoiceAxis(
    lines.map(({ ordered, invoiced }) => ({ ordered, done: invoiced })),
  );
  await tx.db
    .updateTable('hub.purchaseOrder')
    .set({ receiptStatus, invoiceStatus, updatedAt: new Date() })
    .where('id', '=', orderId)
    .execute();
  if (receiptStatus !== row.receiptStatus)
    tellAxis(tx, row, { axis: 'RECEIPT', from: row.receiptStatus, to: receiptStatus });
  if (invoiceStatus !== row.invoiceStatus)
    tellAxis(tx, row, { axis: 'INVOICE', from: row.invoiceStatus, to: invoiceStatus });
  if (row.requisitionId === null) return;
  await fulfil(tx, row.requisitionId);
  tx.start(report, { requisitionId: row.requisitionId }, { correlationId: row.correlationId });
};
