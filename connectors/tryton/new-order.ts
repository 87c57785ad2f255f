import type { Call } from '../../platform/call.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { NewOrder, NewOrderLine } from '../../subgraphs/procurement/ports.ts';
import type { TrytonClient } from './client.ts';
import { findMaster, withCode } from './masters.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';
import { wire } from './wire.ts';

type Values = Readonly<Record<string, unknown>>;

const refused = (client: TrytonClient, message: string): SystemRefused =>
  new SystemRefused(`${client.system} ${message}`, {
    system: client.system,
    operation: 'place order',
    kind: 'permanent',
  });

const findItems = async (
  client: TrytonClient,
  order: NewOrder,
  call: Call,
): Promise<ReadonlyMap<string, Row>> => {
  const localIds = [...new Set(order.lines.map((line) => line.itemLocalId))];
  const rows = await client.find(
    {
      model: 'product.product',
      where: [['OR', ...localIds.map((localId) => [withCode(localId)])]],
      fields: [
        'code',
        'purchase_uom.id',
        'purchase_uom.symbol',
        'default_uom.id',
        'default_uom.symbol',
      ],
    },
    call,
  );
  return new Map(
    localIds.flatMap((localId) => {
      const row = rows.find(
        (each) => read.code(each) === localId || `#${read.id(each)}` === localId,
      );
      return row === undefined ? [] : [[localId, row] as const];
    }),
  );
};

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

const lineValues = (
  client: TrytonClient,
  line: NewOrderLine,
  found: { readonly items: ReadonlyMap<string, Row>; readonly costCenter: Row },
): Values => {
  const item = found.items.get(line.itemLocalId);
  if (item === undefined)
    throw refused(client, `has no item ${line.itemLocalId} (product.product).`);
  return {
    type: 'line',
    sequence: line.lineNumber,
    product: read.id(item),
    description: line.description,
    quantity: Number(line.quantity.value),
    unit: unitOf(client, line, item),
    unit_price: wire.decimal(line.unitPrice.amount),
    analytic_accounts: [
      ['create', [{ root: read.id(found.costCenter, 'root'), account: read.id(found.costCenter) }]],
    ],
  };
};

const findCurrency = async (client: TrytonClient, code: string, call: Call): Promise<Row> =>
  findMaster(
    client,
    { model: 'currency.currency', what: 'currency', localId: code, fields: ['code'] },
    call,
  );

const findCostCenter = async (client: TrytonClient, order: NewOrder, call: Call): Promise<Row> => {
  const company = await client.company(call);
  return await findMaster(
    client,
    {
      model: 'analytic_account.account',
      what: 'cost centre',
      localId: order.costCenterLocalId,
      where: [
        ['company', '=', company.id],
        ['type', '=', 'normal'],
      ],
      fields: ['root'],
    },
    call,
  );
};

/** Who is to be paid, where and how: a form fills these in as one types, a remote create does not. */
const findSupplier = async (client: TrytonClient, order: NewOrder, call: Call): Promise<Values> => {
  const party = await findMaster(
    client,
    {
      model: 'party.party',
      what: 'supplier',
      localId: order.supplierLocalId,
      fields: ['active', 'addresses', 'supplier_payment_term'],
    },
    call,
  );
  if (!read.flag(party, 'active'))
    throw refused(client, `has closed the supplier ${order.supplierLocalId}.`);
  const [address] = read.ids(party, 'addresses');
  return {
    party: read.id(party),
    invoice_address: address ?? null,
    payment_term: read.link(party, 'supplier_payment_term'),
  };
};

/** Tryton's values of a new purchase; throws SystemRefused naming the first master record that is not there. */
export const newOrderValues = async (
  client: TrytonClient,
  order: NewOrder,
  call: Call,
): Promise<Values> => {
  const [company, supplier, currency, costCenter, items, warehouse] = await Promise.all([
    client.company(call),
    findSupplier(client, order, call),
    findCurrency(client, order.currency, call),
    findCostCenter(client, order, call),
    findItems(client, order, call),
    findMaster(
      client,
      {
        model: 'stock.location',
        what: 'warehouse',
        localId: order.facilityLocalId,
        where: [['type', '=', 'warehouse']],
        fields: [],
      },
      call,
    ),
  ]);
  return {
    ...supplier,
    company: company.id,
    reference: order.reference,
    currency: read.id(currency),
    warehouse: read.id(warehouse),
    // Only what came in is billed: the three-way match depends on it.
    invoice_method: 'shipment',
    ...(order.neededBy === null ? {} : { delivery_date: wire.date(order.neededBy) }),
    lines: [['create', order.lines.map((line) => lineValues(client, line, { items, costCenter }))]],
  };
};
