import type { Transaction, Workflow } from '../platform/durable.ts';
import type { LocalInvoice } from '../subgraphs/erp/ports.ts';
import { canonicalIds } from './crosswalk.ts';
import { knownItems } from './known-items.ts';
import { raiseException } from './raise-exception.ts';
import { recordChange } from './record-change.ts';
import type { ReportInput } from './report-to-ward.ts';
import { rollOrder } from './roll-order.ts';
import { stableId } from './stable-id.ts';
import type { WaitingDocuments } from './waiting-documents.ts';

interface Context {
  readonly waiting: WaitingDocuments;
  readonly reportToWard: Workflow<ReportInput>;
  readonly runbookBase: string;
}

interface Told {
  readonly system: string;
  readonly invoice: LocalInvoice;
}

interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly correlationId: string;
  readonly facilityId: string;
  readonly departmentId: string | null;
  readonly requisitionId: string | null;
}

const orderOf = async (tx: Transaction, { system, invoice }: Told): Promise<OrderRow | null> => {
  if (invoice.orderLocalId === null) return null;
  const row = await tx.db
    .selectFrom('hub.purchaseOrder')
    .select(['id', 'number', 'correlationId', 'facilityId', 'departmentId', 'requisitionId'])
    .where('system', '=', system)
    .where('localId', '=', invoice.orderLocalId)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
};

const keep = (
  tx: Transaction,
  { system, invoice }: Told,
  { context, entity, localId }: { context: Context; entity: 'ORDER' | 'SUPPLIER'; localId: string },
): Promise<void> =>
  context.waiting.keep(
    tx,
    { system, kind: 'Invoice', localId: invoice.localId, content: invoice },
    { waitsFor: { entity, system, localId } },
  );

/** The supplier behind the invoice; null after it was put before a steward. */
const supplierOf = async (
  tx: Transaction,
  told: Told,
  context: Context,
): Promise<string | null> => {
  const { system, invoice } = told;
  const localId = invoice.supplierLocalId;
  const ids = await canonicalIds(tx.db, { entity: 'SUPPLIER', system }, [localId]);
  const row = await tx.db
    .selectFrom('hub.supplier')
    .select('id')
    .where('id', '=', ids.get(localId) ?? '')
    .executeTakeFirst();
  if (row !== undefined) return row.id;
  await keep(tx, told, { context, entity: 'SUPPLIER', localId });
  await raiseException(
    tx,
    {
      kind: 'MISSING_MAPPING',
      message: `Invoice ${invoice.number} is from supplier ${localId} of ${system}, whom nobody has mapped. Approve a mapping; the invoice then goes on by itself.`,
      subjectType: 'INVOICE',
      subjectId: stableId('invoice', system, invoice.localId),
      missing: { entity: 'SUPPLIER', system, localId },
    },
    {
      runbookBase: context.runbookBase,
      belonging: { correlationId: null, facilityId: null, departmentId: null },
    },
  );
  return null;
};

const writeLines = async (tx: Transaction, id: string, { system, invoice }: Told) => {
  const codes = invoice.lines.flatMap(({ itemLocalId }) => itemLocalId ?? []);
  const items = await canonicalIds(tx.db, { entity: 'ITEM', system }, codes);
  const known = await knownItems(tx, [...items.values()]);
  await tx.db.deleteFrom('hub.invoiceLine').where('invoiceId', '=', id).execute();
  if (invoice.lines.length === 0) return;
  await tx.db
    .insertInto('hub.invoiceLine')
    .values(
      invoice.lines.map((line) => {
        const itemId = items.get(line.itemLocalId ?? '') ?? '';
        return {
          invoiceId: id,
          lineNumber: line.lineNumber,
          orderLineNumber: line.orderLineNumber,
          itemId: known.has(itemId) ? itemId : null,
          quantity: line.quantity.value,
          unit: line.quantity.unit,
          unitPrice: line.unitPrice.amount,
        };
      }),
    )
    .execute();
};

const writeInvoice = async (
  tx: Transaction,
  { system, invoice }: Told,
  known: { id: string; supplierId: string; order: OrderRow | null },
): Promise<void> => {
  const row = {
    number: invoice.number,
    status: invoice.status,
    supplierId: known.supplierId,
    purchaseOrderId: known.order?.id ?? null,
    facilityId: known.order?.facilityId ?? null,
    correlationId: known.order?.correlationId ?? null,
    invoiceDate: invoice.invoiceDate,
    currency: invoice.total.currency,
    total: invoice.total.amount,
    source: system,
    asOf: invoice.changedAt,
  };
  await tx.db
    .insertInto('hub.invoice')
    .values({ id: known.id, system, localId: invoice.localId, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await writeLines(tx, known.id, { system, invoice });
};

const tell = (
  tx: Transaction,
  { system, invoice }: Told,
  change: { id: string; from: string | null; order: OrderRow | null },
): void => {
  const { id, from, order } = change;
  const amount = `${invoice.total.amount} ${invoice.total.currency}`;
  recordChange(
    tx,
    {
      type: from === null ? 'InvoiceReceived' : 'InvoiceStatusChanged',
      documentType: 'INVOICE',
      id,
      from,
      to: invoice.status,
      number: invoice.number,
      summary:
        from === null
          ? `Invoice ${invoice.number} over ${amount} was entered.`
          : `Invoice ${invoice.number} over ${amount} is ${invoice.status}.`,
      authority: `entered in ${system}`,
    },
    {
      correlationId: order?.correlationId ?? null,
      facilityId: order?.facilityId ?? null,
      departmentId: order?.departmentId ?? null,
      about: {
        invoiceId: id,
        purchaseOrderId: order?.id ?? null,
        requisitionId: order?.requisitionId ?? null,
      },
    },
  );
};

/** Takes one invoice of a finance system in: row, lines, the order's invoice axis. Taking it twice, or an older version of it, changes nothing. */
export const takeInvoice = async (tx: Transaction, told: Told, context: Context): Promise<void> => {
  const { system, invoice } = told;
  const id = stableId('invoice', system, invoice.localId);
  const order = await orderOf(tx, told);
  const before = await tx.db
    .selectFrom('hub.invoice')
    .select(['status', 'asOf', 'purchaseOrderId'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (before !== undefined && before.asOf > new Date(invoice.changedAt)) return;
  const isSame =
    before?.status === invoice.status && before.purchaseOrderId === (order?.id ?? null);
  if (isSame) return;
  const supplierId = await supplierOf(tx, told, context);
  if (supplierId === null) return;
  await writeInvoice(tx, told, { id, supplierId, order });
  if (before?.status !== invoice.status)
    tell(tx, told, { id, from: before?.status ?? null, order });
  if (order !== null) await rollOrder(tx, order.id, context.reportToWard);
  // An order that the hub has not written down yet will take its invoice with it.
  else if (invoice.orderLocalId !== null)
    await keep(tx, told, { context, entity: 'ORDER', localId: invoice.orderLocalId });
};
