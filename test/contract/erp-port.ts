import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type { LocalOrder, NewOrder } from '../../subgraphs/procurement/ports.ts';
import type { ConnectedErp } from '../../workflows/systems.ts';

/** What can be made to go wrong in a source; the same words for every sandbox. */
export interface ContractFault {
  readonly kind: 'commit-and-drop' | 'throttle' | 'unavailable' | 'hang' | 'slow' | 'error-body';
  readonly rate: number;
  readonly seed: number;
  readonly onlyWrites?: boolean;
  readonly retryAfterSeconds?: number | null;
}

/** What the source knows before the suite begins, in its own ids. */
export interface ErpSample {
  readonly currency: string;
  readonly facility: string;
  readonly supplier: {
    readonly localId: string;
    readonly name: string;
    readonly duns: string | null;
  };
  readonly item: {
    readonly localId: string;
    readonly gtin: string | null;
    readonly description: string;
    readonly catalogNumber: string | null;
    readonly unit: string;
    readonly onHand: string;
  };
  readonly otherItem: { readonly localId: string; readonly unit: string };
  readonly costCenter: { readonly localId: string; readonly name: string };
  /** Posted to the cost centre in the fiscal year. */
  readonly actual: { readonly fiscalYear: number; readonly amount: string };
  /** The price of `item` from `supplier`, valid today under a contract, and the last day of it. */
  readonly source: {
    readonly price: string;
    readonly contractNumber: string | null;
    readonly minimumQuantity: string | null;
    readonly validTo: string;
  };
  /** Ids that the source does not know. */
  readonly unknown: {
    readonly supplier: string;
    readonly costCenter: string;
    readonly order: string;
  };
}

/** One connector and the means to look behind it. */
export interface ErpUnderTest {
  readonly erp: ConnectedErp;
  readonly sample: ErpSample;
  /** The source's own books, not read through the connector. */
  readonly ordersOf: (reference: string) => Promise<readonly string[]> | readonly string[];
  /** A warehouse clerk books goods in. */
  readonly receive: (
    orderNumber: string,
    lines: readonly { lineNumber: number; quantity: string }[],
  ) => Promise<unknown> | unknown;
  /** A supplier's bill is entered. */
  readonly invoice: (
    orderNumber: string,
    bill: {
      number: string;
      lines: readonly { lineNumber: number; quantity: string; unitPrice: string }[];
    },
  ) => Promise<unknown> | unknown;
  /** An order as an earlier attempt left it: in the books, with our reference, not yet issued. */
  readonly halfMake: (order: NewOrder) => Promise<unknown>;
  readonly faults: (plan: ContractFault | readonly ContractFault[] | null) => void;
  readonly close: () => Promise<void>;
}

const within = (ms: number): Call => ({ signal: AbortSignal.timeout(ms) });
const equal = (a: string, b: string): boolean => new Decimal(a).equals(b);

/** Calls again as the durable layer does: only after failures that say they may be retried. */
const untilDone = async <T>(call: () => Promise<T>, attempts = 40): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof SystemUnavailable) || !error.retryable || attempt === attempts)
        throw error;
    }
  }
};

