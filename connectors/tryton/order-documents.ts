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

/** An order as the hub sees it, and where it stands in Tryton's own words. */
export interface HeldOrder {
  readonly id: number;
  readonly state: string;
  readonly order: LocalOrder;
}

const stamps = (path: string): readonly string[] => [`${path}create_date`, `${path}write_date`];

/** The order with all that hangs on it, in one question. */
const orderFields = [
  'number',
  'reference',
  'state',
  'party.code',
  'currency.code',
  'untaxed_amount',
  ...stamps(''),
  'lines.type',
  'lines.sequence',
  'lines.product.code',
  'lines.description',
  'lines.quantity',
  'lines.unit.symbol',
  'lines.unit_price',
  ...stamps('lines.'),
  'lines.moves.state',
  'lines.moves.quantity',
  'lines.moves.from_location.type',
  ...stamps('lines.moves.'),
  'lines.invoice_lines.quantity',
  'lines.invoice_lines.invoice.state',
  ...stamps('lines.invoice_lines.'),
  ...stamps('lines.invoice_lines.invoice.'),
];

/** The order line's id in an origin such as `purchase.line,7`; null for an origin of another kind. */
export const orderLineOf = (origin: string | null): number | null => {
  const id = /^purchase\.line,(\d+)$/.exec(origin ?? '')?.[1];
  return id === undefined ? null : Number(id);
};

/** Lines of goods in the order of the document; the position, from 1, is our line number. */
export const orderedLines = (lines: readonly Row[]): readonly Row[] =>
  lines
    .filter((line) => read.text(line, 'type') === 'line')
    .toSorted(
      (a, b) =>
        (read.link(a, 'sequence') ?? 0) - (read.link(b, 'sequence') ?? 0) ||
        read.id(a) - read.id(b),
    );

/** Goods that came in are positive, goods sent back negative. */
export const movedQuantity = (move: Row): Decimal => {
  const quantity = new Decimal(read.decimal(move, 'quantity'));
  return read.text(move, 'from_location.type') === 'supplier' ? quantity : quantity.negated();
};

/** A draft is Tryton's own proposal, made when goods come in; a bill counts from when somebody entered it. */
const isEntered = (invoiceLine: Row): boolean =>
  ['validated', 'posted', 'paid'].includes(read.text(invoiceLine, 'invoice.state') ?? '');

const doneMoves = (line: Row): readonly Row[] =>
  read.children(line, 'moves').filter((move) => read.text(move, 'state') === 'done');

const enteredLines = (line: Row): readonly Row[] =>
  read.children(line, 'invoice_lines').filter(isEntered);

const sum = (values: readonly Decimal[]): string =>
  values.reduce((total, value) => total.plus(value), new Decimal(0)).toFixed();

const toLine = (row: Row, lineNumber: number, currency: string): LocalOrderLine => {
  const unit = unitCode(read.text(row, 'unit.symbol') ?? 'u');
  return {
    lineNumber,
    localId: String(read.id(row)),
    itemLocalId: read.code(row, 'product.'),
    description: read.text(row, 'description') ?? '',
    quantity: { value: read.decimal(row, 'quantity'), unit },
    unitPrice: money(read.decimal(row, 'unit_price'), currency),
    receivedQuantity: { value: sum(doneMoves(row).map(movedQuantity)), unit },
    invoicedQuantity: {
      value: sum(enteredLines(row).map((each) => new Decimal(read.decimal(each, 'quantity')))),
      unit,
    },
  };
};

/** When the order, a line, a movement of goods or a bill of it last changed. */
const orderChangedAt = (order: Row, lines: readonly Row[]): string => {
  const own = [order, ...lines.flatMap((line) => [line, ...doneMoves(line)])];
  const billed = lines.flatMap(enteredLines);
  const bills = billed.map((line) => read.instant(line, 'invoice.write_date') ?? '');
  return latest(...[...own, ...billed].map(read.changedAt), ...bills);
};

const toOrder = (row: Row): LocalOrder => {
  const currency = read.words(row, 'currency.code');
  const lines = orderedLines(read.children(row, 'lines'));
  const state = read.words(row, 'state');
  const status = statusOf[state];
  if (status === undefined)
    throw new Error(`Tryton's order has a state that is new to us: ${state}`);
  return {
    localId: String(read.id(row)),
    // A draft has no number yet.
    number: read.text(row, 'number') ?? `#${read.id(row)}`,
    reference: read.text(row, 'reference'),
    supplierLocalId: read.code(row, 'party.') ?? '',
    status,
    currency,
    total: money(read.decimal(row, 'untaxed_amount'), currency),
    lines: lines.map((line, index) => toLine(line, index + 1, currency)),
    changedAt: orderChangedAt(row, lines),
  };
};

/** The orders that match, each with its lines and what was received and billed; one call, whatever their number. */
export const readOrders = async (
  client: TrytonClient,
  where: Domain,
  call: Call,
): Promise<readonly HeldOrder[]> => {
  const rows = await client.find({ model: 'purchase.purchase', where, fields: orderFields }, call);
  return rows.map((row) => ({
    id: read.id(row),
    state: read.words(row, 'state'),
    order: toOrder(row),
  }));
};
