import { describe, expect, test } from '@jest/globals';
import { Decimal } from 'decimal.js';
import { SystemRefused } from '../../platform/system-error.ts';
import { type ErpStage, equal, failureOf, within } from './erp-subject.ts';

/** Receipts, bills, the ledger and stock after an order was placed. */
export const documentsContract = ({ subject, newOrder, place }: ErpStage) => {
  const position = () =>
    subject().erp.ledger.position(
      {
        localId: subject().sample.costCenter.localId,
        fiscalYear: subject().sample.actual.fiscalYear,
      },
      within(20_000),
    );
  describe('what happens to an order', () => {
    test('a partial receipt appears in the receipts and in the order, though the order itself did not change', async () => {
      const { purchaseOrders, receipts } = subject().erp;
      const placed = await place(newOrder());
      const orders = await purchaseOrders.changedSince(null, within(20_000));
      const before = await receipts.changedSince(null, within(20_000));
      await subject().receive(placed.number, [{ lineNumber: 2, quantity: '150' }]);

      const after = await receipts.changedSince(before.cursor, within(20_000));
      const mine = after.records.filter(({ orderLocalId }) => orderLocalId === placed.localId);
      expect(mine).toHaveLength(1);
      expect(mine[0]?.lines.map(({ orderLineNumber }) => orderLineNumber)).toEqual([2]);
      expect(equal(mine[0]?.lines[0]?.quantity.value ?? 'NaN', '150')).toBe(true);

      const changed = await purchaseOrders.changedSince(orders.cursor, within(20_000));
      const order = changed.records.find(({ localId }) => localId === placed.localId);
      expect(order?.status).toBe('ISSUED');
      expect(
        order?.lines.map(({ receivedQuantity }) => new Decimal(receivedQuantity.value).toFixed()),
      ).toEqual(['0', '150']);
    });

    test('more goods than ordered are reported as they were booked', async () => {
      const placed = await place(newOrder());
      await subject().receive(placed.number, [{ lineNumber: 1, quantity: '10' }]);
      await subject().receive(placed.number, [{ lineNumber: 1, quantity: '3' }]);
      const order = await subject().erp.purchaseOrders.byLocalId(placed.localId, within(20_000));
      expect(equal(order?.lines[0]?.receivedQuantity.value ?? 'NaN', '13')).toBe(true);
    });

    test('a bill appears in the invoices with its order, line and price, and in the order', async () => {
      const { invoices, purchaseOrders } = subject().erp;
      const placed = await place(newOrder());
      await subject().receive(placed.number, [{ lineNumber: 1, quantity: '4' }]);
      const number = `RE${placed.number}`.slice(0, 16);
      await subject().invoice(placed.number, {
        number,
        lines: [{ lineNumber: 1, quantity: '4', unitPrice: '12.75' }],
      });
      const { records } = await invoices.changedSince(null, within(20_000));
      const mine = records.filter(({ orderLocalId }) => orderLocalId === placed.localId);
      expect(mine).toHaveLength(1);
      expect(mine[0]).toMatchObject({ number, supplierLocalId: subject().sample.supplier.localId });
      expect(equal(mine[0]?.total.amount ?? 'NaN', '51')).toBe(true);
      const line = mine[0]?.lines[0];
      expect(line?.orderLineNumber).toBe(1);
      expect(equal(line?.quantity.value ?? 'NaN', '4')).toBe(true);
      expect(equal(line?.unitPrice.amount ?? 'NaN', '12.75')).toBe(true);
      const order = await purchaseOrders.byLocalId(placed.localId, within(20_000));
      expect(equal(order?.lines[0]?.invoicedQuantity.value ?? 'NaN', '4')).toBe(true);
    });
  });

  describe('the ledger', () => {
    test('knows what was posted, and a new order binds exactly its total', async () => {
      const before = await position();
      expect(new Decimal(before.actual.amount).gte(subject().sample.actual.amount)).toBe(true);
      const placed = await place(newOrder());
      const after = await position();
      expect(
        new Decimal(after.openOrders.amount)
          .minus(before.openOrders.amount)
          .equals(placed.total.amount),
      ).toBe(true);
      expect(equal(after.actual.amount, before.actual.amount)).toBe(true);
      expect(after.openOrders.currency).toBe(subject().sample.currency);
    });

    test('refuses a cost centre that the source does not know, by its name', async () => {
      const { costCenter } = subject().sample.unknown;
      const failure = await failureOf(
        subject().erp.ledger.position({ localId: costCenter, fiscalYear: 2026 }, within(20_000)),
      );
      expect(failure).toBeInstanceOf(SystemRefused);
      expect(String(failure)).toContain(costCenter);
    });
  });

  describe('stock', () => {
    test('tells what lies there, and what is on order until it is received', async () => {
      const { sample, erp } = subject();
      const ofItem = async () =>
        (await erp.stock.atFacility(sample.facility, within(20_000))).find(
          ({ itemLocalId }) => itemLocalId === sample.item.localId,
        );
      const before = await ofItem();
      expect(before?.onHand.unit).toBe(sample.item.unit);
      expect(new Decimal(before?.onHand.value ?? 'NaN').gte(sample.item.onHand)).toBe(true);
      const placed = await place(newOrder());
      const ordered = await ofItem();
      expect(
        new Decimal(ordered?.onOrder.value ?? 'NaN').minus(before?.onOrder.value ?? '0').toFixed(),
      ).toBe('10');
      await subject().receive(placed.number, [{ lineNumber: 1, quantity: '6' }]);
      const received = await ofItem();
      expect(
        new Decimal(received?.onOrder.value ?? 'NaN').minus(before?.onOrder.value ?? '0').toFixed(),
      ).toBe('4');
    });
  });
};
