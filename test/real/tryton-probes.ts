import { trytonControl } from './tryton-control.ts';
import { date, decimal, type TrytonRpc } from './tryton-rpc.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a server answers to the same questions, with everything that differs by nature (ids, times) taken out. */
export type Findings = Readonly<Record<string, unknown>>;

/** Ids and numbers differ from server to server. */
const withoutIds = (text: string): string => text.replace(/\d+/g, '#');

const outcome = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => value,
    (error: unknown) => withoutIds(String(error)),
  );

/** The kind of a value, for what differs by nature: `null`, `number`, `datetime`, `list of 2`. */
const kindOf = (value: unknown): unknown => {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value === 'object') return '__class__' in value ? value.__class__ : 'record';
  return typeof value;
};

/** Related records come in no particular order. */
const inOrder = (values: readonly unknown[]): readonly unknown[] =>
  values.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

/** A record with its fields as they are where they mean the same everywhere, by their kind where not. */
const shape = (row: unknown, plain: readonly string[]): unknown => {
  if (row === null || typeof row !== 'object') return row;
  return Object.fromEntries(
    Object.entries(row)
      .map(([name, value]): [string, unknown] => {
        // SQLite has no booleans: the real server writes 1 and 0 there.
        if (name === 'active') return [name, Boolean(value)];
        if (plain.includes(name)) return [name, value];
        if (name.endsWith('.') && Array.isArray(value))
          return [name, inOrder(value.map((each) => shape(each, plain)))];
        return [name, name.endsWith('.') ? shape(value, plain) : kindOf(value)];
      })
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
};

const searchRead = async (
  rpc: TrytonRpc,
  model: string,
  domain: readonly unknown[],
  fields: readonly string[],
): Promise<readonly Row[]> =>
  (await rpc.call(`model.${model}.search_read`, domain, 0, null, null, fields)) as readonly Row[];

/** What is wrong with the question itself. */
const mistakes = async (rpc: TrytonRpc): Promise<Findings> => ({
  'unknown model': await outcome(rpc.search('no.such', [])),
  'unknown function': await outcome(
    rpc.call('model.party.party.nonsense', []).catch((error: unknown) => {
      throw new Error(String(error).slice(0, 50));
    }),
  ),
  'unknown field in a condition': await outcome(rpc.search('party.party', [['nope', '=', 1]])),
  'unknown field at a create': await outcome(rpc.create('party.party', { nope: 1 })),
  'a record that is not there': await outcome(rpc.read('party.party', [99999], ['name'])),
  'a wrong password': await outcome(
    rpc.call('common.db.login', 'admin').catch((error: unknown) => {
      throw new Error(String(error).slice(0, 30));
    }),
  ),
});

/** How masters are written. */
const masters = async (rpc: TrytonRpc): Promise<Findings> => {
  const party = await searchRead(
    rpc,
    'party.party',
    [['code', '=', 'V-1000']],
    ['code', 'name', 'active', 'write_date', 'identifiers.code', 'addresses'],
  );
  const product = await searchRead(
    rpc,
    'product.product',
    [['code', '=', 'GLV-M']],
    [
      'code',
      'name',
      'type',
      'default_uom.symbol',
      'purchase_uom.symbol',
      'template.name',
      'categories.name',
      'categories.parent.name',
      'identifiers.type',
      'identifiers.code',
    ],
  );
  const source = await searchRead(
    rpc,
    'purchase.product_supplier',
    [['template.name', 'like', 'Examination%']],
    [
      'name',
      'code',
      'active',
      'product',
      'party.code',
      'currency.code',
      'prices.unit_price',
      'prices.quantity',
    ],
  );
  const account = await searchRead(
    rpc,
    'analytic_account.account',
    [['code', '=', 'CC-ICU']],
    ['code', 'type', 'state', 'active', 'balance', 'root'],
  );
  const plain = ['code', 'name', 'active', 'symbol', 'type', 'state', 'quantity'];
  return {
    party: party.map((row) => shape(row, plain)),
    product: product.map((row) => shape(row, plain)),
    source: source.map((row) => shape(row, [...plain, 'unit_price'])),
    account: account.map((row) => shape(row, plain)),
    'parties that are archived': (await rpc.search('party.party', [['active', '=', false]])).length,
  };
};

const orderStates = ['state', 'shipment_state', 'invoice_state'];

interface Values {
  readonly company: number;
  readonly party: number;
  readonly invoice_address: number;
  readonly currency: number;
  readonly warehouse: number;
}

const values = async (rpc: TrytonRpc): Promise<Values> => {
  const party = await rpc.first('party.party', [['code', '=', 'V-1000']]);
  return {
    company: await rpc.first('company.company', []),
    party,
    invoice_address: await rpc.first('party.address', [['party', '=', party]]),
    currency: await rpc.first('currency.currency', [['code', '=', 'USD']]),
    warehouse: await rpc.first('stock.location', [['code', '=', 'SOUTH']]),
  };
};

const lineOf = async (rpc: TrytonRpc, price = '8.5'): Promise<Row> => ({
  type: 'line',
  product: await rpc.first('product.product', [['code', '=', 'GLV-M']]),
  unit: await rpc.first('product.uom', [['symbol', '=', 'BX']]),
  quantity: 10,
  unit_price: decimal(price),
  description: 'Gloves',
});

const create = async (rpc: TrytonRpc, given: Row): Promise<number> =>
  (await rpc.create('purchase.purchase', given))[0] ?? 0;

const press = (rpc: TrytonRpc, button: string, id: number): Promise<unknown> =>
  outcome(rpc.call(`model.purchase.purchase.${button}`, [id]));

/** Where an order, its movements and its bills stand. */
const standing = async (rpc: TrytonRpc, id: number): Promise<unknown> => {
  const [order] = await searchRead(
    rpc,
    'purchase.purchase',
    [['id', '=', id]],
    [
      ...orderStates,
      'number',
      'reference',
      'untaxed_amount',
      'total_amount',
      'lines.quantity',
      'lines.unit_price',
      'lines.sequence',
      'lines.moves.state',
      'lines.moves.quantity',
      'lines.moves.from_location.type',
      'lines.invoice_lines.quantity',
      'lines.invoice_lines.invoice.state',
      'lines.invoice_lines.invoice.reference',
    ],
  );
  return shape(order, [
    ...orderStates,
    'reference',
    'quantity',
    'type',
    'unit_price',
    'untaxed_amount',
    'total_amount',
  ]);
};

const writeDate = async (rpc: TrytonRpc, id: number): Promise<string> =>
  JSON.stringify((await rpc.read('purchase.purchase', [id], ['write_date']))[0]?.['write_date']);

/** What is refused of an order. */
const refusals = async (rpc: TrytonRpc): Promise<Findings> => {
  const base = await values(rpc);
  const { currency: _, ...noCurrency } = base;
  const { invoice_address: __, ...noAddress } = base;
  const { warehouse: ___, ...noWarehouse } = base;
  const lines = [['create', [await lineOf(rpc)]]];
  const quoted = async (given: Row): Promise<unknown> =>
    press(rpc, 'quote', await create(rpc, { ...given, lines, reference: 'PROBE' }));
  return {
    'an order without a currency': await outcome(
      create(rpc, { ...noCurrency, currency: null, lines }),
    ),
    'a price with five decimals': await outcome(
      create(rpc, { ...base, lines: [['create', [await lineOf(rpc, '8.12345')]]] }),
    ),
    'a quotation without an address': await quoted(noAddress),
    'a quotation without a warehouse': await quoted({ ...noWarehouse, warehouse: null }),
  };
};

/** An order from draft to posted bill. */
const life = async (rpc: TrytonRpc): Promise<Findings> => {
  const base = await values(rpc);
  const given = {
    ...base,
    invoice_method: 'shipment',
    reference: 'PROBE-LIFE',
    lines: [['create', [await lineOf(rpc)]]],
  };
  const id = await create(rpc, given);
  const found: Record<string, unknown> = { drafted: await standing(rpc, id) };
  found['confirmed too early'] = [await press(rpc, 'confirm', id), await standing(rpc, id)];
  found['quoted'] = [await press(rpc, 'quote', id), await standing(rpc, id)];
  found['confirmed'] = [await press(rpc, 'confirm', id), await standing(rpc, id)];
  found['drafted again too late'] = [await press(rpc, 'draft', id), await standing(rpc, id)];
  found['cancelled too late'] = [await press(rpc, 'cancel', id), await standing(rpc, id)];
  found['deleted too late'] = await press(rpc, 'delete', id);
  found['the same reference again'] = typeof (await create(rpc, given));

  const control = trytonControl(rpc);
  const [row] = await rpc.read('purchase.purchase', [id], ['number']);
  const orderNumber = String(row?.['number']);
  await control.receive(orderNumber, [{ lineNumber: 1, quantity: '2' }]);
  found['after a partial receipt'] = await standing(rpc, id);
  const before = await writeDate(rpc, id);
  await control.receive(orderNumber, [{ lineNumber: 1, quantity: '4' }]);
  found['after another'] = await standing(rpc, id);
  found['a partial receipt leaves write_date alone'] = before === (await writeDate(rpc, id));
  await control.receive(orderNumber, [{ lineNumber: 1, quantity: '7' }]);
  found['after more than ordered'] = await standing(rpc, id);
  await control.invoice(orderNumber, {
    number: 'BILL-1',
    lines: [{ lineNumber: 1, quantity: '13', unitPrice: '8.6' }],
  });
  found['after the bill'] = await standing(rpc, id);
  return found;
};

/** Optimistic lock and optional deletion. */
const drafts = async (rpc: TrytonRpc): Promise<Findings> => {
  const base = await values(rpc);
  const id = await create(rpc, { ...base, delivery_date: date('2030-01-02') });
  const found: Record<string, unknown> = { 'deleted as a draft': await press(rpc, 'delete', id) };
  await press(rpc, 'cancel', id);
  found['deleted when cancelled'] = await press(rpc, 'delete', id);
  found['then it is gone'] = await searchRead(
    rpc,
    'purchase.purchase',
    [['id', '=', id]],
    ['state'],
  );
  return found;
};

/** Asks one server everything. */
export const probe = async (rpc: TrytonRpc): Promise<Findings> => ({
  ...(await mistakes(rpc)),
  ...(await masters(rpc)),
  ...(await refusals(rpc)),
  ...(await life(rpc)),
  ...(await drafts(rpc)),
});
