import type { Call } from '../../platform/call.ts';
import { money } from '../../platform/money.ts';
import type { Invoices, LocalInvoice, LocalInvoiceLine } from '../../subgraphs/erp/ports.ts';
import type { TrytonClient } from './client.ts';
import { changedSince, changesOf, latest, sinceOf } from './feed.ts';
import { orderedLines, orderLineOf } from './order-documents.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';

const statusOf: Readonly<Record<string, LocalInvoice['status']>> = {
  draft: 'RECEIVED',
  validated: 'RECEIVED',
  posted: 'APPROVED_FOR_PAYMENT',
  paid: 'PAID',
  cancelled: 'VOIDED',
};

/** Where each billed order line stands. */
type Billed = ReadonlyMap<number, { readonly orderId: number; readonly lineNumber: number }>;

const billedLines = async (
  client: TrytonClient,
  invoiceLines: readonly Row[],
  call: Call,
): Promise<Billed> => {
  const ids = [
    ...new Set(invoiceLines.flatMap((line) => orderLineOf(read.text(line, 'origin')) ?? [])),
  ];
  if (ids.length === 0) return new Map();
  const rows = await client.find(
    {
      model: 'purchase.line',
      where: [['id', 'in', ids]],
      fields: ['purchase.lines.type', 'purchase.lines.sequence'],
    },
    call,
  );
  return new Map(
    rows.map((row) => {
      const lines = orderedLines(read.children(row, 'purchase.lines'));
      const lineNumber = lines.findIndex((line) => read.id(line) === read.id(row)) + 1;
      return [read.id(row), { orderId: read.id(row, 'purchase.id'), lineNumber }];
    }),
  );
};

const toLine = (row: Row, index: number, context: { billed: Billed; currency: string }) => {
  const billed = context.billed.get(orderLineOf(read.text(row, 'origin')) ?? -1);
  const line: LocalInvoiceLine = {
    lineNumber: index + 1,
    orderLineNumber: billed?.lineNumber ?? null,
    itemLocalId: read.code(row, 'product.'),
    quantity: {
      value: read.decimal(row, 'quantity'),
      unit: unitCode(read.text(row, 'unit.symbol') ?? 'u'),
    },
    unitPrice: money(read.decimal(row, 'unit_price'), context.currency),
  };
  return line;
};

const billLines = (row: Row): readonly Row[] => orderedLines(read.children(row, 'lines'));

const toInvoice = (row: Row, billed: Billed): LocalInvoice => {
  const lines = billLines(row);
  const currency = read.words(row, 'currency.code');
  const state = read.words(row, 'state');
  const status = statusOf[state];
  if (status === undefined)
    throw new Error(`Tryton's invoice has a state that is new to us: ${state}`);
  const order = lines
    .map((line) => billed.get(orderLineOf(read.text(line, 'origin')) ?? -1)?.orderId)
    .find((id) => id !== undefined);
  return {
    localId: String(read.id(row)),
    number: read.text(row, 'reference') ?? read.text(row, 'number') ?? `#${read.id(row)}`,
    supplierLocalId: read.code(row, 'party.') ?? '',
    orderLocalId: order === undefined ? null : String(order),
    status,
    invoiceDate: read.date(row, 'invoice_date') ?? read.changedAt(row).slice(0, 10),
    total: money(read.decimal(row, 'total_amount'), currency),
    lines: lines.map((line, index) => toLine(line, index, { billed, currency })),
    changedAt: latest(read.changedAt(row), ...lines.map(read.changedAt)),
  };
};

/** Suppliers' bills. A draft without the supplier's number is Tryton's own proposal, made when goods came in: nobody billed us yet. */
export const trytonInvoices = (client: TrytonClient): Invoices => ({
  changedSince: async (cursor, call) => {
    const rows = await client.find(
      {
        model: 'account.invoice',
        where: [
          ['type', '=', 'in'],
          ['OR', ['state', 'not in', ['draft', 'cancelled']], ['reference', 'like', '_%']],
          ...changedSince(sinceOf(cursor), ['lines']),
        ],
        fields: [
          'number',
          'reference',
          'state',
          'party.code',
          'currency.code',
          'invoice_date',
          'total_amount',
          'create_date',
          'write_date',
          'lines.type',
          'lines.sequence',
          'lines.origin',
          'lines.product.code',
          'lines.quantity',
          'lines.unit.symbol',
          'lines.unit_price',
          'lines.create_date',
          'lines.write_date',
        ],
      },
      call,
    );
    const billed = await billedLines(client, rows.flatMap(billLines), call);
    const records = rows.map((row) => toInvoice(row, billed));
    return changesOf(records, cursor);
  },
});
