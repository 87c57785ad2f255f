import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { classifyError } from '../../connectors/sap-s4/classify-error.ts';
import { sapS4 } from '../../connectors/sap-s4/connector.ts';
import { pricePerUnits } from '../../connectors/sap-s4/order-body.ts';
import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../connectors/sap-s4/sandbox.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { NewOrder } from '../../subgraphs/procurement/ports.ts';
import type { ConnectedErp } from '../../workflows/systems.ts';
import { type ErpSample, type ErpUnderTest, erpContract } from './erp-port.ts';

const sample: ErpSample = {
  currency: 'USD',
  facility: '1010',
  supplier: { localId: '0010300001', name: 'Northwind Surgical Supply', duns: '081466849' },
  item: {
    localId: 'MZ-GLOVE-M',
    gtin: '00312345678906',
    description: 'Examination glove, nitrile, powder free, non sterile, size M, box of 100',
    catalogNumber: 'GL-100-M',
    unit: 'BX',
    onHand: '120',
  },
  otherItem: { localId: 'MZ-SWAB-5', unit: 'EA' },
  costCenter: { localId: '0000017101', name: 'Intensive Care' },
  actual: { fiscalYear: 2026, amount: '18250.75' },
  source: {
    price: '11.123456',
    contractNumber: '4600000017',
    minimumQuantity: '5',
    validTo: '2026-12-31',
  },
  unknown: { supplier: '0099999999', costCenter: '0000099999', order: '4599999999' },
};

const seed: Parameters<Sandbox['seed']>[0] = {
  currency: 'USD',
  plants: [{ id: '1010', name: 'Main hospital' }],
  suppliers: [
    { id: sample.supplier.localId, name: sample.supplier.name, duns: sample.supplier.duns },
    { id: '0010300002', name: 'Eastgate Medical', duns: null },
  ],
  items: [
    {
      ...sample.item,
      id: sample.item.localId,
      brand: 'Sureguard',
      manufacturer: 'Sureguard Inc',
      gmdnTerm: 'Examination glove',
    },
    {
      id: sample.otherItem.localId,
      gtin: null,
      description: 'Swab',
      brand: null,
      catalogNumber: null,
      manufacturer: null,
      gmdnTerm: null,
      unit: 'EA',
    },
  ],
  costCenters: [{ id: sample.costCenter.localId, code: '17101', name: sample.costCenter.name }],
  sources: [
    {
      itemId: sample.item.localId,
      supplierId: sample.supplier.localId,
      plantId: '1010',
      price: sample.source.price,
      contractNumber: sample.source.contractNumber,
      minimumQuantity: sample.source.minimumQuantity,
      validFrom: '2026-01-01',
      validTo: sample.source.validTo,
    },
  ],
  stock: [{ itemId: sample.item.localId, plantId: '1010', onHand: '120' }],
  actuals: [{ costCenterId: sample.costCenter.localId, amount: '18250.75', fiscalYear: 2026 }],
};

const connect = (url: string): ConnectedErp =>
  sapS4({
    name: 'S4_MAIN',
    baseUrl: url,
    credentials: { user: 'SYNCLINE', password: 'sandbox', sapClient: '100' },
    currency: 'USD',
    purchasing: {
      companyCode: '1010',
      organization: '1010',
      group: '001',
      orderType: 'NB',
      glAccount: '0065100000',
    },
  });

const startSap = async (
  options: SandboxOptions = {},
): Promise<ErpUnderTest & { sandbox: Sandbox }> => {
  const sandbox = await startSandbox(options);
  sandbox.seed(seed);
  const erp = connect(sandbox.url);
  return {
    sandbox,
    erp,
    sample,
    ordersOf: (reference) =>
      sandbox
        .ledger()
        .filter((order) => order.reference === reference)
        .map(({ number }) => number),
    receive: sandbox.receive,
    invoice: sandbox.invoice,
    halfMake: async (order) => {
      const placed = await erp.purchaseOrders.place(order, { signal: AbortSignal.timeout(5_000) });
      sandbox.hold(placed.number, true);
    },
    faults: sandbox.faults,
    close: async () => {
      await erp.close();
      await sandbox.close();
    },
  };
};

// Two records a page, so that every read in the suite goes over __next.
erpContract('SAP S/4HANA', () => startSap({ pageSize: 2 }));

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
});

describe('an error of S/4HANA', () => {
  test.each([
    [
      'JSON with details as strings',
      400,
      '{"error":{"code":"06/321","message":{"lang":"en","value":"Supplier 1 does not exist"},"innererror":{"errordetails":[{"code":"06/321","message":"Check the entry"}]}}}',
      { kind: 'permanent', code: '06/321', words: 'Supplier 1 does not exist; Check the entry' },
    ],
    [
      'JSON with details as objects',
      400,
      '{"error":{"code":"X","message":"No","innererror":{"errordetails":[{"message":{"value":"Really"}}]}}}',
      { kind: 'permanent', code: 'X', words: 'No; Really' },
    ],
    [
      'Atom XML',
      404,
      '<?xml version="1.0"?><error xmlns="m"><code>/IWBEP/CM_MGW_RT/020</code><message xml:lang="en">Resource not found</message></error>',
      { kind: 'permanent', code: '/IWBEP/CM_MGW_RT/020', words: 'Resource not found' },
    ],
    [
      'HTML',
      500,
      '<html><head><title>Application Server Error</title></head></html>',
      { kind: 'ambiguous', code: '', words: 'Application Server Error' },
    ],
    [
      'plain text',
      503,
      'Service Unavailable',
      { kind: 'throttled', code: '', words: 'Service Unavailable' },
    ],
    ['nothing', 502, '', { kind: 'ambiguous', code: '', words: 'status 502 without words' }],
    [
      'a document somebody else has open',
      400,
      '{"error":{"code":"ME/006","message":{"value":"User BUYER already processing purchasing document"}}}',
      {
        kind: 'transient',
        code: 'ME/006',
        words: 'User BUYER already processing purchasing document',
      },
    ],
  ])('in %s is understood', (_, status, text, expected) => {
    expect(classifyError(status, text, true)).toEqual(expected);
  });
});

test.each([
  ['12.5', { amount: '12.50', per: '1' }],
  ['0.0125', { amount: '1.25', per: '100' }],
  ['11.123456', { amount: '111234.56', per: '10000' }],
  ['0.0000001', null],
])('a price of %s is kept as %j', (price, expected) => {
  expect(pricePerUnits(price)).toEqual(expected);
});

test('the stand-in knows nothing of the connector, nor the connector of it', () => {
  const folder = join(import.meta.dirname, '../../connectors/sap-s4');
  const importsOf = (file: string): string[] =>
    [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, path = '']) => path);
  const standIn = [
    'sandbox.ts',
    ...readdirSync(join(folder, 'sandbox')).map((name) => `sandbox/${name}`),
  ];
  for (const name of standIn)
    for (const path of importsOf(join(folder, name)))
      expect(path).toMatch(
        /^(node:|[a-z]|\.\/(sandbox\/)?[a-z-]+\.ts$|\.\.\/\.\.\/platform\/free-port\.ts$)/,
      );
  const sandboxFiles = new Set(readdirSync(join(folder, 'sandbox')));
  for (const name of standIn.filter((file) => file.startsWith('sandbox/')))
    for (const path of importsOf(join(folder, name)).filter((path) => path.startsWith('./')))
      expect(sandboxFiles).toContain(path.slice(2));
  for (const name of readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && file !== 'sandbox.ts',
  ))
    for (const path of importsOf(join(folder, name))) expect(path).not.toContain('sandbox');
});
