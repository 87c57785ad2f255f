import type { Call } from '../../platform/call.ts';
import type { LocalOrder, PurchaseOrders } from '../../subgraphs/procurement/ports.ts';
import { readChangedOrders } from './changed-orders.ts';
import { advance } from './cursor.ts';
import type { Entity } from './entity.ts';
import { type Buying, findOrder, placeOrder } from './place-order.ts';
import { quote } from './query.ts';
import { orderSource, readOrders, withItems } from './read-orders.ts';

/** Purchase orders; our reference is kept in CorrespncExternalReference ("Your Reference", 12 characters, searchable). */
export const purchaseOrders = (buying: Buying): PurchaseOrders => {
  const { client } = buying;
  // Two callers that place the same order at once share one look-up and one creation: the system itself would book both.
  const flights = new Map<string, Promise<LocalOrder>>();
  const local = async (order: Entity | null, call: Call): Promise<LocalOrder | null> =>
    order === null ? null : ((await readOrders(client, [order], call))[0] ?? null);
  return {
    findByReference: async (reference, call) =>
      local(await findOrder(buying, reference, call), call),
    byLocalId: async (localId, call) =>
      local(
        await client.one(
          { ...orderSource, path: `A_PurchaseOrder(${encodeURIComponent(quote(localId))})` },
          withItems,
          call,
        ),
        call,
      ),
    place: (order, call) => {
      const underway = flights.get(order.reference);
      if (underway !== undefined) return underway;
      const flight = placeOrder(buying, order, call).finally(() => flights.delete(order.reference));
      flights.set(order.reference, flight);
      return flight;
    },
    changedSince: async (cursor, call) => {
      const changed = await readChangedOrders(client, cursor, call);
      const records = await readOrders(client, changed, call);
      return {
        records,
        cursor: advance(
          cursor,
          records.map((record) => record.changedAt),
        ),
      };
    },
  };
};
