import { setTimeout as wait } from 'node:timers/promises';
import { type Ask, approveAll } from '../journeys/ask.ts';

interface Standing {
  readonly requisitions: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly status: string } }[];
  };
}

const standing = (ask: Ask): Promise<Standing> =>
  ask('ira', '{ requisitions(first: 200) { totalCount edges { node { status } } } }');

const allOrdered = ({ requisitions }: Standing, requests: number): boolean =>
  requisitions.totalCount >= requests &&
  requisitions.edges.every(({ node }) => node.status === 'ORDERED');

/** Approves what waits until every one of the requests is ordered; throws with how they stand when that takes too long. */
export const untilAllOrdered = async (ask: Ask, requests: number): Promise<void> => {
  const giveUpAt = Date.now() + 120_000;
  for (;;) {
    const now = await standing(ask).catch(() => null);
    if (now !== null && allOrdered(now, requests)) return;
    if (Date.now() > giveUpAt) throw new Error(`Not all is ordered: ${JSON.stringify(now)}`);
    await approveAll(ask).catch(() => 0);
    await wait(200);
  }
};

/** Every order that the hub knows, as the finance systems number them. */
export const countOrders = async (ask: Ask): Promise<number> => {
  const { purchaseOrders } = await ask<{ purchaseOrders: { totalCount: number } }>(
    'ira',
    '{ purchaseOrders(first: 1) { totalCount } }',
  );
  return purchaseOrders.totalCount;
};
