import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import type { Client } from './client.ts';
import { decimal, type Entity, text } from './entity.ts';
import { anyOf, chunks } from './query.ts';

/** What has happened to one line of an order since it was placed. */
export interface LineHistory {
  readonly received: Decimal;
  readonly invoiced: Decimal;
  readonly invoicedAmount: Decimal;
}

/** Histories by order and item number, see `lineKey`. */
export type OrderHistory = ReadonlyMap<string, LineHistory>;

export const lineKey = (order: string, item: string): string => `${order}/${item}`;

const untouched: LineHistory = {
  received: new Decimal(0),
  invoiced: new Decimal(0),
  invoicedAmount: new Decimal(0),
};

export const historyOf = (history: OrderHistory, item: Entity): LineHistory =>
  history.get(lineKey(text(item, 'PurchaseOrder'), text(item, 'PurchaseOrderItem'))) ?? untouched;

// 101 receipt, 123 re-delivery; 102, 122, 124 and 161 take goods back. The quantity itself is never negative.
const sign: Readonly<Record<string, 1 | -1>> = {
  101: 1,
  123: 1,
  162: 1,
  102: -1,
  122: -1,
  124: -1,
  161: -1,
};

/** How much a goods movement adds to what was received; negative when it takes back, zero for movements inside the warehouse. */
export const receivedBy = (movement: Entity): Decimal =>
  decimal(movement, 'QuantityInEntryUnit').times(sign[text(movement, 'GoodsMovementType')] ?? 0);

const listOfOrders = async (
  client: Client,
  source: { service: string; path: string },
  question: { orders: readonly string[]; call: Call },
): Promise<Entity[]> => {
  const pages = await Promise.all(
    chunks(question.orders).map((group) =>
      client.list(source, { filter: anyOf('PurchaseOrder', group) }, question.call),
    ),
  );
  return pages.flat();
};

/** Receipts and invoices of these orders: the order itself does not carry them. */
export const readHistory = async (
  client: Client,
  orders: readonly string[],
  call: Call,
): Promise<OrderHistory> => {
  const [movements, bills] = await Promise.all([
    listOfOrders(
      client,
      { service: 'API_MATERIAL_DOCUMENT_SRV', path: 'A_MaterialDocumentItem' },
      { orders, call },
    ),
    listOfOrders(
      client,
      { service: 'API_SUPPLIERINVOICE_PROCESS_SRV', path: 'A_SuplrInvcItemPurOrdRef' },
      { orders, call },
    ),
  ]);
  const history = new Map<string, LineHistory>();
  const add = (record: Entity, change: Partial<LineHistory>): void => {
    const key = lineKey(text(record, 'PurchaseOrder'), text(record, 'PurchaseOrderItem'));
    const known = history.get(key) ?? untouched;
    history.set(key, {
      received: known.received.plus(change.received ?? 0),
      invoiced: known.invoiced.plus(change.invoiced ?? 0),
      invoicedAmount: known.invoicedAmount.plus(change.invoicedAmount ?? 0),
    });
  };
  for (const movement of movements) add(movement, { received: receivedBy(movement) });
  for (const bill of bills)
    add(bill, {
      invoiced: decimal(bill, 'QuantityInPurchaseOrderUnit'),
      invoicedAmount: decimal(bill, 'SupplierInvoiceItemAmount'),
    });
  return history;
};
