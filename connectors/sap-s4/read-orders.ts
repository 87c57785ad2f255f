import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import { money, roundMoney, sumMoney } from '../../platform/money.ts';
import type { LocalOrder, LocalOrderLine } from '../../subgraphs/procurement/ports.ts';
import type { Client } from './client.ts';
import { decimal, type Entity, flag, instant, related, text, textOrNull } from './entity.ts';
import { historyOf, type OrderHistory, readHistory } from './order-history.ts';
import { toUnitCode } from './unit-code.ts';

const isDeleted = (entity: Entity): boolean =>
  text(entity, 'PurchasingDocumentDeletionCode') !== '';

// Items come in no promised order; the position in the document is our line number.
const itemsOf = (order: Entity): Entity[] =>
  [...related(order, 'to_PurchaseOrderItem')].sort((a, b) =>
    text(a, 'PurchaseOrderItem').localeCompare(text(b, 'PurchaseOrderItem')),
  );

/** How an order stands. One that is on hold or waits for release is a draft: the supplier has not got it. */
export const statusOf = (order: Entity): LocalOrder['status'] => {
  const items = itemsOf(order);
  const living = items.filter((item) => !isDeleted(item));
  if (isDeleted(order) || (items.length > 0 && living.length === 0)) return 'CANCELLED';
  if (flag(order, 'PurchasingCompletenessStatus') || flag(order, 'ReleaseIsNotCompleted'))
    return 'DRAFT';
  const done = living.every(
    (item) => flag(item, 'IsCompletelyDelivered') && flag(item, 'IsFinallyInvoiced'),
  );
  return living.length > 0 && done ? 'CLOSED' : 'ISSUED';
};

// A price stands for NetPriceQuantity units: 12.50 per 1000 is 0.0125 each.
const unitPrice = (item: Entity): Decimal =>
  decimal(item, 'NetPriceAmount').dividedBy(Decimal.max(decimal(item, 'NetPriceQuantity'), 1));

const toLine = (item: Entity, position: number, history: OrderHistory): LocalOrderLine => {
  const unit = toUnitCode(text(item, 'PurchaseOrderQuantityUnit'));
  const { received, invoiced } = historyOf(history, item);
  return {
    lineNumber: position,
    localId: text(item, 'PurchaseOrderItem'),
    itemLocalId: textOrNull(item, 'Material'),
    description: text(item, 'PurchaseOrderItemText'),
    quantity: { value: decimal(item, 'OrderQuantity').toFixed(), unit },
    unitPrice: money(unitPrice(item), text(item, 'DocumentCurrency')),
    receivedQuantity: { value: received.toFixed(), unit },
    invoicedQuantity: { value: invoiced.toFixed(), unit },
  };
};

const totalOf = (order: Entity, currency: string): LocalOrder['total'] =>
  sumMoney(
    itemsOf(order)
      .filter((item) => !isDeleted(item))
      .map((item) =>
        roundMoney(money(unitPrice(item).times(decimal(item, 'OrderQuantity')), currency)),
      ),
    currency,
  );

const toOrder = (order: Entity, history: OrderHistory): LocalOrder => {
  const currency = text(order, 'DocumentCurrency');
  return {
    localId: text(order, 'PurchaseOrder'),
    number: text(order, 'PurchaseOrder'),
    reference: textOrNull(order, 'CorrespncExternalReference'),
    supplierLocalId: text(order, 'Supplier'),
    status: statusOf(order),
    currency,
    total: totalOf(order, currency),
    lines: itemsOf(order).map((item, index) => toLine(item, index + 1, history)),
    // Some orders carry no change time: then the day of their creation counts.
    changedAt:
      instant(order, 'LastChangeDateTime') ??
      instant(order, 'CreationDate') ??
      new Date(0).toISOString(),
  };
};

/** Where orders are read, with their items. */
export const orderSource = { service: 'API_PURCHASEORDER_PROCESS_SRV', path: 'A_PurchaseOrder' };
export const withItems = { expand: 'to_PurchaseOrderItem' };

/** The hub's view of these orders: what the system holds, and what was received and invoiced. */
export const readOrders = async (
  client: Client,
  orders: readonly Entity[],
  call: Call,
): Promise<readonly LocalOrder[]> => {
  const numbers = orders.map((order) => text(order, 'PurchaseOrder'));
  const history = await readHistory(client, numbers, call);
  return orders.map((order) => toOrder(order, history));
};
