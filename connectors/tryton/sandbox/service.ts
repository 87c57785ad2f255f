import { invoiceButtons, moveButtons, shipmentButtons } from './postings.ts';
import { purchaseButtons, purchaseName } from './purchasing.ts';
import { type Place, readRecord } from './read.ts';
import { search } from './search.ts';
import type { Store, Values } from './store.ts';
import { TrytondError, userError } from './trytond-error.ts';
import { comparable, decimalText } from './value.ts';

/** A method that may not be called from outside: HTTP 403. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

type Params = readonly unknown[];

const buttons: Readonly<
  Record<string, Readonly<Record<string, (store: Store, id: number) => void>>>
> = {
  'purchase.purchase': purchaseButtons,
  'stock.shipment.in': shipmentButtons,
  'stock.move': moveButtons,
  'account.invoice': invoiceButtons,
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numbers = (value: unknown): readonly number[] => list(value).map(Number);
const texts = (value: unknown): readonly string[] => list(value).map(String);
const orderOf = (value: unknown): readonly (readonly [string, string])[] | null =>
  Array.isArray(value)
    ? value.map((each): readonly [string, string] => [String(each[0]), String(each[1])])
    : null;

const paged = <T>(found: readonly T[], offset: unknown, limit: unknown): readonly T[] => {
  const from = Number(offset ?? 0);
  return found.slice(
    from,
    limit === null || limit === undefined ? undefined : from + Number(limit),
  );
};

const reading: Readonly<Record<string, (place: Place, model: string, params: Params) => unknown>> =
  {
    search: (place, model, [domain, offset, limit, order]) =>
      paged(
        search(place, model, { domain: list(domain), order: orderOf(order) }),
        offset,
        limit,
      ).map(({ id }) => id),
    search_count: (place, model, [domain]) =>
      search(place, model, { domain: list(domain), order: null }).length,
    search_read: (place, model, [domain, offset, limit, order, names]) =>
      paged(
        search(place, model, { domain: list(domain), order: orderOf(order) }),
        offset,
        limit,
      ).map((record) => readRecord(place, model, { record, names: texts(names) })),
    read: (place, model, [ids, names]) =>
      numbers(ids).map((id) =>
        readRecord(place, model, { record: place.store.get(model, id), names: texts(names) }),
      ),
  };

const stampOf = (store: Store, model: string, id: number): number => {
  const record = store.get(model, id);
  return Number(comparable(record['write_date'] ?? record['create_date'])) / 1000;
};

/** Optimistic lock: the context may say when the caller last saw the record. */
const checkTimestamps = (place: Place, model: string, ids: readonly number[]): void => {
  const stamps = place.context['_timestamp'];
  if (typeof stamps !== 'object' || stamps === null) return;
  for (const id of ids) {
    const seen = Object.entries(stamps).find(([key]) => key === `${model},${id}`)?.[1];
    if (seen !== undefined && Number(seen) < stampOf(place.store, model, id))
      throw new TrytondError('ConcurrencyException', [
        'Records have been modified in the meanwhile',
      ]);
  }
};

const required: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  'purchase.purchase': [
    ['party', 'Party', 'Purchase'],
    ['currency', 'Currency', 'Purchase'],
    ['company', 'Company', 'Purchase'],
  ],
  'purchase.line': [
    ['quantity', 'Quantity', 'Purchase Line'],
    ['unit_price', 'Unit Price', 'Purchase Line'],
  ],
};

const priced = new Set([
  'purchase.line',
  'account.invoice.line',
  'purchase.product_supplier.price',
]);

const decimalsOf = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'decimal' in value
    ? (String(value.decimal).split('.')[1]?.replace(/0+$/, '').length ?? 0)
    : 0;

/** What Tryton refuses before it keeps a record. */
const validate = (model: string, values: Values): void => {
  const missing = (required[model] ?? []).find(([name]) => (values[name] ?? null) === null);
  if (missing !== undefined)
    throw userError(`A value is required for field "${missing[1]}" in "${missing[2]}".`);
  if (priced.has(model) && decimalsOf(values['unit_price']) > 4)
    throw userError(
      `The number of digits in the value "Decimal('${decimalText(values['unit_price'])}')" for field "Unit Price" in "Purchase Line" exceeds the limit of "4".`,
    );
  if (model !== 'purchase.purchase') return;
  const created = list(values['lines']).filter((command) => list(command)[0] === 'create');
  for (const line of created.flatMap((command) => list(list(command)[1])))
    validate('purchase.line', line as Values);
};

/** Deleting cancels what may still be cancelled; an order that binds stays. */
const checkDeletable = (store: Store, ids: readonly number[]): void => {
  for (const id of ids) {
    const order = store.get('purchase.purchase', id);
    if (!['draft', 'quotation', 'cancelled'].includes(String(order['state'])))
      throw userError(`To delete purchase "${purchaseName(order)}" you must cancel it.`);
  }
};

const writing: Readonly<Record<string, (place: Place, model: string, params: Params) => unknown>> =
  {
    create: ({ store }, model, [records]) =>
      list(records).map((values) => {
        const given = values as Values;
        validate(model, model === 'purchase.purchase' ? { company: 1, ...given } : given);
        return store.create(model, given);
      }),
    write: (place, model, params) => {
      // ids and values take turns.
      for (let index = 0; index + 1 < params.length; index += 2) {
        const ids = numbers(params[index]);
        checkTimestamps(place, model, ids);
        place.store.write(model, ids, params[index + 1] as Values);
      }
      return null;
    },
    delete: (place, model, [ids]) => {
      checkTimestamps(place, model, numbers(ids));
      if (model === 'purchase.purchase') checkDeletable(place.store, numbers(ids));
      place.store.remove(model, numbers(ids));
      return null;
    },
  };

const contextOf = (params: Params): Readonly<Record<string, unknown>> => {
  const last = params.at(-1);
  return typeof last === 'object' && last !== null && !Array.isArray(last)
    ? (last as Readonly<Record<string, unknown>>)
    : {};
};

/** True for methods that change something; everything but reading counts. */
export const isWriting = (method: string): boolean => {
  const name = method.slice(method.lastIndexOf('.') + 1);
  return method.startsWith('model.') && !(name in reading) && name !== 'get_preferences';
};

/** Runs `model.<model>.<function>` in one transaction; the last parameter is the context. */
export const runMethod = (store: Store, method: string, params: Params): unknown => {
  const parts = method.split('.');
  const name = parts.at(-1) ?? '';
  const model = parts.slice(1, -1).join('.');
  if (method === 'model.res.user.get_preferences') {
    const [user] = store.all('res.user');
    return { company: user?.['company'] ?? null, company_filter: 'one', language: 'en' };
  }
  const place: Place = { store, context: contextOf(params) };
  const own = params.slice(0, -1);
  const button = buttons[model]?.[name];
  if (button !== undefined)
    return store.transaction(() => {
      checkTimestamps(place, model, numbers(own[0]));
      for (const id of numbers(own[0])) button(store, id);
      return null;
    });
  const plain = reading[name] ?? writing[name];
  if (plain === undefined || parts[0] !== 'model') throw new Forbidden(method);
  return store.transaction(() => plain(place, model, own));
};
