import type { Transaction } from '../platform/durable.ts';
import type { OrderAcknowledgement } from '../subgraphs/procurement/ports.ts';
import {
  type AnswerVerdict,
  acknowledgedDocument,
} from '../subgraphs/procurement/rules/acknowledged-document.ts';
import { raiseException } from './raise-exception.ts';
import { recordChange } from './record-change.ts';
import type { Arrival } from './supplier-document.ts';

/** A document that is past these states is not moved by an answer of the supplier. */
const answerable = ['ISSUED', 'ACKNOWLEDGED', 'ACKNOWLEDGED_WITH_CHANGES', 'REJECTED'];

const writeLines = async (
  tx: Transaction,
  document: OrderAcknowledgement,
  orderId: string,
): Promise<void> => {
  for (const line of document.lines)
    await tx.db
      .updateTable('hub.purchaseOrderLine')
      .set({
        acknowledgementCode: line.code,
        acknowledgementStatus: line.status,
        acknowledgedQuantity: line.quantity?.value ?? null,
        promisedDate: line.promisedDate,
      })
      .where('purchaseOrderId', '=', orderId)
      .where('lineNumber', '=', line.lineNumber)
      .execute();
};

const rollUp = async (
  tx: Transaction,
  orderId: string,
): Promise<AnswerVerdict & { readonly promisedDate: string | null }> => {
  const lines = await tx.db
    .selectFrom('hub.purchaseOrderLine')
    .selectAll()
    .where('purchaseOrderId', '=', orderId)
    .orderBy('lineNumber')
    .execute();
  const verdict = acknowledgedDocument(
    lines.map((line) => ({
      lineNumber: line.lineNumber,
      ordered: line.quantity,
      code: line.acknowledgementCode,
      status: line.acknowledgementStatus,
      quantity: line.acknowledgedQuantity,
    })),
  );
  // The order is complete when its last line is.
  const days = lines.flatMap(({ promisedDate }) => promisedDate ?? []);
  return { ...verdict, promisedDate: days.toSorted().at(-1) ?? null };
};

const belongingOf = ({ order }: Arrival) => ({
  ...order,
  about: { purchaseOrderId: order.id, requisitionId: order.requisitionId },
});

const move = async (
  tx: Transaction,
  document: OrderAcknowledgement,
  arrival: Arrival,
): Promise<AnswerVerdict> => {
  const { order } = arrival;
  const verdict = await rollUp(tx, order.id);
  const to = answerable.includes(order.documentStatus) ? verdict.document : order.documentStatus;
  await tx.db
    .updateTable('hub.purchaseOrder')
    .set({
      documentStatus: to,
      acknowledgedAt: document.acknowledgedAt,
      promisedDate: verdict.promisedDate,
      version: order.version + 1,
      updatedAt: new Date(),
    })
    .where('id', '=', order.id)
    .execute();
  recordChange(
    tx,
    {
      type: 'PurchaseOrderAcknowledged',
      documentType: 'PURCHASE_ORDER',
      id: order.id,
      axis: 'DOCUMENT',
      from: order.documentStatus,
      to,
      number: order.number,
      summary:
        verdict.concerns.length === 0
          ? `The supplier accepted order ${order.number}.`
          : `The supplier answered about order ${order.number}: ${verdict.concerns.join(' ')}`,
      authority: `supplier document ${document.controlNumber} by ${arrival.partner}`,
    },
    belongingOf(arrival),
  );
  return verdict;
};

/** Takes a supplier's answer about an order (X12 855). An answer older than one that was taken changes nothing. */
export const takeAcknowledgement = async (
  tx: Transaction,
  document: OrderAcknowledgement,
  arrival: Arrival,
): Promise<void> => {
  const { order } = arrival;
  if (order.acknowledgedAt !== null && order.acknowledgedAt > new Date(document.acknowledgedAt))
    return;
  await writeLines(tx, document, order.id);
  const { concerns } = await move(tx, document, arrival);
  if (concerns.length > 0)
    await raiseException(
      tx,
      {
        kind: 'SUPPLIER_RESPONSE',
        message: `Order ${order.number}: ${concerns.join(' ')}`,
        subjectType: 'PURCHASE_ORDER',
        subjectId: order.id,
        rawDocumentId: arrival.rawDocumentId,
      },
      { runbookBase: arrival.runbookBase, belonging: belongingOf(arrival) },
    );
  if (order.requisitionId !== null)
    tx.start(
      arrival.reportToWard,
      { requisitionId: order.requisitionId },
      { correlationId: order.correlationId },
    );
};
