import { afterEach, expect, test } from '@jest/globals';
import type { LocalInvoice } from '../../subgraphs/erp/ports.ts';
import type { LocalReceipt } from '../../subgraphs/procurement/ports.ts';
import { wardRequest } from './fake-hospital.ts';
import { eventually, type HubUnderTest, maria, startHubUnderTest } from './hub-under-test.ts';

let hub: HubUnderTest;
afterEach(() => hub.close());

const at = (day: number) => `2026-11-${day}T10:00:00.000Z`;

const receipt = (localId: string, quantity: string): LocalReceipt => ({
  localId,
  number: localId,
  orderLocalId: '4500000001',
  receivedAt: at(24),
  receivedBy: null,
  lines: [{ orderLineNumber: 1, itemLocalId: 'M1', quantity: { value: quantity, unit: 'EA' } }],
  changedAt: at(24),
});

const invoice = (status: LocalInvoice['status'], day: number): LocalInvoice => ({
  localId: 'I1',
  number: 'INV-1',
  supplierLocalId: 'S1',
  orderLocalId: '4500000001',
  status,
  invoiceDate: '2026-11-25',
  total: { amount: '50.00', currency: 'USD' },
  lines: [
    {
      lineNumber: 1,
      orderLineNumber: 1,
      itemLocalId: 'M1',
      quantity: { value: '4', unit: 'EA' },
      unitPrice: { amount: '12.50', currency: 'USD' },
    },
  ],
  changedAt: at(day),
});

/** A small generator of its own with a fixed seed, so that a failure can be seen again. */
const shuffled = <T>(records: readonly T[], seed: number): T[] => {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return records
    .map((record) => ({ record, key: next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ record }) => record);
};

test.each([1, 2, 3])(
  'receipts and invoices that come early, twice and in any order (seed %i) lead to the same order',
  async (seed) => {
    hub = await startHubUnderTest();
    const receipts = [receipt('R1', '7'), receipt('R2', '5'), receipt('R3', '-2')];
    const invoices = [invoice('RECEIVED', 25), invoice('PAID', 26)];
    // Half of it is told before the order is even placed.
    hub.erp.receipts = shuffled([...receipts, ...receipts], seed).slice(0, 3);
    hub.erp.invoices = shuffled([...invoices, ...invoices], seed).slice(0, 2);
    hub.wards.documents.push(wardRequest({ localId: 'a' }));
    const { id, version } = await hub.requisitionThat('PENDING_APPROVAL');
    await hub.workflows.approvals.approve({ requisitionId: id, version, comment: null }, maria);
    await hub.orderThat(() => true);
    hub.erp.receipts = shuffled([...receipts, ...receipts], seed + 10);
    hub.erp.invoices = shuffled([...invoices, ...invoices], seed + 10);
    const order = await hub.orderThat((each) => each.receiptStatus === 'FULL');
    await eventually(
      () => hub.db.selectFrom('hub.invoice').select('status').execute(),
      ([row]) => row?.status === 'PAID',
    );
    const [line] = await hub.db.selectFrom('hub.purchaseOrderLine').selectAll().execute();
    expect(Number(line?.receivedQuantity)).toBe(10);
    expect(Number(line?.invoicedQuantity)).toBe(4);
    expect(await hub.orderThat(({ id: same }) => same === order.id)).toMatchObject({
      receiptStatus: 'FULL',
      invoiceStatus: 'PARTIAL',
    });
    expect(await hub.db.selectFrom('hub.receipt').select('id').execute()).toHaveLength(3);
  },
);

test('a request that is pushed and polled many times at once is one requisition with one line', async () => {
  hub = await startHubUnderTest();
  const document = wardRequest({ localId: 'a' });
  hub.wards.documents.push(document, document);
  await Promise.all(
    Array.from({ length: 20 }, () =>
      hub.workflows.takeClinicalDocument('wards', JSON.stringify(document)),
    ),
  );
  await hub.requisitionThat('PENDING_APPROVAL');
  expect(await hub.requisitions()).toHaveLength(1);
  expect(await hub.db.selectFrom('hub.requisitionLine').selectAll().execute()).toHaveLength(1);
});

test('a basket is one requisition while nothing is decided, and what comes later follows up', async () => {
  hub = await startHubUnderTest();
  hub.wards.documents.push(
    wardRequest({ localId: 'a', basket: 'k' }),
    wardRequest({ localId: 'b', basket: 'k' }),
  );
  const first = await hub.requisitionThat('PENDING_APPROVAL');
  expect(first.total).toBe('250.00');
  hub.wards.documents.push(wardRequest({ localId: 'c', basket: 'k' }));
  const rows = await eventually(
    hub.requisitions,
    (all) => all.filter(({ status }) => status === 'PENDING_APPROVAL').length === 2,
  );
  expect(rows.map(({ total }) => total).toSorted()).toEqual(['125.00', '250.00']);
});
