import { Decimal } from 'decimal.js';
import type { Rec } from './books.ts';
import { invoicesOf, movesOf } from './computed.ts';
import { runMethod } from './service.ts';
import type { Store } from './store.ts';
import { dateValue, decimalText, decimalValue } from './value.ts';

/** One order in the system's own books. */
export interface LedgerOrder {
  readonly number: string;
  readonly reference: string | null;
  readonly supplier: string;
  readonly state: string;
  readonly createdAt: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly itemId: string;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

/** A supplier's bill as somebody types it in. */
export interface Bill {
  /** The number that the supplier printed on it. */
  readonly number: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

const linesOf = (store: Store, orderId: number): readonly Rec[] =>
  store
    .where('purchase.line', 'purchase', orderId)
    .toSorted((a, b) => Number(a['sequence']) - Number(b['sequence']) || a.id - b.id);

const iso = (value: unknown): string => {
  const at = value as Record<string, number>;
  const part = (name: string): number => at[name] ?? 0;
  return new Date(
    Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
      part('microsecond') / 1000,
    ),
  ).toISOString();
};

/** Every order that was ever kept, cancelled ones too; deleted drafts leave nothing behind. */
export const ledgerOf = (store: Store): readonly LedgerOrder[] =>
  store.all('purchase.purchase').map((order) => ({
    number: String(order['number'] ?? `#${order.id}`),
    reference: order['reference'] === null ? null : String(order['reference']),
    supplier: String(store.get('party.party', Number(order['party']))['code']),
    state: String(order['state']),
    createdAt: iso(order['create_date']),
    lines: linesOf(store, order.id).map((line, index) => ({
      lineNumber: index + 1,
      itemId: String(store.get('product.product', Number(line['product']))['code']),
      quantity: decimalText(line['quantity']),
      unitPrice: decimalText(line['unit_price']),
    })),
  }));

const orderBy = (store: Store, number: string): Rec => {
  const order = store.where('purchase.purchase', 'number', number)[0];
  if (order === undefined) throw new Error(`There is no order ${number}.`);
  return order;
};

const lineBy = (store: Store, order: Rec, lineNumber: number): Rec => {
  const line = linesOf(store, order.id)[lineNumber - 1];
  if (line === undefined)
    throw new Error(`The order ${order['number']} has no line ${lineNumber}.`);
  return line;
};

/** The announced movement of the line with the quantity that came; a new one when all had come in already. */
const arriving = (store: Store, order: Rec, at: { line: Rec; quantity: string }): number => {
  const origin = `purchase.line,${at.line.id}`;
  const announced = movesOf(store, order.id).find(
    (move) => move['origin'] === origin && move['state'] === 'draft',
  );
  const quantity = new Decimal(at.quantity).toNumber();
  if (announced !== undefined) {
    store.write('stock.move', [announced.id], { quantity });
    return announced.id;
  }
  const [before] = movesOf(store, order.id).filter((move) => move['origin'] === origin);
  return store.create('stock.move', {
    origin,
    quantity,
    product: at.line['product'],
    uom: at.line['unit'],
    unit_price: at.line['unit_price'],
    currency: order['currency'],
    company: order['company'],
    from_location: before?.['from_location'],
    to_location: before?.['to_location'],
    write_uid: 1,
  });
};

/** A warehouse clerk books goods in, as he does in Tryton's own window; returns the shipment's number. */
export const bookReceipt = (
  store: Store,
  orderNumber: string,
  lines: readonly { readonly lineNumber: number; readonly quantity: string }[],
): string => {
  const shipment = store.transaction(() => {
    const order = orderBy(store, orderNumber);
    const moves = lines.map(({ lineNumber, quantity }) =>
      arriving(store, order, { line: lineBy(store, order, lineNumber), quantity }),
    );
    const id = store.create('stock.shipment.in', {
      company: order['company'],
      supplier: order['party'],
      warehouse: order['warehouse'],
      write_uid: 1,
      incoming_moves: [['add', moves]],
    });
    for (const button of ['receive', 'done'])
      runMethod(store, `model.stock.shipment.in.${button}`, [[id], {}]);
    return id;
  });
  return String(store.get('stock.shipment.in', shipment)['number']);
};

const entries = (store: Store, line: Rec): readonly unknown[] => {
  const own = store
    .all('analytic.account.entry')
    .filter((entry) => entry['origin'] === `purchase.line,${line.id}`);
  return [['create', own.map(({ root, account }) => ({ root, account }))]];
};

/** Makes the document's lines into the bill's: quantity and price of those that were proposed, others new, the rest gone. */
const copyLines = (store: Store, order: Rec, { id, bill }: { id: number; bill: Bill }): void => {
  const rest = new Map(
    store
      .all('account.invoice.line')
      .filter((line) => line['invoice'] === id)
      .map((line) => [line['origin'], line.id]),
  );
  for (const { lineNumber, quantity, unitPrice } of bill.lines) {
    const line = lineBy(store, order, lineNumber);
    const origin = `purchase.line,${line.id}`;
    const figures = {
      quantity: new Decimal(quantity).toNumber(),
      unit_price: decimalValue(unitPrice),
    };
    const proposed = rest.get(origin);
    rest.delete(origin);
    if (proposed !== undefined) store.write('account.invoice.line', [proposed], figures);
    else
      store.create('account.invoice.line', {
        invoice: id,
        origin,
        product: line['product'],
        unit: line['unit'],
        description: line['description'],
        analytic_accounts: entries(store, line),
        ...figures,
      });
  }
  store.remove('account.invoice.line', [...rest.values()]);
};

/** The first bill that Tryton proposed when goods came in; a new one where there is none. */
const proposal = (store: Store, order: Rec): number =>
  invoicesOf(store, order.id).find(({ state }) => state === 'draft')?.id ??
  store.create('account.invoice', {
    type: 'in',
    company: order['company'],
    party: order['party'],
    currency: order['currency'],
    invoice_address: order['invoice_address'],
    payment_term: order['payment_term'],
  });

/** An accountant makes the bill that Tryton proposed into the one that came, and posts it; returns Tryton's number of it. */
export const enterInvoice = (store: Store, orderNumber: string, bill: Bill): string => {
  const invoice = store.transaction(() => {
    const order = orderBy(store, orderNumber);
    const id = proposal(store, order);
    copyLines(store, order, { id, bill });
    store.write('account.invoice', [id], {
      reference: bill.number,
      invoice_date: dateValue(store.now()),
    });
    runMethod(store, 'model.account.invoice.post', [[id], {}]);
    return id;
  });
  return String(store.get('account.invoice', invoice)['number']);
};
