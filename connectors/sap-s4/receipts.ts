import type { LocalReceipt, Receipts } from '../../subgraphs/procurement/ports.ts';
import type { Client } from './client.ts';
import { advance, sinceDay } from './cursor.ts';
import { dayAndTime, type Entity, related, text, textOrNull } from './entity.ts';
import { readItemPositions } from './item-positions.ts';
import { lineKey, receivedBy } from './order-history.ts';
import { dayLiteral } from './query.ts';
import { toUnitCode } from './unit-code.ts';

type Positions = ReadonlyMap<string, number>;

const orderMovements = (document: Entity): Entity[] =>
  related(document, 'to_MaterialDocumentItem').filter(
    (movement) => text(movement, 'PurchaseOrder') !== '' && !receivedBy(movement).isZero(),
  );

const toLine = (movement: Entity, positions: Positions): LocalReceipt['lines'][number] => ({
  orderLineNumber:
    positions.get(lineKey(text(movement, 'PurchaseOrder'), text(movement, 'PurchaseOrderItem'))) ??
    0,
  itemLocalId: textOrNull(movement, 'Material'),
  quantity: {
    value: receivedBy(movement).toFixed(),
    unit: toUnitCode(text(movement, 'EntryUnit')),
  },
});

// A material document may book goods of several orders: each order gets a receipt of its own.
const toReceipts = (document: Entity, positions: Positions): LocalReceipt[] => {
  const byOrder = Map.groupBy(orderMovements(document), (movement) =>
    text(movement, 'PurchaseOrder'),
  );
  const at = dayAndTime(document, 'CreationDate', 'CreationTime') ?? new Date(0).toISOString();
  const number = text(document, 'MaterialDocument');
  return [...byOrder].map(([order, movements]) => ({
    localId: `${text(document, 'MaterialDocumentYear')}/${number}/${order}`,
    number,
    orderLocalId: order,
    receivedAt: at,
    receivedBy: textOrNull(document, 'CreatedByUser'),
    lines: movements.map((movement) => toLine(movement, positions)),
    changedAt: at,
  }));
};

/** Material documents that book goods for orders, or take them back. Documents are never changed, only reversed by another. */
export const receipts = (client: Client): Receipts => ({
  changedSince: async (cursor, call) => {
    const since = sinceDay(cursor);
    const documents = await client.list(
      { service: 'API_MATERIAL_DOCUMENT_SRV', path: 'A_MaterialDocumentHeader' },
      {
        expand: 'to_MaterialDocumentItem',
        ...(since === null ? {} : { filter: `CreationDate ge ${dayLiteral(since)}` }),
      },
      call,
    );
    const orders = documents
      .flatMap(orderMovements)
      .map((movement) => text(movement, 'PurchaseOrder'));
    const positions = await readItemPositions(client, orders, call);
    const records = documents.flatMap((document) => toReceipts(document, positions));
    return {
      records,
      cursor: advance(
        cursor,
        records.map((record) => record.changedAt),
      ),
    };
  },
});
