import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { SandboxOptions } from '../../connectors/sap-s4/sandbox.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { NewOrder } from '../../subgraphs/procurement/ports.ts';
import type { ErpUnderTest } from './erp-subject.ts';
import { connect, sample, startSap } from './sap-s4-hospital.ts';

describe('on the wire, SAP S/4HANA', () => {
  const call = { signal: AbortSignal.timeout(60_000) };
  const started: ErpUnderTest[] = [];
  const start = async (options: SandboxOptions = {}) => {
    const subject = await startSap(options);
    started.push(subject);
    return subject;
  };
  afterEach(async () => {
    for (const subject of started.splice(0)) await subject.close();
  });
  const order: NewOrder = {
    reference: 'SYN000000001',
    supplierLocalId: sample.supplier.localId,
    facilityLocalId: '1010',
    costCenterLocalId: sample.costCenter.localId,
    currency: 'USD',
    neededBy: '2026-12-24',
    lines: [
      {
        lineNumber: 1,
        itemLocalId: sample.item.localId,
        description: 'Gloves',
        quantity: { value: '10.500', unit: 'BX' },
        unitPrice: { amount: '11.123456', currency: 'USD' },
      },
    ],
  };

  test('a new order is one deep insert of header, item, account assignment and schedule line', async () => {
    const { sandbox, erp } = await start();
    await erp.purchaseOrders.place(order, call);
    const posts = sandbox.calls().filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(1);
    expect(posts[0]?.path).toMatch(
      /^\/sap\/opu\/odata\/sap\/API_PURCHASEORDER_PROCESS_SRV\/A_PurchaseOrder\?sap-client=100/,
    );
    expect(JSON.parse(posts[0]?.body ?? '')).toEqual({
      CompanyCode: '1010',
      PurchaseOrderType: 'NB',
      PurchasingOrganization: '1010',
      PurchasingGroup: '001',
      Supplier: '0010300001',
      DocumentCurrency: 'USD',
      CorrespncExternalReference: 'SYN000000001',
      to_PurchaseOrderItem: {
        results: [
          {
            PurchaseOrderItem: '10',
            Material: 'MZ-GLOVE-M',
            PurchaseOrderItemText: 'Gloves',
            Plant: '1010',
            OrderQuantity: '10.5',
            PurchaseOrderQuantityUnit: 'BX',
            OrderPriceUnit: 'BX',
            NetPriceAmount: '111234.56',
            NetPriceQuantity: '10000',
            AccountAssignmentCategory: 'K',
            to_AccountAssignment: {
              results: [
                { AccountAssignmentNumber: '1', CostCenter: '0000017101', GLAccount: '0065100000' },
              ],
            },
            to_ScheduleLine: {
              results: [{ ScheduleLine: '1', ScheduleLineDeliveryDate: '/Date(1798070400000)/' }],
            },
          },
        ],
      },
    });
  });

  test('an ended session costs one refused write, one new token, and no second order', async () => {
    const { sandbox, erp } = await start();
    await erp.purchaseOrders.place(order, call);
    sandbox.endSessions();
    await erp.purchaseOrders.place({ ...order, reference: 'SYN000000002' }, call);
    const posts = sandbox.calls().filter(({ method }) => method === 'POST');
    expect(posts.map(({ status }) => status)).toEqual([201, 403, 201]);
    expect(sandbox.ledger()).toHaveLength(2);
  });

  test('a wrong password is refused in the system words, and never repeated in the error', async () => {
    const { sandbox } = await start({ password: 'another' });
    const erp = connect(sandbox.url);
    const failure = await erp.costCenters.all(call).catch((error: unknown) => error);
    await erp.close();
    expect(failure).toBeInstanceOf(SystemRefused);
    expect(failure).toMatchObject({ kind: 'auth' });
    expect(String(failure)).toContain('Anmeldung fehlgeschlagen');
    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/sandbox|Basic/);
  });

  test('__next names a host that nobody can reach, and the pages come from the one we know', async () => {
    const { sandbox, erp } = await start({ pageSize: 1 });
    const answer = await fetch(
      `${sandbox.url}/sap/opu/odata/sap/API_PRODUCT_SRV/A_Product?$format=json`,
      { headers: { authorization: `Basic ${btoa('SYNCLINE:sandbox')}` } },
    );
    const { d } = (await answer.json()) as { d: { __next: string } };
    expect(new URL(d.__next).hostname).toMatch(/\.invalid$/);
    const { records } = await erp.items.changedSince(null, call);
    expect(records.map(({ localId }) => localId)).toEqual(['MZ-GLOVE-M', 'MZ-SWAB-5']);
  });

  test('a release without the field of our reference is refused by the name of the field', async () => {
    const { erp } = await start({ hidden: ['A_PurchaseOrder.CorrespncExternalReference'] });
    await expect(erp.purchaseOrders.place(order, call)).rejects.toThrow(
      /API_PURCHASEORDER_PROCESS_SRV lacks A_PurchaseOrder\.CorrespncExternalReference/,
    );
  });

  test('$metadata is read once per service', async () => {
    const { sandbox, erp } = await start();
    await erp.costCenters.all(call);
    await Promise.all([erp.costCenters.all(call), erp.costCenters.all(call)]);
    expect(sandbox.calls().filter(({ path }) => path.includes('$metadata'))).toHaveLength(1);
  });

  test('two orders with our reference are refused by their numbers', async () => {
    const { sandbox, erp } = await start();
    await erp.purchaseOrders.place(order, call);
    // Somebody copies the order by hand: the system has nothing against it.
    const { body } = sandbox.calls().find(({ method }) => method === 'POST') ?? { body: '' };
    const service = `${sandbox.url}/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV`;
    const authorization = `Basic ${btoa('SYNCLINE:sandbox')}`;
    const fetched = await fetch(`${service}/`, {
      headers: { authorization, 'x-csrf-token': 'Fetch' },
    });
    await fetch(`${service}/A_PurchaseOrder`, {
      method: 'POST',
      body,
      headers: {
        authorization,
        'content-type': 'application/json',
        'x-csrf-token': fetched.headers.get('x-csrf-token') ?? '',
        cookie: fetched.headers.get('set-cookie')?.split(';')[0] ?? '',
      },
    });
    await expect(erp.purchaseOrders.place(order, call)).rejects.toThrow(/4500000001, 4500000002/);
  });

  test('goods taken back are a negative receipt', async () => {
    const { sandbox, erp } = await start();
    const placed = await erp.purchaseOrders.place(order, call);
    sandbox.receive(placed.number, [{ lineNumber: 1, quantity: '4' }]);
    sandbox.receive(placed.number, [{ lineNumber: 1, quantity: '-3' }]);
    const { records } = await erp.receipts.changedSince(null, call);
    expect(records.map(({ lines }) => lines[0]?.quantity.value)).toEqual(['4', '-3']);
    const read = await erp.purchaseOrders.byLocalId(placed.localId, call);
    expect(read?.lines[0]?.receivedQuantity.value).toBe('1');
  });

  test('a lost answer is looked up within the same call', async () => {
    const { sandbox, erp } = await start();
    sandbox.faults({ kind: 'commit-and-drop', rate: 1, seed: 1, onlyWrites: true });
    const placed = await erp.purchaseOrders.place(order, call);
    expect(sandbox.ledger().map(({ number }) => number)).toEqual([placed.number]);
  });

  test('the books outlive the process that kept them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's4-'));
    try {
      const file = join(folder, 'books.sqlite');
      const first = await startSap({ file });
      const placed = await first.erp.purchaseOrders.place(order, call);
      await first.close();
      const second = await start({ file });
      expect(await second.erp.purchaseOrders.place(order, call)).toEqual(placed);
      expect(second.sandbox.ledger()).toHaveLength(1);
      expect(second.sandbox.ledger()[0]?.lines[0]).toMatchObject({ quantity: '10.5' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a change without the tag of the record is 428, with an old one 412', async () => {
    const { sandbox, erp } = await start();
    const { number } = await erp.purchaseOrders.place(order, call);
    const service = `${sandbox.url}/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV`;
    const authorization = `Basic ${btoa('SYNCLINE:sandbox')}`;
    const read = await fetch(`${service}/A_PurchaseOrder('${number}')`, {
      headers: { authorization, 'x-csrf-token': 'Fetch' },
    });
    const change = (headers: Record<string, string>): Promise<number> =>
      fetch(`${service}/A_PurchaseOrder('${number}')`, {
        method: 'POST',
        body: '{"PurchasingCompletenessStatus":true}',
        headers: {
          authorization,
          'content-type': 'application/json',
          'x-http-method': 'MERGE',
          'x-csrf-token': read.headers.get('x-csrf-token') ?? '',
          cookie: read.headers.get('set-cookie')?.split(';')[0] ?? '',
          ...headers,
        },
      }).then(({ status }) => status);
    expect(await change({})).toBe(428);
    expect(await change({ 'if-match': 'W/"old"' })).toBe(412);
    expect(await change({ 'if-match': read.headers.get('etag') ?? '' })).toBe(204);
    // Somebody put it on hold: placing it again finishes it.
    expect((await erp.purchaseOrders.place(order, call)).status).toBe('ISSUED');
  });

  test('a receipt brings an old order back into the feed, though the order kept its change time', async () => {
    let now = new Date('2026-11-20T08:00:00.000Z');
    const { sandbox, erp } = await start({ clock: () => now });
    const old = await erp.purchaseOrders.place(order, call);
    now = new Date('2026-11-20T12:00:00.000Z');
    await erp.purchaseOrders.place({ ...order, reference: 'SYN000000002' }, call);
    const { cursor } = await erp.purchaseOrders.changedSince(null, call);
    const quiet = await erp.purchaseOrders.changedSince(cursor, call);
    expect(quiet.records.map(({ reference }) => reference)).toEqual(['SYN000000002']);
    sandbox.receive(old.number, [{ lineNumber: 1, quantity: '2' }]);
    const { records } = await erp.purchaseOrders.changedSince(cursor, call);
    const found = records.find(({ localId }) => localId === old.localId);
    expect(found?.changedAt).toBe(old.changedAt);
    expect(found?.lines[0]?.receivedQuantity.value).toBe('2');
  });
});
