import type { LocalReceipt, Receipts } from '../../subgraphs/procurement/ports.ts';
import type { TrytonClient } from './client.ts';
import { changedSince, changesOf, earliest, latest, sinceOf } from './feed.ts';
import { movedQuantity, orderedLines } from './order-documents.ts';
import { type Row, read } from './row.ts';
import { unitCode } from './unit-code.ts';

const moveFields = [
  'origin',
  'origin.purchase.lines.type',
  'origin.purchase.lines.sequence',
  'shipment',
  'shipment.number',
  'shipment.write_uid.name',
  'quantity',
  'uom.symbol',
  'product.code',
  'from_location.type',
  'write_uid.name',
  'create_date',
  'write_date',
];

/** Our line number: the position in the document. */
const lineNumberOf = (move: Row): number => {
  const lines = orderedLines(read.children(move, 'origin.purchase.lines'));
  return lines.findIndex((line) => read.id(line) === read.id(move, 'origin.id')) + 1;
};

/** One receipt is what one shipment, or one lone movement, brought for one order. */
const receiptId = (move: Row): string =>
  `${read.text(move, 'shipment') ?? `stock.move,${read.id(move)}`}/${read.id(move, 'origin.purchase.id')}`;

const toReceipt = ([first, ...others]: readonly [Row, ...Row[]]): LocalReceipt => {
  const moves = [first, ...others];
  const shipment = read.text(first, 'shipment');
  return {
    localId: receiptId(first),
    number:
      (shipment === null ? null : read.text(first, 'shipment.number')) ?? `#${read.id(first)}`,
    orderLocalId: String(read.id(first, 'origin.purchase.id')),
    receivedAt: earliest(...moves.map(read.changedAt)),
    receivedBy: read.text(first, shipment === null ? 'write_uid.name' : 'shipment.write_uid.name'),
    lines: moves.map((move) => ({
      orderLineNumber: lineNumberOf(move),
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
    const model = 'stock.move';
    const done = [
      ['origin', 'like', 'purchase.line,%'],
      ['state', '=', 'done'],
    ];
    const where = [...done, ...changedSince(sinceOf(cursor))];
    const changed = await client.find({ model, where, fields: moveFields }, call);
    const held = [...new Set(changed.flatMap((move) => read.text(move, 'shipment') ?? []))];
    // A shipment whose goods were booked in two goes is read whole; a first reading has everything already.
    const together =
      cursor === null || held.length === 0
        ? []
        : await client.find(
            { model, where: [...done, ['shipment', 'in', held]], fields: moveFields },
            call,
          );
    const moves = new Map([...changed, ...together].map((move) => [read.id(move), move]));
    const groups = Map.groupBy(moves.values(), receiptId);
    const records = [...groups.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : toReceipt([first, ...others]),
    );
    return changesOf(records, cursor);
  },
});
