import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type { LocalOrder, NewOrder, PurchaseOrders } from '../../subgraphs/procurement/ports.ts';
import { changedOrderIds } from './changed-orders.ts';
import type { TrytonClient } from './client.ts';
import { changesOf, sinceOf } from './feed.ts';
import { newOrderValues } from './new-order.ts';
import { readOrders } from './order-documents.ts';
import { read } from './row.ts';

const model = 'purchase.purchase';

/** The button that leads on from each state; `confirm` usually runs on to `processing` by itself. */
const next: Readonly<Record<string, string>> = {
  draft: 'quote',
  quotation: 'confirm',
  confirmed: 'process',
};

interface Held {
  readonly id: number;
  readonly state: string;
}

const refused = (client: TrytonClient, message: string): SystemRefused =>
  new SystemRefused(`${client.system} ${message}`, {
    system: client.system,
    operation: 'place order',
    kind: 'permanent',
  });

/** Documents with our reference that were not cancelled, oldest first. Tryton accepts the same reference twice. */
const heldUnder = async (
  client: TrytonClient,
  reference: string,
  call: Call,
): Promise<readonly Held[]> => {
  const company = await client.company(call);
  const rows = await client.find(
    {
      model,
      where: [
        ['reference', '=', reference],
        ['company', '=', company.id],
      ],
      fields: ['state'],
    },
    call,
  );
  const held = rows.map((row) => ({ id: read.id(row), state: read.words(row, 'state') }));
  const living = held.filter(({ state }) => state !== 'cancelled');
  return living.length === 0 ? held.slice(-1) : living;
};

const stateOf = async (client: TrytonClient, id: number, call: Call): Promise<string> => {
  const [row] = await client.find({ model, where: [['id', '=', id]], fields: ['state'] }, call);
  if (row === undefined) throw refused(client, `no longer holds the order #${id}.`);
  return read.words(row, 'state');
};

/** Leads a drafted order on until it binds. The state is read again after every step: a step that is not allowed is ignored in silence. */
const finish = async (client: TrytonClient, held: Held, call: Call): Promise<void> => {
  let { state } = held;
  for (let button = next[state]; button !== undefined; button = next[state]) {
    await client.press({ model, name: button, ids: [held.id] }, call);
    const before = state;
    state = await stateOf(client, held.id, call);
    if (state === before)
      throw new SystemUnavailable(
        `${client.system} ignored "${button}" on the order #${held.id}: it is still ${state}.`,
        { system: client.system, operation: `${model}.${button}`, kind: 'transient' },
      );
  }
};

/** Two processes, or a create whose answer was lost and that came through late, may have made two drafts. The one that is furthest on
    stays, the oldest among equals; the other drafts are cancelled. Throws when more than one binds already: a person must decide. */
const settle = async (
  client: TrytonClient,
  held: readonly Held[],
  call: Call,
): Promise<Held | null> => {
  const binding = held.filter(({ state }) => next[state] === undefined || state === 'confirmed');
  if (binding.length > 1)
    throw refused(
      client,
      `holds ${binding.length} orders under one reference: ${binding.map(({ id }) => `#${id}`).join(', ')}. Cancel all but one.`,
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

const differs = (wanted: NewOrder, held: LocalOrder): boolean =>
  wanted.supplierLocalId !== held.supplierLocalId ||
  wanted.currency !== held.currency ||
  wanted.lines.length !== held.lines.length ||
  wanted.lines.some((line, index) => {
    const other = held.lines[index];
    return (
      other === undefined ||
      line.itemLocalId !== other.itemLocalId ||
      line.quantity.unit !== other.quantity.unit ||
      !new Decimal(line.quantity.value).equals(other.quantity.value) ||
      !new Decimal(line.unitPrice.amount).equals(other.unitPrice.amount)
    );
  });

const placeOnce = async (
  client: TrytonClient,
  order: NewOrder,
  call: Call,
): Promise<LocalOrder> => {
  let held = await heldUnder(client, order.reference, call);
  if (held.length === 0) {
    await client.create(model, [await newOrderValues(client, order, call)], call);
    held = await heldUnder(client, order.reference, call);
  }
  const kept = await settle(client, held, call);
  if (kept === null) throw refused(client, `lost the order ${order.reference} that it had made.`);
  const [found] = await readOrders(client, [['id', '=', kept.id]], call);
  if (found === undefined) throw refused(client, `no longer holds the order #${kept.id}.`);
  if (found.status === 'CANCELLED')
    throw refused(client, `holds the order ${order.reference}, but somebody cancelled it.`);
  if (differs(order, found))
    throw refused(
      client,
      `holds the order ${order.reference} with other lines, prices or supplier than asked for.`,
    );
  if (found.status === 'ISSUED' || found.status === 'CLOSED') return found;
  await finish(client, kept, call);
  const [issued] = await readOrders(client, [['id', '=', kept.id]], call);
  if (issued === undefined) throw refused(client, `no longer holds the order #${kept.id}.`);
  return issued;
};

/** Purchases of Tryton. Nothing there makes a create happen once, so our reference is looked up before and after it. */
export const trytonPurchaseOrders = (client: TrytonClient): PurchaseOrders => {
  const placing = new Map<string, Promise<unknown>>();

  return {
    findByReference: async (reference, call) => {
      const held = await heldUnder(client, reference, call);
      if (held.length > 1)
        throw refused(client, `holds ${held.length} orders under the reference ${reference}.`);
      const [only] = held;
      if (only === undefined) return null;
      const [order] = await readOrders(client, [['id', '=', only.id]], call);
      return order ?? null;
    },

    place: async (order, call) => {
      // One at a time per reference in this process; each caller then looks for itself, within its own deadline.
      const before = placing.get(order.reference) ?? Promise.resolve();
      const mine = before.catch(() => undefined).then(() => placeOnce(client, order, call));
      placing.set(order.reference, mine);
      try {
        return await mine;
      } finally {
        if (placing.get(order.reference) === mine) placing.delete(order.reference);
      }
    },

    byLocalId: async (localId, call) => {
      const id = Number(localId);
      if (!Number.isSafeInteger(id)) return null;
      const [order] = await readOrders(client, [['id', '=', id]], call);
      return order ?? null;
    },

    changedSince: async (cursor, call) => {
      const company = await client.company(call);
      const since = sinceOf(cursor);
      const changed =
        since === null ? [] : [['id', 'in', await changedOrderIds(client, since, call)]];
      const orders = await readOrders(client, [['company', '=', company.id], ...changed], call);
      return changesOf(orders, cursor);
    },
  };
};
