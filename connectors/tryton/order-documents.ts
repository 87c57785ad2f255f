import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import { money } from '../../platform/money.ts';
import type { LocalOrder, LocalOrderLine } from '../../subgraphs/procurement/ports.ts';
import type { Domain, TrytonClient } from './client.ts';
import { latest } from './feed.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';

const statusOf: Readonly<Record<string, LocalOrder['status']>> = {
  draft: 'DRAFT',
  quotation: 'DRAFT',
  confirmed: 'APPROVED',
  processing: 'ISSUED',
  done: 'CLOSED',
  cancelled: 'CANCELLED',
};

/** Orders with all that hangs on them. */
interface Documents {
  readonly orders: readonly Row[];
  readonly lines: ReadonlyMap<number, readonly Row[]>;
  /** By the order line's id. */
  readonly moves: ReadonlyMap<number, readonly Row[]>;
  readonly invoiceLines: ReadonlyMap<number, readonly Row[]>;
}

/** The order line's id in an origin such as `purchase.line,7`; null for an origin of another kind. */
export const orderLineOf = (origin: string | null): number | null => {
  const id = /^purchase\.line,(\d+)$/.exec(origin ?? '')?.[1];
  return id === undefined ? null : Number(id);
};

const byOrigin = (rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> =>
  Map.groupBy(rows, (row) => orderLineOf(read.text(row, 'origin')) ?? -1);

/** Lines of goods in the order of the document, by their order's id. The position counts from 1: our line number. */
export const readLines = async (
  client: TrytonClient,
  orderIds: readonly number[],
  call: Call,
): Promise<ReadonlyMap<number, readonly Row[]>> => {
  const rows = await client.find(
    {
      model: 'purchase.line',
      where: [
        ['purchase', 'in', orderIds],
        ['type', '=', 'line'],
      ],
      fields: [
        'purchase',
        'sequence',
        'product.id',
        'product.code',
        'description',
        'quantity',
        'unit.symbol',
        'unit_price',
        'create_date',
        'write_date',
      ],
    },
    call,
  );
  const byPosition = (a: Row, b: Row): number =>
    (read.link(a, 'sequence') ?? 0) - (read.link(b, 'sequence') ?? 0) || read.id(a) - read.id(b);
  const lines = Map.groupBy(rows, (row) => read.id(row, 'purchase'));
  return new Map([...lines].map(([order, own]) => [order, own.toSorted(byPosition)]));
};

/** `where` over the origins of the lines; nothing to ask when there are none. */
const withOrigin = (lines: ReadonlyMap<number, readonly Row[]>): Domain => [
  ['origin', 'in', [...lines.values()].flat().map((line) => `purchase.line,${read.id(line)}`)],
];

const readDocuments = async (
  client: TrytonClient,
  where: Domain,
  call: Call,
): Promise<Documents> => {
  const stamps = ['create_date', 'write_date'];
  const orders = await client.find(
    {
      model: 'purchase.purchase',
      where,
      fields: [
        'number',
        'reference',
        'state',
        'party.id',
        'party.code',
        'currency.code',
        'untaxed_amount',
        ...stamps,
      ],
    },
    call,
  );
  const lines = await readLines(
    client,
    orders.map((order) => read.id(order)),
    call,
  );
  const [moves, invoiceLines] = await Promise.all([
    client.find(
      {
        model: 'stock.move',
        where: [...withOrigin(lines), ['state', '=', 'done']],
        fields: ['origin', 'quantity', 'from_location.type', ...stamps],
      },
      call,
    ),
    client.find(
      {
        model: 'account.invoice.line',
        // A draft is Tryton's own proposal, made when goods come in; a bill counts from when somebody entered it.
        where: [...withOrigin(lines), ['invoice.state', 'in', ['validated', 'posted', 'paid']]],
        fields: ['origin', 'quantity', 'invoice.create_date', 'invoice.write_date', ...stamps],
      },
      call,
    ),
  ]);
  return { orders, lines, moves: byOrigin(moves), invoiceLines: byOrigin(invoiceLines) };
};

/** Goods that came in are positive, goods sent back negative. */
export const movedQuantity = (move: Row): Decimal => {
  const quantity = new Decimal(read.decimal(move, 'quantity'));
  return read.text(move, 'from_location.type') === 'supplier' ? quantity : quantity.negated();
};

const sum = (values: readonly Decimal[]): string =>
  values.reduce((total, value) => total.plus(value), new Decimal(0)).toFixed();

const toLine = (row: Row, lineNumber: number, context: Documents & { currency: string }) => {
  const id = read.id(row);
  const unit = unitCode(read.text(row, 'unit.symbol') ?? 'u');
  const moves = context.moves.get(id) ?? [];
  const invoiced = context.invoiceLines.get(id) ?? [];
  const line: LocalOrderLine = {
    lineNumber,
    localId: String(id),
    itemLocalId: read.code(row, 'product.'),
    description: read.text(row, 'description') ?? '',
    quantity: { value: read.decimal(row, 'quantity'), unit },
    unitPrice: money(read.decimal(row, 'unit_price'), context.currency),
    receivedQuantity: { value: sum(moves.map(movedQuantity)), unit },
    invoicedQuantity: {
      value: sum(invoiced.map((each) => new Decimal(read.decimal(each, 'quantity')))),
      unit,
    },
  };
  return line;
};

/** When the order, a line, a movement of goods or a bill of it last changed. */
const orderChangedAt = (order: Row, documents: Documents): string => {
  const lines = documents.lines.get(read.id(order)) ?? [];
  const hanging = lines.flatMap((line) => [
    line,
    ...(documents.moves.get(read.id(line)) ?? []),
    ...(documents.invoiceLines.get(read.id(line)) ?? []),
  ]);
  const bills = hanging.flatMap((row) =>
    'invoice.' in row ? [read.instant(row, 'invoice.write_date') ?? ''] : [],
  );
  return latest(...[order, ...hanging].map(read.changedAt), ...bills);
};

const toOrder = (order: Row, documents: Documents): LocalOrder => {
  const currency = read.words(order, 'currency.code');
  const lines = documents.lines.get(read.id(order)) ?? [];
  const state = read.words(order, 'state');
  const status = statusOf[state];
  if (status === undefined)
    throw new Error(`Tryton's order has a state that is new to us: ${state}`);
  return {
    localId: String(read.id(order)),
    // A draft has no number yet.
    number: read.text(order, 'number') ?? `#${read.id(order)}`,
    reference: read.text(order, 'reference'),
    supplierLocalId: read.code(order, 'party.') ?? '',
    status,
    currency,
    total: money(read.decimal(order, 'untaxed_amount'), currency),
    lines: lines.map((line, index) => toLine(line, index + 1, { ...documents, currency })),
    changedAt: orderChangedAt(order, documents),
  };
};

/** The orders that match, each with its lines and what was received and billed; four calls, whatever their number. */
export const readOrders = async (
  client: TrytonClient,
  where: Domain,
  call: Call,
): Promise<readonly LocalOrder[]> => {
  const documents = await readDocuments(client, where, call);
  return documents.orders.map((order) => toOrder(order, documents));
};
