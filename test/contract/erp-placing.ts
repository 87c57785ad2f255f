import { describe, expect, test } from '@jest/globals';
import { SystemRefused } from '../../platform/system-error.ts';
import { type ErpStage, equal, failureOf, within } from './erp-subject.ts';

/** Placing an order, once, whatever is repeated. */
export const placingContract = ({ subject, newOrder, newReference, place }: ErpStage) => {
  describe('placing an order', () => {
    test('issues one order that reads back as it was asked for', async () => {
      const order = newOrder();
      const placed = await place(order);
      expect(placed).toMatchObject({
        reference: order.reference,
        supplierLocalId: order.supplierLocalId,
        status: 'ISSUED',
        currency: order.currency,
      });
      expect(placed.lines.map(({ lineNumber }) => lineNumber)).toEqual([1, 2]);
      placed.lines.forEach((line, index) => {
        const asked = order.lines[index];
        expect(line.itemLocalId).toBe(asked?.itemLocalId);
        expect(line.quantity.unit).toBe(asked?.quantity.unit);
        expect(equal(line.quantity.value, asked?.quantity.value ?? 'NaN')).toBe(true);
        expect(equal(line.unitPrice.amount, asked?.unitPrice.amount ?? 'NaN')).toBe(true);
        expect(equal(line.receivedQuantity.value, '0')).toBe(true);
        expect(equal(line.invoicedQuantity.value, '0')).toBe(true);
      });
      expect(equal(placed.total.amount, '130')).toBe(true);
      expect(await subject().ordersOf(order.reference)).toEqual([placed.number]);
    });

    test('is found by our reference and by its own id; what is not there is null', async () => {
      const order = newOrder();
      const placed = await place(order);
      const { purchaseOrders } = subject().erp;
      expect(await purchaseOrders.findByReference(order.reference, within(20_000))).toEqual(placed);
      expect(await purchaseOrders.byLocalId(placed.localId, within(20_000))).toEqual(placed);
      expect(await purchaseOrders.findByReference(newReference(), within(20_000))).toBeNull();
      expect(
        await purchaseOrders.byLocalId(subject().sample.unknown.order, within(20_000)),
      ).toBeNull();
    });

    test('twice gives the same order', async () => {
      const order = newOrder();
      const first = await place(order);
      expect(await place(order)).toEqual(first);
      expect(await subject().ordersOf(order.reference)).toEqual([first.number]);
    });

    test('five times at once gives one order', async () => {
      const order = newOrder();
      const placed = await Promise.all(Array.from({ length: 5 }, () => place(order)));
      expect(new Set(placed.map(({ number }) => number)).size).toBe(1);
      expect(await subject().ordersOf(order.reference)).toHaveLength(1);
    });

    test('finishes one that an earlier attempt left half made', async () => {
      const order = newOrder();
      await subject().halfMake(order);
      expect(await subject().ordersOf(order.reference)).toHaveLength(1);
      const placed = await place(order);
      expect(placed.status).toBe('ISSUED');
      expect(placed.lines).toHaveLength(2);
      expect(await subject().ordersOf(order.reference)).toEqual([placed.number]);
    });

    test('with a supplier that the source does not know is refused, and nothing is booked', async () => {
      const order = newOrder({ supplierLocalId: subject().sample.unknown.supplier });
      const failure = await failureOf(place(order));
      expect(failure).toBeInstanceOf(SystemRefused);
      expect(String(failure)).toContain(subject().sample.unknown.supplier);
      expect((failure as SystemRefused).retryable).toBe(false);
      expect(await subject().ordersOf(order.reference)).toEqual([]);
    });

    test('with a cost centre that the source does not know is refused, and nothing is issued', async () => {
      const order = newOrder({ costCenterLocalId: subject().sample.unknown.costCenter });
      expect(await failureOf(place(order))).toBeInstanceOf(SystemRefused);
      const found = await subject().erp.purchaseOrders.findByReference(
        order.reference,
        within(20_000),
      );
      expect(found?.status ?? 'none').not.toBe('ISSUED');
    });
  });
};
