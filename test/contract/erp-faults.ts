import { afterEach, describe, expect, test } from '@jest/globals';
import { SystemUnavailable } from '../../platform/system-error.ts';
import { type ErpStage, failureOf, untilDone, within } from './erp-subject.ts';

/** What the source may do to us, and what must hold all the same. */
export const faultsContract = ({ subject, newOrder, place }: ErpStage) => {
  describe('when the source misbehaves', () => {
    // A system that kept failing is left alone for a moment: the next test begins when it is called again.
    afterEach(async () => {
      subject().faults(null);
      await untilDone(() => subject().erp.costCenters.all(within(10_000)));
    });

    test('a commit whose answer is lost still ends in one order', async () => {
      const order = newOrder();
      subject().faults({ kind: 'commit-and-drop', rate: 1, seed: 1, onlyWrites: true });
      await failureOf(place(order));
      subject().faults(null);
      const placed = await untilDone(() => place(order));
      expect(placed.status).toBe('ISSUED');
      expect(await subject().ordersOf(order.reference)).toEqual([placed.number]);
    });

    test('a call that hangs ends at its deadline, and placing again ends in one order', async () => {
      const order = newOrder();
      subject().faults({ kind: 'hang', rate: 1, seed: 2, onlyWrites: true });
      const startedAt = Date.now();
      const failure = await failureOf(subject().erp.purchaseOrders.place(order, within(400)));
      expect(failure).toBeInstanceOf(SystemUnavailable);
      expect((failure as SystemUnavailable).retryable).toBe(true);
      expect(Date.now() - startedAt).toBeLessThan(2_000);
      subject().faults(null);
      const placed = await untilDone(() => place(order));
      expect(await subject().ordersOf(order.reference)).toEqual([placed.number]);
    });

    test('Retry-After is told and kept to by every caller of the system', async () => {
      subject().faults({ kind: 'throttle', rate: 1, seed: 3, retryAfterSeconds: 1 });
      const failure = await failureOf(subject().erp.costCenters.all(within(5_000)));
      const throttledAt = Date.now();
      expect(failure).toBeInstanceOf(SystemUnavailable);
      expect(failure).toMatchObject({ kind: 'throttled', retryAfterMs: 1000 });
      subject().faults(null);
      await subject().erp.suppliers.changedSince(null, within(5_000));
      expect(Date.now() - throttledAt).toBeGreaterThanOrEqual(900);
    });

    test('a 429 without Retry-After is throttling too', async () => {
      subject().faults({ kind: 'throttle', rate: 1, seed: 4, retryAfterSeconds: null });
      const failure = await failureOf(subject().erp.costCenters.all(within(5_000)));
      expect(failure).toBeInstanceOf(SystemUnavailable);
      expect(failure).toMatchObject({ kind: 'throttled' });
    });

    test('503 may be retried', async () => {
      subject().faults({ kind: 'unavailable', rate: 1, seed: 5 });
      const failure = await failureOf(subject().erp.costCenters.all(within(5_000)));
      expect(failure).toBeInstanceOf(SystemUnavailable);
      expect((failure as SystemUnavailable).retryable).toBe(true);
    });

    test('error pages of every kind may be retried, and a write is never done twice for them', async () => {
      subject().faults({ kind: 'error-body', rate: 1, seed: 6 });
      for (let answer = 0; answer < 4; answer += 1) {
        const failure = await failureOf(subject().erp.costCenters.all(within(5_000)));
        expect(failure).toBeInstanceOf(SystemUnavailable);
        expect((failure as SystemUnavailable).retryable).toBe(true);
      }
      const order = newOrder();
      subject().faults({ kind: 'error-body', rate: 0.5, seed: 7 });
      await untilDone(() => place(order));
      subject().faults(null);
      expect(await subject().ordersOf(order.reference)).toHaveLength(1);
    });

    test('twenty orders through a storm of lost answers, refusals and broken pages are twenty orders', async () => {
      subject().faults([
        { kind: 'commit-and-drop', rate: 0.3, seed: 8, onlyWrites: true },
        { kind: 'unavailable', rate: 0.1, seed: 9 },
        { kind: 'error-body', rate: 0.1, seed: 10 },
      ]);
      const orders = Array.from({ length: 20 }, () => newOrder());
      const placed = await Promise.all(orders.map((order) => untilDone(() => place(order), 200)));
      subject().faults(null);
      expect(new Set(placed.map(({ number }) => number)).size).toBe(20);
      for (const order of orders) expect(await subject().ordersOf(order.reference)).toHaveLength(1);
    }, 60_000);
  });
};
