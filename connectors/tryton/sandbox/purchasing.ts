import { Decimal } from 'decimal.js';
import type { Rec } from './books.ts';
import { invoicesOf, movesOf } from './computed.ts';
import type { Store } from './store.ts';
import { userError } from './trytond-error.ts';
import { dateValue, decimalText } from './value.ts';

const purchase = 'purchase.purchase';

const linesOf = (store: Store, orderId: number): readonly Rec[] =>
  store.where('purchase.line', 'purchase', orderId).filter((line) => line['type'] === 'line');

const sum = (records: readonly Rec[]): Decimal =>
  records.reduce((total, { quantity }) => total.plus(decimalText(quantity)), new Decimal(0));

/** The next number of a document kind: Tryton counts them in a sequence of its own. */
export const nextNumber = (store: Store, model: string): string => {
  const [sequence] = store.where('ir.sequence', 'name', model);
  const next = Number(sequence?.['number_next'] ?? 1);
  if (sequence === undefined) store.create('ir.sequence', { name: model, number_next: next + 1 });
  else store.write('ir.sequence', [sequence.id], { number_next: next + 1 });
  return String(next);
};

const locationOf = (store: Store, type: string): number | null =>
  store.all('stock.location').find((location) => location['type'] === type)?.id ?? null;

const ofLine = (records: readonly Rec[], line: Rec): readonly Rec[] =>
  records.filter((record) => record['origin'] === `purchase.line,${line.id}`);

/** A movement for what has not come in and is not announced: the whole line at first, the rest after a partial receipt. */
const announce = (store: Store, order: Rec): void => {
  const moves = movesOf(store, order.id);
  const warehouse = store.get('stock.location', Number(order['warehouse']));
  for (const line of linesOf(store, order.id)) {
    const live = ofLine(moves, line).filter((move) => move['state'] !== 'cancelled');
    const missing = new Decimal(decimalText(line['quantity'])).minus(sum(live));
    if (missing.lte(0) || line['product'] === null) continue;
    store.create('stock.move', {
      origin: `purchase.line,${line.id}`,
      product: line['product'],
      uom: line['unit'],
      quantity: missing.toNumber(),
      unit_price: line['unit_price'],
      currency: order['currency'],
      company: order['company'],
      from_location: locationOf(store, 'supplier'),
      to_location: warehouse['input_location'],
      write_uid: 1,
    });
  }
};

/** What may be billed by now: all of it, or with `shipment` only what came in. */
const billable = (order: Rec, line: Rec, moves: readonly Rec[]): Decimal =>
  order['invoice_method'] === 'shipment'
    ? sum(ofLine(moves, line).filter((move) => move['state'] === 'done'))
    : new Decimal(decimalText(line['quantity']));

/** The cost centres of an order's line, for the bill's line. */
const entriesOf = (store: Store, lineId: number): readonly unknown[] => {
  const entries = store.where('analytic.account.entry', 'origin', `purchase.line,${lineId}`);
  return [['create', entries.map(({ root, account }) => ({ root, account }))]];
};

const propose = (store: Store, order: Rec): void => {
  if (order['invoice_method'] === 'manual') return;
  const moves = movesOf(store, order.id);
  const invoices = new Map(invoicesOf(store, order.id).map((each) => [each.id, each['state']]));
  const billed = linesOf(store, order.id)
    .flatMap((line) => store.where('account.invoice.line', 'origin', `purchase.line,${line.id}`))
    .filter((line) => (invoices.get(Number(line['invoice'])) ?? 'cancelled') !== 'cancelled');
  const lines = linesOf(store, order.id).flatMap((line) => {
    const missing = billable(order, line, moves).minus(sum(ofLine(billed, line)));
    // More billed than came in is proposed back, with a minus.
    if (missing.isZero()) return [];
    return {
      origin: `purchase.line,${line.id}`,
      product: line['product'],
      unit: line['unit'],
      description: line['description'],
      quantity: missing.toNumber(),
      unit_price: line['unit_price'],
      analytic_accounts: entriesOf(store, line.id),
    };
  });
  if (lines.length === 0) return;
  store.create('account.invoice', {
    type: 'in',
    company: order['company'],
    party: order['party'],
    currency: order['currency'],
    invoice_address: order['invoice_address'],
    payment_term: order['payment_term'],
    lines: [['create', lines]],
  });
};

const shipmentState = (moves: readonly Rec[]): string => {
  if (moves.length === 0) return 'none';
  if (moves.some((move) => move['state'] === 'cancelled')) return 'exception';
  return moves.every((move) => move['state'] === 'done') ? 'received' : 'waiting';
};

const invoiceState = (invoices: readonly Rec[]): string => {
  if (invoices.length === 0) return 'none';
  if (invoices.some((invoice) => invoice['state'] === 'cancelled')) return 'exception';
  return invoices.every((invoice) => invoice['state'] === 'paid') ? 'paid' : 'waiting';
};

/** Brings the order's movements, proposed bills and states up to date. A state that stays the same is not written: a partial receipt
    leaves the order's write_date as it was. */
export const processPurchase = (store: Store, id: number): void => {
  const order = store.get(purchase, id);
  if (!['confirmed', 'processing'].includes(String(order['state']))) return;
  announce(store, order);
  propose(store, order);
  const moves = movesOf(store, id);
  const next: Record<string, unknown> = {
    shipment_state: shipmentState(moves),
    invoice_state: invoiceState(invoicesOf(store, id)),
    state: 'processing',
  };
  if (next['shipment_state'] === 'received' && next['invoice_state'] === 'paid')
    next['state'] = 'done';
  const changed = Object.entries(next).filter(([name, value]) => order[name] !== value);
  if (changed.length > 0) store.write(purchase, [id], Object.fromEntries(changed));
};

/** What Tryton calls a purchase in its messages: number, then reference in brackets. */
export const purchaseName = (order: Rec): string =>
  [order['number'] ?? '', order['reference'] === null ? '' : `[${order['reference']}]`]
    .filter((part) => part !== '')
    .join(' ') || `(${order.id})`;

const checkQuotable = (order: Rec): void => {
  if (order['warehouse'] === null)
    throw userError(
      `To get a quote for the purchase "${purchaseName(order)}" of goods or assets, you must enter a warehouse.`,
    );
};

/** The buttons of a purchase. What the state does not allow is passed over in silence. */
export const purchaseButtons: Readonly<Record<string, (store: Store, id: number) => void>> = {
  quote: (store, id) => {
    const order = store.get(purchase, id);
    if (order['state'] !== 'draft') return;
    checkQuotable(order);
    const number = order['number'] ?? nextNumber(store, purchase);
    store.write(purchase, [id], { number, state: 'quotation' });
  },
  confirm: (store, id) => {
    const order = store.get(purchase, id);
    if (order['state'] !== 'quotation') return;
    store.write(purchase, [id], {
      state: 'confirmed',
      purchase_date: order['purchase_date'] ?? dateValue(store.now()),
    });
    processPurchase(store, id);
  },
  process: processPurchase,
  draft: (store, id) => {
    const { state } = store.get(purchase, id);
    if (['quotation', 'cancelled', 'confirmed'].includes(String(state)))
      store.write(purchase, [id], { state: 'draft' });
  },
  cancel: (store, id) => {
    const { state } = store.get(purchase, id);
    if (['draft', 'quotation'].includes(String(state)))
      store.write(purchase, [id], { state: 'cancelled' });
  },
};
