import type { Call } from '../../platform/call.ts';
import type { TrytonClient } from './client.ts';
import { changedSince } from './feed.ts';
import { read } from './row.ts';

/** Ids of the orders that a document of this kind hangs on, when it changed since. */
const ordersBehind = async (
  client: TrytonClient,
  question: {
    readonly model: string;
    readonly since: string;
    readonly children: readonly string[];
  },
  call: Call,
): Promise<readonly number[]> => {
  const rows = await client.find(
    {
      model: question.model,
      where: [
        ['origin', 'like', 'purchase.line,%'],
        ...changedSince(question.since, question.children),
      ],
      fields: ['origin.purchase'],
    },
    call,
  );
  return rows.flatMap((row) => read.link(row, 'origin.purchase') ?? []);
};

/** Ids of the orders that changed since, in themselves or by goods or bills: a partial receipt and a bill leave the order's own
    write_date as it was, so movements and invoices are asked as well. */
export const changedOrderIds = async (
  client: TrytonClient,
  since: string,
  call: Call,
): Promise<readonly number[]> => {
  const [own, moved, billed] = await Promise.all([
    client.find(
      { model: 'purchase.purchase', where: changedSince(since, ['lines']), fields: ['state'] },
      call,
    ),
    ordersBehind(client, { model: 'stock.move', since, children: [] }, call),
    ordersBehind(client, { model: 'account.invoice.line', since, children: ['invoice'] }, call),
  ]);
  return [...new Set([...own.map((row) => read.id(row)), ...moved, ...billed])];
};
