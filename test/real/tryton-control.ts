import type { NewOrder } from '../../subgraphs/procurement/ports.ts';
import { date, decimal, type TrytonRpc } from './tryton-rpc.ts';

type Row = Readonly<Record<string, unknown>>;

/** What people do in Tryton's own window, and what stands in its books; talks to the server without the connector. */
export interface TrytonControl {
  readonly ordersOf: (reference: string) => Promise<readonly string[]>;
  readonly receive: (
    orderNumber: string,
    lines: readonly { lineNumber: number; quantity: string }[],
  ) => Promise<string>;
  readonly invoice: (
    orderNumber: string,
    bill: {
      number: string;
      lines: readonly { lineNumber: number; quantity: string; unitPrice: string }[];
    },
  ) => Promise<string>;
  readonly halfMake: (order: NewOrder) => Promise<number>;
}

const number = (row: Row | undefined, field: string): number => Number(row?.[field]);

const readOrder = async (rpc: TrytonRpc, orderNumber: string): Promise<Row> => {
  const id = await rpc.first('purchase.purchase', [['number', '=', orderNumber]]);
  const [order] = await rpc.read(
    'purchase.purchase',
    [id],
    ['company', 'party', 'warehouse', 'currency', 'invoice_address', 'payment_term', 'invoices'],
  );
  return order ?? {};
};

const readLine = async (rpc: TrytonRpc, order: Row, lineNumber: number): Promise<Row> => {
  const domain = [['purchase', '=', order['id']]];
  const order_ = [
    ['sequence', 'ASC'],
    ['id', 'ASC'],
  ];
  const ids = (await rpc.call(
    'model.purchase.line.search',
    domain,
    0,
    null,
    order_,
  )) as readonly number[];
  const [line] = await rpc.read('purchase.line', ids.slice(lineNumber - 1, lineNumber), [
    'product',
    'unit',
    'unit_price',
    'description',
    'moves',
    'analytic_accounts',
  ]);
  return line ?? {};
};

/** The movement that Tryton announced, with the quantity that came; a new one when all of it had come in already. */
const arriving = async (
  rpc: TrytonRpc,
  order: Row,
  { lineNumber, quantity }: { lineNumber: number; quantity: string },
): Promise<number> => {
  const line = await readLine(rpc, order, lineNumber);
  const origin = `purchase.line,${line['id']}`;
  const [announced] = await rpc.search('stock.move', [
    ['origin', '=', origin],
    ['state', '=', 'draft'],
  ]);
  if (announced !== undefined) {
    await rpc.call('model.stock.move.write', [announced], { quantity: Number(quantity) });
    return announced;
  }
  const [before] = await rpc.read('stock.move', (line['moves'] as readonly number[]).slice(0, 1), [
    'from_location',
    'to_location',
  ]);
  const [move = 0] = await rpc.create('stock.move', {
    origin,
    product: line['product'],
    uom: line['unit'],
    quantity: Number(quantity),
    unit_price: line['unit_price'],
    currency: order['currency'],
    company: order['company'],
    from_location: before?.['from_location'],
    to_location: before?.['to_location'],
  });
  return move;
};

const receive =
  (rpc: TrytonRpc): TrytonControl['receive'] =>
  async (orderNumber, lines) => {
    const order = await readOrder(rpc, orderNumber);
    const moves: number[] = [];
    for (const line of lines) moves.push(await arriving(rpc, order, line));
    const [shipment = 0] = await rpc.create('stock.shipment.in', {
      company: order['company'],
      supplier: order['party'],
      warehouse: order['warehouse'],
      incoming_moves: [['add', moves]],
    });
    await rpc.call('model.stock.shipment.in.receive', [shipment]);
    await rpc.call('model.stock.shipment.in.done', [shipment]);
    const [row] = await rpc.read('stock.shipment.in', [shipment], ['number']);
    return String(row?.['number']);
  };

const billLine = async (
  rpc: TrytonRpc,
  order: Row,
  bill: { lineNumber: number; quantity: string; unitPrice: string },
): Promise<Row> => {
  const line = await readLine(rpc, order, bill.lineNumber);
  const entries = await rpc.read(
    'analytic.account.entry',
    line['analytic_accounts'] as readonly number[],
    ['root', 'account'],
  );
  return {
    type: 'line',
    origin: `purchase.line,${line['id']}`,
    product: line['product'],
    unit: line['unit'],
    description: line['description'],
    quantity: Number(bill.quantity),
    unit_price: decimal(bill.unitPrice),
    account: await rpc.first('account.account', [['type.expense', '=', true]]),
    analytic_accounts: [['create', entries.map(({ root, account }) => ({ root, account }))]],
  };
};

