import { describe, expect, test } from '@jest/globals';
import { SystemRefused } from '../../platform/system-error.ts';
import { type ErpStage, failureOf, within } from './erp-subject.ts';

/** What people do in Tryton's own window, by its own procedures. */
export interface TrytonWindow {
  readonly call: (method: string, ...params: readonly unknown[]) => Promise<unknown>;
}

const found = async (
  window: TrytonWindow,
  model: string,
  domain: readonly unknown[],
): Promise<readonly number[]> =>
  (await window.call(`model.${model}.search`, domain, 0, null, null)) as readonly number[];

/** What holds of a Tryton beyond the contract of every ERP; runs on the stand-in and on a real server. */
export const trytonContract = (stage: ErpStage, window: () => TrytonWindow): void => {
  const { subject, newOrder, place } = stage;
  describe('of Tryton alone', () => {
    test('a supplier that is archived comes as inactive, and back again', async () => {
      const { suppliers } = subject().erp;
      const ids = await found(window(), 'party.party', [['code', '=', 'V-1001']]);
      const statusOf = async () =>
        (await suppliers.changedSince(null, within(20_000))).records.find(
          ({ localId }) => localId === 'V-1001',
        )?.status;
      await window().call('model.party.party.write', ids, { active: false });
      expect(await statusOf()).toBe('INACTIVE');
      await window().call('model.party.party.write', ids, { active: true });
      expect(await statusOf()).toBe('ACTIVE');
    });

    test('of two drafts under one reference one is issued and the other removed', async () => {
      const order = newOrder();
      await subject().halfMake(order);
      await subject().halfMake(order);
      expect(await subject().ordersOf(order.reference)).toHaveLength(2);
      const placed = await place(order);
      expect(placed.status).toBe('ISSUED');
      expect(await subject().ordersOf(order.reference)).toEqual([placed.number]);
    });

    test('a price with more decimals than Tryton keeps is refused in its own words', async () => {
      const [line] = newOrder().lines;
      if (line === undefined) throw new Error('The order has no line.');
      const price = { amount: '1.23456', currency: subject().sample.currency };
      const order = newOrder({ lines: [{ ...line, unitPrice: price }] });
      const failure = await failureOf(place(order));
      expect(failure).toBeInstanceOf(SystemRefused);
      expect(String(failure)).toContain('number of digits');
      expect(await subject().ordersOf(order.reference)).toEqual([]);
    });

    test('an order that somebody cancelled is not placed again', async () => {
      const order = newOrder();
      await subject().halfMake(order);
      const ids = await found(window(), 'purchase.purchase', [['reference', '=', order.reference]]);
      await window().call('model.purchase.purchase.cancel', ids);
      expect(await failureOf(place(order))).toBeInstanceOf(SystemRefused);
      expect(await subject().ordersOf(order.reference)).toHaveLength(1);
    });

    test('a draft that differs from what we ask for is not issued', async () => {
      const order = newOrder();
      await subject().halfMake(order);
      const failure = await failureOf(place({ ...order, lines: order.lines.slice(0, 1) }));
      expect(failure).toBeInstanceOf(SystemRefused);
      expect(
        (await subject().erp.purchaseOrders.findByReference(order.reference, within(20_000)))
          ?.status,
      ).toBe('DRAFT');
    });
  });
};
