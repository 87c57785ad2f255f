import { Decimal } from 'decimal.js';
import type { Rec } from './books.ts';
import { nextNumber, processPurchase } from './purchasing.ts';
import type { Store } from './store.ts';
import { userError } from './trytond-error.ts';
import { dateValue, decimalText, decimalValue } from './value.ts';

type Button = (store: Store, id: number) => void;

/** Orders that movements or bill lines come from. */
const ordersBehind = (store: Store, records: readonly Rec[]): ReadonlySet<number> => {
  const orders = records.map((record) => {
    const line = /^purchase\.line,(\d+)$/.exec(String(record['origin']))?.[1];
    return line === undefined ? null : store.get('purchase.line', Number(line))['purchase'];
  });
  return new Set(orders.filter((id) => typeof id === 'number'));
};

const processAll = (store: Store, records: readonly Rec[]): void => {
  for (const id of ordersBehind(store, records)) processPurchase(store, id);
};

const doMoves = (store: Store, moves: readonly Rec[]): void => {
  const open = moves.filter((move) => ['draft', 'assigned'].includes(String(move['state'])));
  const ids = open.map(({ id }) => id);
  store.write('stock.move', ids, { state: 'done', effective_date: dateValue(store.now()) });
};

const held = (store: Store, model: string, id: number): readonly Rec[] =>
  store.where('stock.move', 'shipment', `${model},${id}`);

/** Tryton carries goods on from the receiving zone to the shelves with movements of its own, without an origin. */
const shelve = (store: Store, shipment: Rec): void => {
  const warehouse = store.get('stock.location', Number(shipment['warehouse']));
  for (const move of held(store, 'stock.shipment.in', shipment.id))
    store.create('stock.move', {
      product: move['product'],
      uom: move['uom'],
      quantity: move['quantity'],
      company: move['company'],
      shipment: move['shipment'],
      from_location: warehouse['input_location'],
      to_location: warehouse['storage_location'],
      write_uid: 1,
    });
};

const shipmentIn = 'stock.shipment.in';

/** The buttons of a supplier's shipment. */
export const shipmentButtons: Readonly<Record<string, Button>> = {
  receive: (store, id) => {
    const shipment = store.get(shipmentIn, id);
    if (shipment['state'] !== 'draft') return;
    const moves = held(store, shipmentIn, id);
    doMoves(store, moves);
    shelve(store, shipment);
    store.write(shipmentIn, [id], {
      state: 'received',
      effective_date: dateValue(store.now()),
      number: shipment['number'] ?? nextNumber(store, shipmentIn),
    });
    processAll(store, moves);
  },
  done: (store, id) => {
    if (store.get(shipmentIn, id)['state'] !== 'received') return;
    doMoves(store, held(store, shipmentIn, id));
    store.write(shipmentIn, [id], { state: 'done' });
  },
  cancel: (store, id) => {
    if (store.get(shipmentIn, id)['state'] === 'draft')
      store.write(shipmentIn, [id], { state: 'cancelled' });
  },
};

/** The buttons of a lone movement. */
export const moveButtons: Readonly<Record<string, Button>> = {
  do: (store, id) => {
    const move = store.get('stock.move', id);
    doMoves(store, [move]);
    processAll(store, [move]);
  },
  cancel: (store, id) => {
    const move = store.get('stock.move', id);
    if (move['state'] === 'done') return;
    store.write('stock.move', [id], { state: 'cancelled' });
    processAll(store, [move]);
  },
};

/** Each line's amount goes to the cost centres that the line carries. */
const postAnalytic = (store: Store, invoice: Rec, lines: readonly Rec[]): void => {
  for (const line of lines) {
    const amount = new Decimal(decimalText(line['quantity']))
      .times(decimalText(line['unit_price']))
      .toFixed(2);
    const entries = store.where(
      'analytic.account.entry',
      'origin',
      `account.invoice.line,${line.id}`,
    );
    for (const { account } of entries)
      store.create('analytic_account.line', {
        account,
        debit: decimalValue(amount),
        credit: decimalValue('0'),
        date: invoice['invoice_date'],
      });
  }
};

const billLines = (store: Store, id: number): readonly Rec[] =>
  store.where('account.invoice.line', 'invoice', id);

/** The buttons of a bill. */
export const invoiceButtons: Readonly<Record<string, Button>> = {
  validate_invoice: (store, id) => {
    if (store.get('account.invoice', id)['state'] === 'draft')
      store.write('account.invoice', [id], { state: 'validated' });
  },
  post: (store, id) => {
    const invoice = store.get('account.invoice', id);
    if (!['draft', 'validated'].includes(String(invoice['state']))) return;
    if (invoice['invoice_date'] === null)
      throw userError(
        `A value is required for field "Invoice Date" in "${invoice.id}" of "Invoice".`,
      );
    const lines = billLines(store, id);
    postAnalytic(store, invoice, lines);
    store.write('account.invoice', [id], {
      state: 'posted',
      number: invoice['number'] ?? nextNumber(store, 'account.invoice'),
    });
    processAll(store, lines);
  },
  cancel: (store, id) => {
    const { state } = store.get('account.invoice', id);
    if (['draft', 'validated'].includes(String(state)))
      store.write('account.invoice', [id], { state: 'cancelled' });
  },
};