/** The first bill that Tryton proposed when goods came in, and its lines by their origin; a new one where there is none. */
const proposal = async (
  rpc: TrytonRpc,
  order: Row,
): Promise<{ id: number; lines: Map<unknown, number> }> => {
  const proposed = (order['invoices'] as readonly number[]).toSorted((a, b) => a - b);
  const rows = await rpc.read('account.invoice', proposed, ['state', 'lines']);
  const drafts = rows.filter(({ state }) => state === 'draft');
  const draft = drafts.toSorted((a, b) => number(a, 'id') - number(b, 'id'))[0];
  if (draft !== undefined) {
    const ids = draft['lines'] as readonly number[];
    const lines = await rpc.read('account.invoice.line', ids, ['origin']);
    return {
      id: number(draft, 'id'),
      lines: new Map(lines.map((line) => [line['origin'], number(line, 'id')])),
    };
  }
  const [id = 0] = await rpc.create('account.invoice', {
    type: 'in',
    company: order['company'],
    party: order['party'],
    currency: order['currency'],
    invoice_address: order['invoice_address'],
    payment_term: order['payment_term'],
    account: await rpc.first('account.account', [['type.payable', '=', true]]),
    journal: await rpc.first('account.journal', [['type', '=', 'expense']]),
  });
  return { id, lines: new Map() };
};

const invoice =
  (rpc: TrytonRpc): TrytonControl['invoice'] =>
  async (orderNumber, bill) => {
    const order = await readOrder(rpc, orderNumber);
    const { id, lines: rest } = await proposal(rpc, order);
    const commands: unknown[] = [];
    for (const line of bill.lines) {
      const { origin, quantity, unit_price, ...others } = await billLine(rpc, order, line);
      const figures = { quantity, unit_price };
      const proposed = rest.get(origin);
      rest.delete(origin);
      commands.push(
        proposed === undefined
          ? ['create', [{ origin, ...others, ...figures }]]
          : ['write', [proposed], figures],
      );
    }
    if (rest.size > 0) commands.push(['delete', [...rest.values()]]);
    await rpc.call('model.account.invoice.write', [id], {
      reference: bill.number,
      invoice_date: date(new Date().toISOString().slice(0, 10)),
      lines: commands,
    });
    await rpc.call('model.account.invoice.post', [id]);
    const [row] = await rpc.read('account.invoice', [id], ['number', 'state']);
    if (row?.['state'] !== 'posted') throw new Error(`The bill is ${row?.['state']}, not posted.`);
    return String(row['number']);
  };

const halfMake =
  (rpc: TrytonRpc): TrytonControl['halfMake'] =>
  async (order) => {
    const party = await rpc.first('party.party', [['code', '=', order.supplierLocalId]]);
    const lines: Row[] = [];
    for (const line of order.lines) {
      const product = await rpc.first('product.product', [['code', '=', line.itemLocalId]]);
      const [item] = await rpc.read('product.product', [product], ['purchase_uom']);
      lines.push({
        type: 'line',
        product,
        unit: item?.['purchase_uom'],
        description: line.description,
        quantity: Number(line.quantity.value),
        unit_price: decimal(line.unitPrice.amount),
      });
    }
    const [id = 0] = await rpc.create('purchase.purchase', {
      reference: order.reference,
      company: await rpc.first('company.company', []),
      party,
      invoice_address: await rpc.first('party.address', [['party', '=', party]]),
      payment_term: await rpc.first('account.invoice.payment_term', []),
      currency: await rpc.first('currency.currency', [['code', '=', order.currency]]),
      warehouse: await rpc.first('stock.location', [['code', '=', order.facilityLocalId]]),
      invoice_method: 'shipment',
      lines: [['create', lines]],
    });
    return id;
  };

/** The control side of one server. */
export const trytonControl = (rpc: TrytonRpc): TrytonControl => ({
  ordersOf: async (reference) => {
    const ids = await rpc.search('purchase.purchase', [['reference', '=', reference]]);
    const rows = await rpc.read('purchase.purchase', ids, ['number']);
    return rows.map((row) => String(row['number'] ?? `#${row['id']}`));
  },
  receive: receive(rpc),
  invoice: invoice(rpc),
  halfMake: halfMake(rpc),
});
