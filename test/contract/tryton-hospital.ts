import { tryton } from '../../connectors/tryton/connector.ts';
import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../connectors/tryton/sandbox.ts';
import type { NewOrder } from '../../subgraphs/procurement/ports.ts';
import type { ConnectedErp } from '../../workflows/systems.ts';
import type { ErpSample, ErpUnderTest } from './erp-subject.ts';

/** What the hospital's Tryton knows, as the contract asks for it; the real server is seeded with the same. */
export const sample: ErpSample = {
  currency: 'USD',
  facility: 'SOUTH',
  supplier: { localId: 'V-1000', name: 'Northwind Surgical Supply', duns: '081466849' },
  item: {
    localId: 'GLV-M',
    gtin: '00312345678906',
    description: 'Examination glove, nitrile, powder free, non sterile, size M, box of 100',
    catalogNumber: 'GL-100-M',
    unit: 'BX',
    onHand: '120',
  },
  otherItem: { localId: 'SWAB-5', unit: 'EA' },
  costCenter: { localId: 'CC-ICU', name: 'Intensive Care' },
  actual: { fiscalYear: 2026, amount: '18250.75' },
  source: {
    price: '11.1234',
    contractNumber: 'C-4600',
    minimumQuantity: '5',
    validTo: '2026-12-31',
  },
  unknown: { supplier: 'V-9999', costCenter: 'CC-NONE', order: '999999' },
};

/** The masters behind the sample. */
export const seed: Parameters<Sandbox['seed']>[0] = {
  currency: 'USD',
  plants: [{ id: sample.facility, name: 'South hospital' }],
  suppliers: [
    { id: sample.supplier.localId, name: sample.supplier.name, duns: sample.supplier.duns },
    { id: 'V-1001', name: 'Eastgate Medical', duns: null },
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
  costCenters: [
    {
      id: sample.costCenter.localId,
      code: sample.costCenter.localId,
      name: sample.costCenter.name,
    },
  ],
  sources: [
    {
      itemId: sample.item.localId,
      supplierId: sample.supplier.localId,
      plantId: sample.facility,
      price: sample.source.price,
      contractNumber: sample.source.contractNumber,
      minimumQuantity: sample.source.minimumQuantity,
      validFrom: '2026-01-01',
      validTo: sample.source.validTo,
    },
  ],
  stock: [{ itemId: sample.item.localId, plantId: sample.facility, onHand: sample.item.onHand }],
  actuals: [
    {
      costCenterId: sample.costCenter.localId,
      amount: sample.actual.amount,
      fiscalYear: sample.actual.fiscalYear,
    },
  ],
};

/** The connector to a server with the demo credentials. */
export const connect = (
  url: string,
  options: { connections?: number; password?: string } = {},
): ConnectedErp =>
  tryton({
    name: 'TRYTON_SOUTH',
    url,
    database: 'hub',
    user: 'admin',
    password: 'admin',
    ...options,
  });

/** A stand-in with its masters, and the connector to it. */
export const startTryton = async (
  options: SandboxOptions = {},
): Promise<ErpUnderTest & { sandbox: Sandbox }> => {
  const sandbox = await startSandbox(options);
  sandbox.seed(seed);
  const erp = connect(sandbox.url);
  const idOf = (model: string, code: string): number => {
    const found = sandbox.run(`model.${model}.search`, [[['code', '=', code]], 0, 1, null, {}]);
    return Array.isArray(found) ? Number(found[0]) : Number.NaN;
  };
  const draft = (order: NewOrder): void => {
    const [address] = sandbox.run('model.party.address.search', [
      [['party.code', '=', order.supplierLocalId]],
      0,
      1,
      null,
      {},
    ]) as readonly number[];
    const values = {
      reference: order.reference,
      company: 1,
      party: idOf('party.party', order.supplierLocalId),
      invoice_address: address,
      currency: idOf('currency.currency', order.currency),
      warehouse: idOf('stock.location', order.facilityLocalId),
      invoice_method: 'shipment',
      lines: [
        [
          'create',
          order.lines.map((line) => {
            const product = idOf('product.product', line.itemLocalId);
            const [read] = sandbox.run('model.product.product.read', [
              [product],
              ['default_uom'],
              {},
            ]) as readonly { default_uom: number }[];
            return {
              product,
              unit: read?.default_uom,
              description: line.description,
              quantity: Number(line.quantity.value),
              unit_price: { __class__: 'Decimal', decimal: line.unitPrice.amount },
            };
          }),
        ],
      ],
    };
    sandbox.run('model.purchase.purchase.create', [[values], {}]);
  };
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
    halfMake: async (order) => draft(order),
    faults: sandbox.faults,
    close: async () => {
      await erp.close();
      await sandbox.close();
    },
  };
};
