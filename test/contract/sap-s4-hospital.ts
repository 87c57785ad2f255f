import { sapS4 } from '../../connectors/sap-s4/connector.ts';
import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../connectors/sap-s4/sandbox.ts';
import type { ConnectedErp } from '../../workflows/systems.ts';
import type { ErpSample, ErpUnderTest } from './erp-subject.ts';

/** What the hospital's S/4HANA knows, as the contract asks for it. */
export const sample: ErpSample = {
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

/** The connector, set up for the sandbox's one company. */
export const connect = (url: string): ConnectedErp =>
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

/** A sandbox with its masters, and the connector to it. */
export const startSap = async (
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
