import type { Call } from '../../platform/call.ts';
import type { LocalReceipt, Receipts } from '../../subgraphs/procurement/ports.ts';
import type { TrytonClient } from './client.ts';
import { changedSince, changesOf, latest, sinceOf } from './feed.ts';
import { movedQuantity, orderLineOf, readLines } from './order-documents.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';

const moveFields = [
  'origin',
  'shipment',
  'effective_date',
  'quantity',
  'uom.symbol',
  'product.id',
  'product.code',
  'from_location.type',
  'write_uid.name',
  'create_date',
  'write_date',
];

interface Shipment {
  readonly number: string;
  readonly receivedBy: string | null;
}

/** Where a line stands: which order, and at which position. */
type Positions = ReadonlyMap<number, { readonly orderId: number; readonly lineNumber: number }>;

const positionsOf = async (
  client: TrytonClient,
  moves: readonly Row[],
  call: Call,
): Promise<Positions> => {
  const lineIds = moves.flatMap((move) => orderLineOf(read.text(move, 'origin')) ?? []);
  const lines = await client.find(
    { model: 'purchase.line', where: [['id', 'in', lineIds]], fields: ['purchase'] },
    call,
  );
  const orders = await readLines(
    client,
    [...new Set(lines.map((line) => read.id(line, 'purchase')))],
    call,
  );
  return new Map(
    [...orders].flatMap(([orderId, own]) =>
      own.map((line, index) => [read.id(line), { orderId, lineNumber: index + 1 }] as const),
    ),
  );
};

const readShipments = async (
  client: TrytonClient,
  origins: readonly string[],
  call: Call,
): Promise<ReadonlyMap<string, Shipment>> => {
  const idsOf = (model: string): readonly number[] =>
    origins.flatMap((each) => (each.startsWith(`${model},`) ? Number(each.split(',')[1]) : []));
  const found = await Promise.all(
    ['stock.shipment.in', 'stock.shipment.in.return'].map(async (model) => {
      const ids = idsOf(model);
      if (ids.length === 0) return [];
      const fields = ['number', 'write_uid.name'];
      const rows = await client.find({ model, where: [['id', 'in', ids]], fields }, call);
      return rows.map((row): readonly [string, Shipment] => [
        `${model},${read.id(row)}`,
        {
          number: read.text(row, 'number') ?? `#${read.id(row)}`,
          receivedBy: read.text(row, 'write_uid.name'),
        },
      ]);
    }),
  );
  return new Map(found.flat());
};

/** One receipt is what one shipment, or one lone movement, brought for one order. */
const toReceipt = (
  moves: readonly [Row, ...Row[]],
  positions: Positions,
  shipment: Shipment | undefined,
): LocalReceipt => {
  const [first] = moves;
  const position = (move: Row) => positions.get(orderLineOf(read.text(move, 'origin')) ?? -1);
  const orderId = position(first)?.orderId ?? -1;
  const held = read.text(first, 'shipment') ?? `stock.move,${read.id(first)}`;
  return {
    localId: `${held}/${orderId}`,
    number: shipment?.number ?? `#${read.id(first)}`,
    orderLocalId: String(orderId),
    receivedAt: moves.map(read.changedAt).reduce((a, b) => (a < b ? a : b)),
    receivedBy: shipment?.receivedBy ?? read.text(first, 'write_uid.name'),
    lines: moves.map((move) => ({
      orderLineNumber: position(move)?.lineNumber ?? 0,
      itemLocalId: read.code(move, 'product.'),
      quantity: {
        value: movedQuantity(move).toFixed(),
        unit: unitCode(read.words(move, 'uom.symbol')),
      },
    })),
    changedAt: latest(...moves.map(read.changedAt)),
  };
};

/** Receipts are movements of goods that are done and belong to an order's line; a shipment holds those that came together. */
export const trytonReceipts = (client: TrytonClient): Receipts => ({
  changedSince: async (cursor, call) => {
    const done = [
      ['origin', 'like', 'purchase.line,%'],
      ['state', '=', 'done'],
    ];
    const where = [...done, ...changedSince(sinceOf(cursor))];
    const changed = await client.find({ model: 'stock.move', where, fields: moveFields }, call);
    const held = [...new Set(changed.flatMap((move) => read.text(move, 'shipment') ?? []))];
    // A shipment whose goods were booked in two goes is read whole.
    const together = await client.find(
      { model: 'stock.move', where: [...done, ['shipment', 'in', held]], fields: moveFields },
      call,
    );
    const moves = new Map([...changed, ...together].map((move) => [read.id(move), move]));
    const all = [...moves.values()];
    const [positions, shipments] = await Promise.all([
      positionsOf(client, all, call),
      readShipments(client, held, call),
    ]);
    const groups = Map.groupBy(all, (move) => {
      const order = positions.get(orderLineOf(read.text(move, 'origin')) ?? -1)?.orderId;
      return `${read.text(move, 'shipment') ?? `stock.move,${read.id(move)}`}/${order}`;
    });
    const records = [...groups.values()].flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : toReceipt([first, ...rest], positions, shipments.get(read.text(first, 'shipment') ?? '')),
    );
    return changesOf(records, cursor);
  },
});
