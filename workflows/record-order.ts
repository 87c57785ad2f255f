import type { Selectable } from 'kysely';
import type { Transaction, Workflow } from '../platform/durable.ts';
import type { HubRequisition } from '../platform/tables.generated.ts';
import type { LocalOrder, NewOrder } from '../subgraphs/procurement/ports.ts';
import type { PlaceOrderInput } from './approvals.ts';
import type { HubParts } from './hub-parts.ts';
import { recordChange } from './record-change.ts';
import type { ReportInput } from './report-to-ward.ts';
import { openExceptionsOf, resolveExceptions } from './resolve-exceptions.ts';
import type { SendOrderInput } from './send-order.ts';
import { stableId } from './stable-id.ts';
import { tradingPartnerOf } from './trading-partner-of.ts';
import type { WaitingDocuments } from './waiting-documents.ts';

/** What was asked of the purchasing system. */
export type PlacedOrder = {
  readonly system: string;
  readonly order: NewOrder;
  /** The hub's item of each line, in the order of the lines. */
  readonly itemIds: readonly (string | null)[];
};

interface Given {
  readonly parts: HubParts;
  readonly input: PlaceOrderInput;
  readonly placed: PlacedOrder;
  readonly order: LocalOrder;
  readonly next: {
    readonly sendOrder: Workflow<SendOrderInput>;
    readonly reportToWard: Workflow<ReportInput>;
    readonly waiting: WaitingDocuments;
  };
}

type RequisitionRow = Selectable<HubRequisition>;

const insertOrder = async (
  tx: Transaction,
  { input, placed, order }: Given,
  requisition: RequisitionRow,
): Promise<string | null> => {
  const row = await tx.db
    .insertInto('hub.purchaseOrder')
    .values({
      id: stableId('order', placed.order.reference),
      reference: placed.order.reference,
      number: order.number,
      system: placed.system,
      localId: order.localId,
      correlationId: requisition.correlationId,
      requisitionId: requisition.id,
      supplierId: input.supplierId,
      facilityId: requisition.facilityId,
      departmentId: requisition.departmentId,
      costCenterId: requisition.costCenterId,
      documentStatus: 'ISSUED',
      currency: order.currency,
      total: order.total.amount,
      neededBy: placed.order.neededBy,
      source: placed.system,
      asOf: order.changedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
};

const insertLines = async (
  tx: Transaction,
  orderId: string,
  { placed, order }: Given,
): Promise<void> => {
  const held = new Map(order.lines.map((line) => [line.lineNumber, line]));
  await tx.db
    .insertInto('hub.purchaseOrderLine')
    .values(
      placed.order.lines.map((line, index) => {
        // What the purchasing system holds counts, not what it was asked for.
        const { quantity, unitPrice, description } = held.get(line.lineNumber) ?? line;
        return {
          purchaseOrderId: orderId,
          lineNumber: line.lineNumber,
          itemId: placed.itemIds[index] ?? null,
          description,
          quantity: quantity.value,
          unit: quantity.unit,
          unitPrice: unitPrice.amount,
        };
      }),
    )
    .execute();
};

const isComplete = async (tx: Transaction, requisitionId: string): Promise<boolean> => {
  const missing = await tx.db
    .selectFrom('hub.requisitionLine as l')
    .select('l.lineNumber')
    .where('l.requisitionId', '=', requisitionId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('hub.purchaseOrder as o')
            .select('o.id')
            .whereRef('o.requisitionId', '=', 'l.requisitionId')
            .whereRef('o.supplierId', '=', 'l.supplierId'),
        ),
      ),
    )
    .executeTakeFirst();
  return missing === undefined;
};

const moveRequisition = async (tx: Transaction, row: RequisitionRow): Promise<void> => {
  const status = (await isComplete(tx, row.id)) ? 'ORDERED' : 'PARTIALLY_ORDERED';
  if (status === row.status) return;
  await tx.db
    .updateTable('hub.requisition')
    .set({ status, version: row.version + 1, updatedAt: new Date() })
    .where('id', '=', row.id)
    .execute();
  recordChange(
    tx,
    {
      type: 'RequisitionStatusChanged',
      documentType: 'REQUISITION',
      id: row.id,
      from: row.status,
      to: status,
      number: row.number,
      summary:
        status === 'ORDERED'
          ? `All lines of ${row.number} are ordered.`
          : `Some lines of ${row.number} are ordered.`,
      authority: 'the purchasing system holds the order',
    },
    { ...row, about: { requisitionId: row.id } },
  );
};

const settleFailures = async (tx: Transaction, requisitionId: string): Promise<void> => {
  const open = await openExceptionsOf(tx, requisitionId);
  const failures = open.filter(({ kind }) => kind === 'SYSTEM_FAILURE');
  await resolveExceptions(
    tx,
    failures.map(({ id }) => id),
    { reason: 'the order was placed after all' },
  );
};

const startNext = (tx: Transaction, orderId: string, { parts, input, next }: Given): void => {
  const partner = tradingPartnerOf(parts.systems, input.supplierId);
  if (partner !== null)
    tx.start(
      next.sendOrder,
      { purchaseOrderId: orderId, tradingPartner: partner },
      { id: `send-order:${orderId}` },
    );
  tx.start(next.reportToWard, { requisitionId: input.requisitionId });
};

/** Writes the order that the purchasing system holds, and moves its requisition on. Recording twice changes nothing. */
export const recordOrder = async (tx: Transaction, given: Given): Promise<void> => {
  const requisition = await tx.db
    .selectFrom('hub.requisition')
    .selectAll()
    .where('id', '=', given.input.requisitionId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const id = await insertOrder(tx, given, requisition);
  if (id === null) return;
  await insertLines(tx, id, given);
  const { order, placed, next } = given;
  recordChange(
    tx,
    {
      type: 'PurchaseOrderIssued',
      documentType: 'PURCHASE_ORDER',
      id,
      axis: 'DOCUMENT',
      from: null,
      to: 'ISSUED',
      number: order.number,
      summary: `Order ${order.number} over ${order.total.amount} ${order.total.currency} was placed in ${placed.system}.`,
      authority: `approval of requisition ${requisition.number}`,
    },
    { ...requisition, about: { purchaseOrderId: id, requisitionId: requisition.id } },
  );
  await moveRequisition(tx, requisition);
  await settleFailures(tx, requisition.id);
  startNext(tx, id, given);
  // Receipts and invoices may have been read before the order was written down here.
  await next.waiting.release(tx, {
    entity: 'ORDER',
    system: placed.system,
    localId: order.localId,
  });
};
