import { LRUCache } from 'lru-cache';
import type { Call } from '../../platform/call.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { NewOrder, NewOrderLine } from '../../subgraphs/procurement/ports.ts';
import type { TrytonClient } from './client.ts';
import { findMaster, type Wanted } from './masters.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';
import { wire } from './wire.ts';

type Values = Readonly<Record<string, unknown>>;

/** How long a master that was found may be taken as it was: what Tryton has closed since then it refuses itself. */
const rememberMs = 60_000;

/** Master records by kind and code, remembered for a moment: every order of a ward names the same few. */
type Finder = (wanted: Wanted, call: Call) => Promise<Row>;

const rememberingFinder = (client: TrytonClient): Finder => {
  const found = new LRUCache<string, Row>({ max: 10_000, ttl: rememberMs });
  return async (wanted, call) => {
    const key = `${wanted.model} ${wanted.localId}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const row = await findMaster(client, wanted, call);
    found.set(key, row);
    return row;
  };
};

const refused = (client: TrytonClient, message: string): SystemRefused =>
  new SystemRefused(`${client.system} ${message}`, {
    system: client.system,
    operation: 'place order',
    kind: 'permanent',
  });

/** The id of the unit in which the line is ordered: the item's purchase unit or its base unit. */
const unitOf = (client: TrytonClient, line: NewOrderLine, item: Row): number => {
  for (const field of ['purchase_uom', 'default_uom']) {
    const symbol = read.text(item, `${field}.symbol`);
    if (symbol !== null && unitCode(symbol) === line.quantity.unit)
      return read.id(item, `${field}.id`);
  }
  throw refused(
    client,
    `buys item ${line.itemLocalId} in ${unitCode(read.text(item, 'purchase_uom.symbol') ?? '?')}, not in ${line.quantity.unit}.`,
  );
};

/** A form fills the unit in as one types; a remote create does not, nor does it find the cost centre. */
const lineValues = (
  client: TrytonClient,
  line: NewOrderLine,
  found: { readonly item: Row; readonly costCenter: Row },
): Values => ({
  type: 'line',
  sequence: line.lineNumber,
  product: read.id(found.item),
  description: line.description,
  quantity: Number(line.quantity.value),
  unit: unitOf(client, line, found.item),
  unit_price: wire.decimal(line.unitPrice.amount),
  analytic_accounts: [
    ['create', [{ root: read.id(found.costCenter, 'root'), account: read.id(found.costCenter) }]],
  ],
});

/** Who is to be paid, where and how. */
const supplierValues = (client: TrytonClient, order: NewOrder, party: Row): Values => {
  if (!read.flag(party, 'active'))
    throw refused(client, `has closed the supplier ${order.supplierLocalId}.`);
  const [address] = read.ids(party, 'addresses');
  return {
    party: read.id(party),
    invoice_address: address ?? null,
    payment_term: read.link(party, 'supplier_payment_term'),
  };
};

const itemFields = [
  'purchase_uom.id',
  'purchase_uom.symbol',
  'default_uom.id',
  'default_uom.symbol',
];

/** The master records that an order names. */
const mastersOf = (order: NewOrder, companyId: number) => {
  const costCenter: Wanted = {
    model: 'analytic_account.account',
    what: 'cost centre',
    localId: order.costCenterLocalId,
    where: [
      ['company', '=', companyId],
      ['type', '=', 'normal'],
    ],
    fields: ['root'],
  };
  const supplier: Wanted = {
    model: 'party.party',
    what: 'supplier',
    localId: order.supplierLocalId,
    fields: ['active', 'addresses', 'supplier_payment_term'],
  };
  const currency: Wanted = {
    model: 'currency.currency',
    what: 'currency',
    localId: order.currency,
    fields: ['code'],
  };
  const warehouse: Wanted = {
    model: 'stock.location',
    what: 'warehouse',
    localId: order.facilityLocalId,
    where: [['type', '=', 'warehouse']],
    fields: ['type'],
  };
  const item = (localId: string): Wanted => ({
    model: 'product.product',
    what: 'item',
    localId,
    fields: itemFields,
  });
  return { costCenter, supplier, currency, warehouse, item };
};

/** Makes Tryton's values of a new purchase; throws SystemRefused naming the first master record that is not there. */
export const orderWriter = (
  client: TrytonClient,
): ((order: NewOrder, call: Call) => Promise<Values>) => {
  const find = rememberingFinder(client);
  return async (order, call) => {
    const company = await client.company(call);
    const wanted = mastersOf(order, company.id);
    const [party, costCenter, currency, warehouse, ...items] = await Promise.all([
      find(wanted.supplier, call),
      find(wanted.costCenter, call),
      find(wanted.currency, call),
      find(wanted.warehouse, call),
      ...order.lines.map(async (line) => ({
        line,
        item: await find(wanted.item(line.itemLocalId), call),
      })),
    ]);
    const lines = items.map(({ line, item }) => lineValues(client, line, { item, costCenter }));
    return {
      ...supplierValues(client, order, party),
      company: company.id,
      reference: order.reference,
      currency: read.id(currency),
      warehouse: read.id(warehouse),
      // Only what came in is billed: the three-way match depends on it.
      invoice_method: 'shipment',
      ...(order.neededBy === null ? {} : { delivery_date: wire.date(order.neededBy) }),
      lines: [['create', lines]],
    };
  };
};