/** What every ERP connector promises, run unchanged on each of them, stand-in or real. A source that cannot be told to fail leaves the faults out. */
export const erpContract = (
  name: string,
  start: () => Promise<ErpUnderTest>,
  { withFaults = true }: { withFaults?: boolean } = {},
): void => {
  describe(`${name} as an ERP`, () => {
    let subject: ErpUnderTest;
    let count = 0;
    const faulty = withFaults ? test : test.skip;

    beforeAll(async () => {
      subject = await start();
    }, 120_000);
    afterEach(() => {
      if (withFaults) subject.faults(null);
    });
    afterAll(() => subject.close());

    const newReference = (): string => {
      count += 1;
      return `T${Date.now().toString(36).slice(-6)}${String(count).padStart(4, '0')}`.toUpperCase();
    };
    const newOrder = (change: Partial<NewOrder> = {}): NewOrder => {
      const { sample } = subject;
      return {
        reference: newReference(),
        supplierLocalId: sample.supplier.localId,
        facilityLocalId: sample.facility,
        costCenterLocalId: sample.costCenter.localId,
        currency: sample.currency,
        neededBy: '2026-12-24',
        lines: [
          {
            lineNumber: 1,
            itemLocalId: sample.item.localId,
            description: 'First line',
            quantity: { value: '10', unit: sample.item.unit },
            unitPrice: { amount: '12.5', currency: sample.currency },
          },
          {
            lineNumber: 2,
            itemLocalId: sample.otherItem.localId,
            description: 'Second line',
            quantity: { value: '400', unit: sample.otherItem.unit },
            unitPrice: { amount: '0.0125', currency: sample.currency },
          },
        ],
        ...change,
      };
    };
    const place = (order: NewOrder): Promise<LocalOrder> =>
      subject.erp.purchaseOrders.place(order, within(20_000));
    const position = () =>
      subject.erp.ledger.position(
        {
          localId: subject.sample.costCenter.localId,
          fiscalYear: subject.sample.actual.fiscalYear,
        },
        within(20_000),
      );
    const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'nothing was thrown',
        (error: unknown) => error,
      );

    describe('masters', () => {
      test('give every supplier at first, then only what changed or overlaps', async () => {
        const { supplier } = subject.sample;
        const first = await subject.erp.suppliers.changedSince(null, within(20_000));
        expect(first.records).toContainEqual(
          expect.objectContaining({ ...supplier, status: 'ACTIVE' }),
        );
        const again = await subject.erp.suppliers.changedSince(first.cursor, within(20_000));
        // Overlap is allowed, news is not: every record that comes again is the one already read.
        for (const record of again.records) expect(first.records).toContainEqual(record);
        expect(typeof again.cursor).toBe('string');
      });

      test('give every item with its whole description and base unit', async () => {
        const { onHand: _, ...item } = subject.sample.item;
        const first = await subject.erp.items.changedSince(null, within(20_000));
        expect(first.records).toContainEqual(expect.objectContaining(item));
        const again = await subject.erp.items.changedSince(first.cursor, within(20_000));
        for (const record of again.records) expect(first.records).toContainEqual(record);
      });

      test('name each record once within one read', async () => {
        const { records } = await subject.erp.items.changedSince(null, within(20_000));
        expect(new Set(records.map(({ localId }) => localId)).size).toBe(records.length);
      });

      test('give the cost centres', async () => {
        const all = await subject.erp.costCenters.all(within(20_000));
        expect(all).toContainEqual(
          expect.objectContaining({ ...subject.sample.costCenter, active: true }),
        );
      });
    });

    describe('approved sources', () => {
      test('give the price, contract and validity of a source that is valid', async () => {
        const { item, supplier, source, facility, currency } = subject.sample;
        const sources = await subject.erp.approvedSources.forItems(
          { itemLocalIds: [item.localId], facilityLocalId: facility, onDate: '2026-11-23' },
          within(20_000),
        );
        const found = sources.find(({ supplierLocalId }) => supplierLocalId === supplier.localId);
        expect(found).toMatchObject({
          itemLocalId: item.localId,
          contractNumber: source.contractNumber,
          validTo: source.validTo,
        });
        expect(equal(found?.unitPrice.amount ?? 'NaN', source.price)).toBe(true);
        expect(found?.unitPrice.currency).toBe(currency);
        expect(
          source.minimumQuantity === null
            ? found?.minimumQuantity === null
            : equal(found?.minimumQuantity?.value ?? 'NaN', source.minimumQuantity),
        ).toBe(true);
      });

      test('leave out a source on the day after its last', async () => {
        const { item, supplier, source, facility } = subject.sample;
        const next = new Date(Date.parse(source.validTo) + 86_400_000).toISOString().slice(0, 10);
        const sources = await subject.erp.approvedSources.forItems(
          { itemLocalIds: [item.localId], facilityLocalId: facility, onDate: next },
          within(20_000),
        );
        expect(
          sources.filter(({ supplierLocalId }) => supplierLocalId === supplier.localId),
        ).toEqual([]);
      });
    });

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
        expect(await subject.ordersOf(order.reference)).toEqual([placed.number]);
      });

      test('is found by our reference and by its own id; what is not there is null', async () => {
        const order = newOrder();
        const placed = await place(order);
        const { purchaseOrders } = subject.erp;
        expect(await purchaseOrders.findByReference(order.reference, within(20_000))).toEqual(
          placed,
        );
        expect(await purchaseOrders.byLocalId(placed.localId, within(20_000))).toEqual(placed);
        expect(await purchaseOrders.findByReference(newReference(), within(20_000))).toBeNull();
        expect(
          await purchaseOrders.byLocalId(subject.sample.unknown.order, within(20_000)),
        ).toBeNull();
      });

      test('twice gives the same order', async () => {
        const order = newOrder();
        const first = await place(order);
        expect(await place(order)).toEqual(first);
        expect(await subject.ordersOf(order.reference)).toEqual([first.number]);
      });

      test('five times at once gives one order', async () => {
        const order = newOrder();
        const placed = await Promise.all(Array.from({ length: 5 }, () => place(order)));
        expect(new Set(placed.map(({ number }) => number)).size).toBe(1);
        expect(await subject.ordersOf(order.reference)).toHaveLength(1);
      });

      test('finishes one that an earlier attempt left half made', async () => {
        const order = newOrder();
        await subject.halfMake(order);
        expect(await subject.ordersOf(order.reference)).toHaveLength(1);
        const placed = await place(order);
        expect(placed.status).toBe('ISSUED');
        expect(placed.lines).toHaveLength(2);
        expect(await subject.ordersOf(order.reference)).toEqual([placed.number]);
      });

      test('with a supplier that the source does not know is refused, and nothing is booked', async () => {
        const order = newOrder({ supplierLocalId: subject.sample.unknown.supplier });
        const failure = await failureOf(place(order));
        expect(failure).toBeInstanceOf(SystemRefused);
        expect(String(failure)).toContain(subject.sample.unknown.supplier);
        expect((failure as SystemRefused).retryable).toBe(false);
        expect(await subject.ordersOf(order.reference)).toEqual([]);
      });

      test('with a cost centre that the source does not know is refused, and nothing is issued', async () => {
        const order = newOrder({ costCenterLocalId: subject.sample.unknown.costCenter });
        expect(await failureOf(place(order))).toBeInstanceOf(SystemRefused);
        const found = await subject.erp.purchaseOrders.findByReference(
          order.reference,
          within(20_000),
        );
        expect(found?.status ?? 'none').not.toBe('ISSUED');
      });
    });

    describe('when the source misbehaves', () => {
      faulty('a commit whose answer is lost still ends in one order', async () => {
        const order = newOrder();
        subject.faults({ kind: 'commit-and-drop', rate: 1, seed: 1, onlyWrites: true });
        await failureOf(place(order));
        subject.faults(null);
        const placed = await untilDone(() => place(order));
        expect(placed.status).toBe('ISSUED');
        expect(await subject.ordersOf(order.reference)).toEqual([placed.number]);
      });

      faulty(
        'a call that hangs ends at its deadline, and placing again ends in one order',
        async () => {
          const order = newOrder();
          subject.faults({ kind: 'hang', rate: 1, seed: 2, onlyWrites: true });
          const startedAt = Date.now();
          const failure = await failureOf(subject.erp.purchaseOrders.place(order, within(400)));
          expect(failure).toBeInstanceOf(SystemUnavailable);
          expect((failure as SystemUnavailable).retryable).toBe(true);
          expect(Date.now() - startedAt).toBeLessThan(2_000);
          subject.faults(null);
          const placed = await untilDone(() => place(order));
          expect(await subject.ordersOf(order.reference)).toEqual([placed.number]);
        },
      );

      faulty('Retry-After is told and kept to by every caller of the system', async () => {
        subject.faults({ kind: 'throttle', rate: 1, seed: 3, retryAfterSeconds: 1 });
        const failure = await failureOf(subject.erp.costCenters.all(within(5_000)));
        const throttledAt = Date.now();
        expect(failure).toBeInstanceOf(SystemUnavailable);
        expect(failure).toMatchObject({ kind: 'throttled', retryAfterMs: 1000 });
        subject.faults(null);
        await subject.erp.suppliers.changedSince(null, within(5_000));
        expect(Date.now() - throttledAt).toBeGreaterThanOrEqual(900);
      });

      faulty('a 429 without Retry-After is throttling too', async () => {
        subject.faults({ kind: 'throttle', rate: 1, seed: 4, retryAfterSeconds: null });
        const failure = await failureOf(subject.erp.costCenters.all(within(5_000)));
        expect(failure).toBeInstanceOf(SystemUnavailable);
        expect(failure).toMatchObject({ kind: 'throttled' });
      });

      faulty('503 may be retried', async () => {
        subject.faults({ kind: 'unavailable', rate: 1, seed: 5 });
        const failure = await failureOf(subject.erp.costCenters.all(within(5_000)));
        expect(failure).toBeInstanceOf(SystemUnavailable);
        expect((failure as SystemUnavailable).retryable).toBe(true);
      });

      faulty(
        'error pages of every kind may be retried, and a write is never done twice for them',
        async () => {
          subject.faults({ kind: 'error-body', rate: 1, seed: 6 });
          for (let answer = 0; answer < 4; answer += 1) {
            const failure = await failureOf(subject.erp.costCenters.all(within(5_000)));
            expect(failure).toBeInstanceOf(SystemUnavailable);
            expect((failure as SystemUnavailable).retryable).toBe(true);
          }
          const order = newOrder();
          subject.faults({ kind: 'error-body', rate: 0.5, seed: 7 });
          await untilDone(() => place(order));
          subject.faults(null);
          expect(await subject.ordersOf(order.reference)).toHaveLength(1);
        },
      );

      faulty(
        'twenty orders through a storm of lost answers, refusals and broken pages are twenty orders',
        async () => {
          subject.faults([
            { kind: 'commit-and-drop', rate: 0.3, seed: 8, onlyWrites: true },
            { kind: 'unavailable', rate: 0.1, seed: 9 },
            { kind: 'error-body', rate: 0.1, seed: 10 },
          ]);
          const orders = Array.from({ length: 20 }, () => newOrder());
          const placed = await Promise.all(
            orders.map((order) => untilDone(() => place(order), 200)),
          );
          subject.faults(null);
          expect(new Set(placed.map(({ number }) => number)).size).toBe(20);
          for (const order of orders)
            expect(await subject.ordersOf(order.reference)).toHaveLength(1);
        },
        60_000,
      );
    });

    describe('what happens to an order', () => {
      test('a partial receipt appears in the receipts and in the order, though the order itself did not change', async () => {
        const { purchaseOrders, receipts } = subject.erp;
        const placed = await place(newOrder());
        const orders = await purchaseOrders.changedSince(null, within(20_000));
        const before = await receipts.changedSince(null, within(20_000));
        await subject.receive(placed.number, [{ lineNumber: 2, quantity: '150' }]);

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
        await subject.receive(placed.number, [{ lineNumber: 1, quantity: '10' }]);
        await subject.receive(placed.number, [{ lineNumber: 1, quantity: '3' }]);
        const order = await subject.erp.purchaseOrders.byLocalId(placed.localId, within(20_000));
        expect(equal(order?.lines[0]?.receivedQuantity.value ?? 'NaN', '13')).toBe(true);
      });

      test('a bill appears in the invoices with its order, line and price, and in the order', async () => {
        const { invoices, purchaseOrders } = subject.erp;
        const placed = await place(newOrder());
        await subject.receive(placed.number, [{ lineNumber: 1, quantity: '4' }]);
        const number = `RE${placed.number}`.slice(0, 16);
        await subject.invoice(placed.number, {
          number,
          lines: [{ lineNumber: 1, quantity: '4', unitPrice: '12.75' }],
        });
        const { records } = await invoices.changedSince(null, within(20_000));
        const mine = records.filter(({ orderLocalId }) => orderLocalId === placed.localId);
        expect(mine).toHaveLength(1);
        expect(mine[0]).toMatchObject({ number, supplierLocalId: subject.sample.supplier.localId });
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
        expect(new Decimal(before.actual.amount).gte(subject.sample.actual.amount)).toBe(true);
        const placed = await place(newOrder());
        const after = await position();
        expect(
          new Decimal(after.openOrders.amount)
            .minus(before.openOrders.amount)
            .equals(placed.total.amount),
        ).toBe(true);
        expect(equal(after.actual.amount, before.actual.amount)).toBe(true);
        expect(after.openOrders.currency).toBe(subject.sample.currency);
      });

      test('refuses a cost centre that the source does not know, by its name', async () => {
        const { costCenter } = subject.sample.unknown;
        const failure = await failureOf(
          subject.erp.ledger.position({ localId: costCenter, fiscalYear: 2026 }, within(20_000)),
        );
        expect(failure).toBeInstanceOf(SystemRefused);
        expect(String(failure)).toContain(costCenter);
      });
    });

    describe('stock', () => {
      test('tells what lies there, and what is on order until it is received', async () => {
        const { sample, erp } = subject;
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
          new Decimal(ordered?.onOrder.value ?? 'NaN')
            .minus(before?.onOrder.value ?? '0')
            .toFixed(),
        ).toBe('10');
        await subject.receive(placed.number, [{ lineNumber: 1, quantity: '6' }]);
        const received = await ofItem();
        expect(
          new Decimal(received?.onOrder.value ?? 'NaN')
            .minus(before?.onOrder.value ?? '0')
            .toFixed(),
        ).toBe('4');
      });
    });
  });
};
