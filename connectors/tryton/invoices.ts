import type { Call } from '../../platform/call.ts';
import { money } from '../../platform/money.ts';
import type { Invoices, LocalInvoice, LocalInvoiceLine } from '../../subgraphs/erp/ports.ts';
import type { TrytonClient } from './client.ts';
import { changedSince, changesOf, latest, sinceOf } from './feed.ts';
import { orderLineOf, readLines } from './order-documents.ts';
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
  const ids = invoiceLines.flatMap((line) => orderLineOf(read.text(line, 'origin')) ?? []);
  const rows = await client.find(
    { model: 'purchase.line', where: [['id', 'in', ids]], fields: ['purchase'] },
    call,
  );
  const orders = await readLines(
    client,
    [...new Set(rows.map((row) => read.id(row, 'purchase')))],
    call,
  );
  return new Map(
    [...orders].flatMap(([orderId, lines]) =>
      lines.map((line, index) => [read.id(line), { orderId, lineNumber: index + 1 }] as const),
    ),
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

const toInvoice = (row: Row, lines: readonly Row[], billed: Billed): LocalInvoice => {
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

const readInvoiceLines = (client: TrytonClient, invoices: readonly Row[], call: Call) =>
  client.find(
    {
      model: 'account.invoice.line',
      where: [
        ['invoice', 'in', invoices.map((row) => read.id(row))],
        ['type', '=', 'line'],
      ],
      fields: [
        'invoice',
        'origin',
        'product.id',
        'product.code',
        'quantity',
        'unit.symbol',
        'unit_price',
        'create_date',
        'write_date',
      ],
    },
    call,
  );

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
          'party.id',
          'party.code',
          'currency.code',
          'invoice_date',
          'total_amount',
          'create_date',
          'write_date',
        ],
      },
      call,
    );
    const lines = await readInvoiceLines(client, rows, call);
    const billed = await billedLines(client, lines, call);
    const byInvoice = Map.groupBy(lines, (line) => read.id(line, 'invoice'));
    const records = rows.map((row) => toInvoice(row, byInvoice.get(read.id(row)) ?? [], billed));
    return changesOf(records, cursor);
  },
});
