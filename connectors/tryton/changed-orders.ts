import type { Call } from '../../platform/call.ts';
import type { TrytonClient } from './client.ts';
import { changedSince } from './feed.ts';
import { orderLineOf } from './order-documents.ts';
import { read } from './row.ts';

const linesOf = async (
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
      fields: ['origin'],
    },
    call,
  );
  return rows.flatMap((row) => orderLineOf(read.text(row, 'origin')) ?? []);
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
      { model: 'purchase.purchase', where: changedSince(since, ['lines']), fields: [] },
      call,
    ),
    linesOf(client, { model: 'stock.move', since, children: [] }, call),
    linesOf(client, { model: 'account.invoice.line', since, children: ['invoice'] }, call),
  ]);
  const lineIds = [...new Set([...moved, ...billed])];
  const lines = await client.find(
    { model: 'purchase.line', where: [['id', 'in', lineIds]], fields: ['purchase'] },
    call,
  );
  const ids = [...own.map((row) => read.id(row)), ...lines.map((row) => read.id(row, 'purchase'))];
  return [...new Set(ids)].toSorted((a, b) => a - b);
};
