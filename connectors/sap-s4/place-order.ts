import type { Call } from '../../platform/call.ts';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type { LocalOrder, NewOrder } from '../../subgraphs/procurement/ports.ts';
import type { Client } from './client.ts';
import { type Entity, flag, text } from './entity.ts';
import { orderBody, type Purchasing } from './order-body.ts';
import { quote } from './query.ts';
import { orderSource, readOrders, statusOf, withItems } from './read-orders.ts';

/** The system that an order is placed in. */
export interface Buying {
  readonly client: Client;
  readonly system: string;
  readonly purchasing: Purchasing;
}

const refused = (system: string, words: string): SystemRefused =>
  new SystemRefused(`${system}: ${words}`, { system, operation: 'place order', kind: 'permanent' });

/** The one order that carries our reference, with its items; null when there is none. */
export const findOrder = async (
  { client, system }: Pick<Buying, 'client' | 'system'>,
  reference: string,
  call: Call,
): Promise<Entity | null> => {
  const filter = `CorrespncExternalReference eq ${quote(reference)}`;
  const found = await client.list(orderSource, { ...withItems, filter }, call);
  if (found.length > 1)
    throw refused(
      system,
      `orders ${found.map((order) => text(order, 'PurchaseOrder')).join(', ')} all carry the reference ${reference}.`,
    );
  return found[0] ?? null;
};

const address = (number: string): string => `A_PurchaseOrder(${quote(number)})`;

const reread = async (buying: Buying, number: string, call: Call): Promise<Entity> => {
  const order = await buying.client.one({ ...orderSource, path: address(number) }, withItems, call);
  if (order === null)
    throw new SystemUnavailable(`${buying.system}: order ${number} cannot be read back.`, {
      system: buying.system,
      operation: 'place order',
      kind: 'transient',
    });
  return order;
};

const etagOf = (order: Entity): string => {
  const metadata = order['__metadata'];
  const known = typeof metadata === 'object' && metadata !== null && 'etag' in metadata;
  return known && typeof metadata.etag === 'string' ? metadata.etag : '*';
};

const create = async (buying: Buying, order: NewOrder, call: Call): Promise<Entity> => {
  const { client, system, purchasing } = buying;
  const body = orderBody(order, { system, purchasing });
  try {
    const created = await client.write(
      { service: orderSource.service, path: 'A_PurchaseOrder', method: 'POST', body },
      call,
    );
    if (created !== null) return await reread(buying, text(created, 'PurchaseOrder'), call);
  } catch (error) {
    // The answer was lost, not necessarily the order: only the system's books can tell.
    if (!(error instanceof SystemUnavailable) || error.kind !== 'ambiguous') throw error;
    const found = await findOrder(buying, order.reference, call);
    if (found === null) throw error;
    return found;
  }
  throw new SystemUnavailable(`${system}: the created order was not answered.`, {
    system,
    operation: 'place order',
    kind: 'ambiguous',
  });
};

const takeOffHold = async (buying: Buying, order: Entity, call: Call): Promise<Entity> => {
  const number = text(order, 'PurchaseOrder');
  await buying.client.write(
    {
      service: orderSource.service,
      path: address(number),
      method: 'MERGE',
      body: { PurchasingCompletenessStatus: false },
      etag: etagOf(order),
    },
    call,
  );
  // 204 does not say that the field was taken over.
  return reread(buying, number, call);
};

const finish = async (buying: Buying, order: Entity, call: Call): Promise<LocalOrder> => {
  const complete = flag(order, 'PurchasingCompletenessStatus')
    ? await takeOffHold(buying, order, call)
    : order;
  const number = text(complete, 'PurchaseOrder');
  const status = statusOf(complete);
  if (status === 'CANCELLED') throw refused(buying.system, `order ${number} was cancelled there.`);
  if (status === 'DRAFT')
    throw refused(buying.system, `order ${number} waits there to be completed or released.`);
  const [local] = await readOrders(buying.client, [complete], call);
  if (local === undefined) throw new Error(`Order ${number} was lost between two reads.`);
  return local;
};

/** Looks up, creates when there is none, takes it off hold, reads it back. An order waiting for release there is refused with its number. */
export const placeOrder = async (
  buying: Buying,
  order: NewOrder,
  call: Call,
): Promise<LocalOrder> => {
  const known = await findOrder(buying, order.reference, call);
  return finish(buying, known ?? (await create(buying, order, call)), call);
};
