import type { Call } from '../../platform/call.ts';
import type { Client } from './client.ts';
import { text } from './entity.ts';
import { lineKey } from './order-history.ts';
import { anyOf, chunks } from './query.ts';

/** Our line number (from 1, in the order of the document) of every item of these orders; the system counts in tens or however a purchaser typed it. */
export const readItemPositions = async (
  client: Client,
  orders: readonly string[],
  call: Call,
): Promise<ReadonlyMap<string, number>> => {
  const pages = await Promise.all(
    chunks(orders).map((group) =>
      client.list(
        { service: 'API_PURCHASEORDER_PROCESS_SRV', path: 'A_PurchaseOrderItem' },
        { filter: anyOf('PurchaseOrder', group), select: 'PurchaseOrder,PurchaseOrderItem' },
        call,
      ),
    ),
  );
  const numbers = pages
    .flat()
    .map((item) => [text(item, 'PurchaseOrder'), text(item, 'PurchaseOrderItem')] as const)
    .sort(([a, first], [b, second]) => a.localeCompare(b) || first.localeCompare(second));
  const positions = new Map<string, number>();
  let order = '';
  let position = 0;
  for (const [number, item] of numbers) {
    position = number === order ? position + 1 : 1;
    order = number;
    positions.set(lineKey(number, item), position);
  }
  return positions;
};
