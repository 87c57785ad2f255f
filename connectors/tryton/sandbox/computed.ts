import { Decimal } from 'decimal.js';
import type { Rec } from './books.ts';
import type { Place } from './read.ts';
import type { Store } from './store.ts';
import { comparable, decimalText, decimalValue } from './value.ts';

const sum = (values: readonly Decimal.Value[]): Decimal =>
  values.reduce<Decimal>((total, value) => total.plus(value), new Decimal(0));

/** Quantity times price, rounded to the currency as Tryton does per line. */
const lineAmount = (line: Rec): Decimal =>
  new Decimal(decimalText(line['quantity']))
    .times(decimalText(line['unit_price']))
    .toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);

const linesOf = (store: Store, model: string, record: Rec): readonly Rec[] =>
  model === 'purchase.purchase'
    ? store.where('purchase.line', 'purchase', record.id)
    : store.where('account.invoice.line', 'invoice', record.id);

const fromLines = (store: Store, model: string, orderId: number): readonly Rec[] =>
  store
    .where('purchase.line', 'purchase', orderId)
    .flatMap((line) => store.where(model, 'origin', `purchase.line,${line.id}`));

/** Movements that an order's lines brought about. */
export const movesOf = (store: Store, orderId: number): readonly Rec[] =>
  fromLines(store, 'stock.move', orderId);

/** Bills with a line that an order's lines brought about. */
export const invoicesOf = (store: Store, orderId: number): readonly Rec[] => {
  const lines = fromLines(store, 'account.invoice.line', orderId);
  const ids = [...new Set(lines.map((line) => Number(line['invoice'])))].toSorted((a, b) => a - b);
  return ids.map((id) => store.get('account.invoice', id));
};

const inside = (store: Store, tops: readonly number[], deep: boolean): ReadonlySet<number> => {
  const found = new Set(tops);
  const locations = deep ? store.all('stock.location') : [];
  for (let grew = true; grew; ) {
    grew = false;
    for (const { id, parent } of locations)
      if (!found.has(id) && found.has(Number(parent))) {
        found.add(id);
        grew = true;
      }
  }
  return found;
};

/** What lies in the locations of the context: done movements in, less those out. Without locations it is zero. */
const quantity = ({ store, context }: Place, product: number): number => {
  const tops = Array.isArray(context['locations']) ? context['locations'].map(Number) : [];
  const deep = context['with_childs'] ?? tops.length === 1;
  const places = inside(store, tops, deep === true);
  const signed = store
    .where('stock.move', 'product', product)
    .filter((move) => move['state'] === 'done')
    .map((move) => {
      const into = places.has(Number(move['to_location'])) ? 1 : 0;
      const out = places.has(Number(move['from_location'])) ? 1 : 0;
      return new Decimal(decimalText(move['quantity'])).times(into - out);
    });
  return sum(signed).toNumber();
};

/** Credit and debit of an analytic account between the dates of the context. */
const posted = (
  { store, context }: Place,
  account: number,
): { debit: Decimal; credit: Decimal } => {
  const from = comparable(context['start_date'] ?? null);
  const to = comparable(context['end_date'] ?? null);
  const lines = store.where('analytic_account.line', 'account', account).filter((line) => {
    const date = comparable(line['date']) ?? 0;
    return (from === null || date >= from) && (to === null || date <= to);
  });
  return {
    debit: sum(lines.map((line) => decimalText(line['debit']))),
    credit: sum(lines.map((line) => decimalText(line['credit']))),
  };
};

const ofAccount = (place: Place, id: number, name: string): unknown => {
  const { debit, credit } = posted(place, id);
  const figure = { debit, credit, balance: credit.minus(debit) }[name];
  return figure === undefined ? null : decimalValue(figure.toFixed(2));
};

const ofDocument = (place: Place, model: string, at: { record: Rec; name: string }): unknown => {
  if (at.name === 'moves') return movesOf(place.store, at.record.id).map(({ id }) => id);
  if (at.name === 'invoices') return invoicesOf(place.store, at.record.id).map(({ id }) => id);
  if (at.name === 'tax_amount') return decimalValue('0.00');
  const lines = linesOf(place.store, model, at.record);
  return decimalValue(sum(lines.map(lineAmount)).toFixed(2));
};

/** Fields that Tryton works out instead of keeping. */
export const computeField = (
  place: Place,
  model: string,
  at: { readonly record: Rec; readonly name: string },
): unknown => {
  const { record, name } = at;
  if (name === 'rec_name')
    return record['name'] ?? record['number'] ?? record['code'] ?? String(record.id);
  if (model === 'product.product') return quantity(place, record.id);
  if (model === 'analytic_account.account') return ofAccount(place, record.id, name);
  if (name === 'amount') return decimalValue(lineAmount(record).toFixed(2));
  if (model === 'purchase.line')
    return place.store
      .where(
        name === 'moves' ? 'stock.move' : 'account.invoice.line',
        'origin',
        `purchase.line,${record.id}`,
      )
      .map(({ id }) => id);
  return ofDocument(place, model, at);
};
