import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type { LocalOrder, NewOrder, PurchaseOrders } from '../../subgraphs/procurement/ports.ts';
import { changedOrderIds } from './changed-orders.ts';
import type { Domain, TrytonClient } from './client.ts';
import { changesOf, sinceOf } from './feed.ts';
import { orderWriter } from './new-order.ts';
import { type HeldOrder, readOrders } from './order-documents.ts';

const model = 'purchase.purchase';

/** The button that leads on from each state; `confirm` usually runs on to `processing` by itself. */
const next: Readonly<Record<string, string>> = {
  draft: 'quote',
  quotation: 'confirm',
  confirmed: 'process',
};

const refused = (client: TrytonClient, message: string): SystemRefused =>
  new SystemRefused(`${client.system} ${message}`, {
    system: client.system,
    operation: 'place order',
    kind: 'permanent',
  });

const one = async (client: TrytonClient, where: Domain, call: Call): Promise<HeldOrder | null> =>
  (await readOrders(client, where, call))[0] ?? null;

/** Documents with our reference, oldest first; cancelled ones only when there are no others. Tryton accepts a reference twice. */
const heldUnder = async (
  client: TrytonClient,
  reference: string,
  call: Call,
): Promise<readonly HeldOrder[]> => {
  const company = await client.company(call);
  const where = [
    ['reference', '=', reference],
    ['company', '=', company.id],
  ];
  const held = await readOrders(client, where, call);
  const living = held.filter(({ state }) => state !== 'cancelled');
  return living.length === 0 ? held.slice(-1) : living;
};

/** Leads a drafted order on until it binds. It is read again after every step: one that is not allowed is ignored in silence. */
const finish = async (client: TrytonClient, held: HeldOrder, call: Call): Promise<LocalOrder> => {
  let current = held;
  for (let button = next[held.state]; button !== undefined; button = next[current.state]) {
    await client.press({ model, name: button, ids: [held.id] }, call);
    const after = await one(client, [['id', '=', held.id]], call);
    if (after === null) throw refused(client, `no longer holds the order #${held.id}.`);
    if (after.state === current.state)
      throw new SystemUnavailable(
        `${client.system} ignored "${button}" on the order #${held.id}: it is still ${after.state}.`,
        { system: client.system, operation: `${model}.${button}`, kind: 'transient' },
      );
    current = after;
  }
  return current.order;
};

/** Two processes, or a create whose answer was lost and that came through late, may have made two drafts. The one that is furthest on
    stays, the oldest among equals; the other drafts are removed. Throws when more than one binds already: a person must decide. */
const settle = async (
  client: TrytonClient,
  held: readonly HeldOrder[],
  call: Call,
): Promise<HeldOrder | null> => {
  const binding = held.filter(({ state }) => !['draft', 'quotation'].includes(state));
  if (binding.length > 1)
    throw refused(
      client,
      `holds ${binding.length} orders under one reference: ${binding.map(({ order }) => order.number).join(', ')}. Cancel all but one.`,
    );
  const kept = binding[0] ?? held[0];
  if (kept === undefined) return null;
  const spare = held.filter(({ id }) => id !== kept.id).map(({ id }) => id);
  if (spare.length > 0) {
    await client.press({ model, name: 'cancel', ids: spare }, call);
    await client.press({ model, name: 'delete', ids: spare }, call);
  }
  return kept;
};

const sameLine = (wanted: NewOrder['lines'][number], held: LocalOrder['lines'][number]): boolean =>
  wanted.itemLocalId === held.itemLocalId &&
  wanted.quantity.unit === held.quantity.unit &&
  new Decimal(wanted.quantity.value).equals(held.quantity.value) &&
  new Decimal(wanted.unitPrice.amount).equals(held.unitPrice.amount);

const sameOrder = (wanted: NewOrder, held: LocalOrder): boolean =>
  wanted.supplierLocalId === held.supplierLocalId &&
  wanted.currency === held.currency &&
  wanted.lines.length === held.lines.length &&
  wanted.lines.every((line, index) => {
    const other = held.lines[index];
    return other !== undefined && sameLine(line, other);
  });

type Write = ReturnType<typeof orderWriter>;

const placeOnce = async (
  { client, write }: { readonly client: TrytonClient; readonly write: Write },
  order: NewOrder,
  call: Call,
): Promise<LocalOrder> => {
  let held = await heldUnder(client, order.reference, call);
  if (held.length === 0) {
    await client.create(model, [await write(order, call)], call);
    held = await heldUnder(client, order.reference, call);
  }
  const kept = await settle(client, held, call);
  if (kept === null) throw refused(client, `lost the order ${order.reference} that it had made.`);
  if (kept.state === 'cancelled')
    throw refused(client, `holds the order ${order.reference}, but somebody cancelled it.`);
  // One that binds may have been amended since; a draft under our reference must still be what we asked for.
  if (next[kept.state] !== undefined && !sameOrder(order, kept.order))
    throw refused(
      client,
      `holds a draft ${order.reference} with another supplier, other lines or prices than asked for.`,
    );
  return await finish(client, kept, call);
};

/** Runs one at a time per key in this process, each within its own caller's deadline. */
const inTurn = () => {
  const running = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = running.get(key) ?? Promise.resolve();
    // Whether the one before succeeded does not matter: each looks for itself.
    const mine = before.then(work, work);
    running.set(key, mine);
    try {
      return await mine;
    } finally {
      if (running.get(key) === mine) running.delete(key);
    }
  };
};

/** Purchases of Tryton. Nothing there makes a create happen once, so our reference is looked up before and after it. */
export const trytonPurchaseOrders = (client: TrytonClient): PurchaseOrders => {
  const write = orderWriter(client);
  const turn = inTurn();
  return {
    findByReference: async (reference, call) => {
      const held = await heldUnder(client, reference, call);
      if (held.length > 1)
        throw refused(client, `holds ${held.length} orders under the reference ${reference}.`);
      return held[0]?.order ?? null;
    },
    place: (order, call) => turn(order.reference, () => placeOnce({ client, write }, order, call)),
    byLocalId: async (localId, call) => {
      const id = Number(localId);
      if (!Number.isSafeInteger(id)) return null;
      return (await one(client, [['id', '=', id]], call))?.order ?? null;
    },
    changedSince: async (cursor, call) => {
      const company = await client.company(call);
      const since = sinceOf(cursor);
      const changed =
        since === null ? [] : [['id', 'in', await changedOrderIds(client, since, call)]];
      const held = await readOrders(client, [['company', '=', company.id], ...changed], call);
      return changesOf(
        held.map(({ order }) => order),
        cursor,
      );
    },
  };
};
