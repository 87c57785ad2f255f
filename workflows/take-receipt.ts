import { Decimal } from 'decimal.js';
import type { Transaction, Workflow } from '../platform/durable.ts';
import type { LocalReceipt } from '../subgraphs/procurement/ports.ts';
import { canonicalIds } from './crosswalk.ts';
import { knownItems } from './known-items.ts';
import { recordChange } from './record-change.ts';
import type { ReportInput } from './report-to-ward.ts';
import { rollOrder } from './roll-order.ts';
import { stableId } from './stable-id.ts';
import type { WaitingDocuments } from './waiting-documents.ts';

interface Context {
  readonly waiting: WaitingDocuments;
  readonly reportToWard: Workflow<ReportInput>;
}

interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly correlationId: string;
  readonly facilityId: string;
  readonly departmentId: string | null;
  readonly requisitionId: string | null;
}

const orderOf = (tx: Transaction, system: string, localId: string): Promise<OrderRow | undefined> =>
  tx.db
    .selectFrom('hub.purchaseOrder')
    .select(['id', 'number', 'correlationId', 'facilityId', 'departmentId', 'requisitionId'])
    .where('system', '=', system)
    .where('localId', '=', localId)
    .forUpdate()
    .executeTakeFirst();

/** The same receipt with the same lines was taken before. */
const isKnown = async (tx: Transaction, id: string, receipt: LocalReceipt): Promise<boolean> => {
  const row = await tx.db
    .selectFrom('hub.receipt')
    .select('asOf')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return false;
  // An older version of a receipt that came late changes nothing either.
  if (row.asOf > new Date(receipt.changedAt)) return true;
  const lines = await tx.db
    .selectFrom('hub.receiptLine')
    .select(['orderLineNumber', 'quantity'])
    .where('receiptId', '=', id)
    .execute();
  const told = summed(receipt);
  return (
    lines.length === told.size &&
    lines.every(({ orderLineNumber, quantity }) =>
      new Decimal(quantity).equals(told.get(orderLineNumber)?.quantity.value ?? Number.NaN),
    )
  );
};

type ReceiptLine = LocalReceipt['lines'][number];

/** One line per order line: a document may book the same order line twice. */
const summed = (receipt: LocalReceipt): ReadonlyMap<number, ReceiptLine> => {
  const lines = new Map<number, ReceiptLine>();
  for (const line of receipt.lines) {
    const before = lines.get(line.orderLineNumber);
    const value = new Decimal(before?.quantity.value ?? 0).plus(line.quantity.value).toFixed();
    lines.set(line.orderLineNumber, { ...line, quantity: { ...line.quantity, value } });
  }
  return lines;
};

const writeLines = async (
  tx: Transaction,
  id: string,
  { system, receipt }: { system: string; receipt: LocalReceipt },
): Promise<void> => {
  const lines = [...summed(receipt).values()];
  const codes = lines.flatMap(({ itemLocalId }) => itemLocalId ?? []);
  const items = await canonicalIds(tx.db, { entity: 'ITEM', system }, codes);
  const known = await knownItems(tx, [...items.values()]);
  await tx.db.deleteFrom('hub.receiptLine').where('receiptId', '=', id).execute();
  if (lines.length === 0) return;
  await tx.db
    .insertInto('hub.receiptLine')
    .values(
      lines.map((line) => {
        const itemId = items.get(line.itemLocalId ?? '') ?? '';
        return {
          receiptId: id,
          orderLineNumber: line.orderLineNumber,
          itemId: known.has(itemId) ? itemId : null,
          quantity: line.quantity.value,
          unit: line.quantity.unit,
        };
      }),
    )
    .execute();
};

/** Takes one receipt of a purchasing system in: row, lines, the order's receipt axis, its requisition. Taking it twice changes nothing. */
export const takeReceipt = async (
  tx: Transaction,
  { system, receipt }: { readonly system: string; readonly receipt: LocalReceipt },
  context: Context,
): Promise<void> => {
  const order = await orderOf(tx, system, receipt.orderLocalId);
  if (order === undefined)
    return await context.waiting.keep(
      tx,
      { system, kind: 'Receipt', localId: receipt.localId, content: receipt },
      { waitsFor: { entity: 'ORDER', system, localId: receipt.orderLocalId } },
    );
  const id = stableId('receipt', system, receipt.localId);
  if (await isKnown(tx, id, receipt)) return;
  const row = {
    number: receipt.number,
    purchaseOrderId: order.id,
    receivedAt: receipt.receivedAt,
    receivedBy: receipt.receivedBy,
    source: system,
    asOf: receipt.changedAt,
  };
  await tx.db
    .insertInto('hub.receipt')
    .values({ id, system, localId: receipt.localId, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await writeLines(tx, id, { system, receipt });
  recordChange(
    tx,
    {
      type: 'GoodsReceived',
      documentType: 'RECEIPT',
      id,
      from: null,
      to: 'RECEIVED',
      number: receipt.number,
      summary: `Goods of order ${order.number} were booked in as receipt ${receipt.number}.`,
      authority: `booked in ${system}`,
      occurredAt: receipt.receivedAt,
    },
    {
      ...order,
      about: { receiptId: id, purchaseOrderId: order.id, requisitionId: order.requisitionId },
    },
  );
  await rollOrder(tx, order.id, context.reportToWard);
};
