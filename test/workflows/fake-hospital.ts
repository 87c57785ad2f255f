import type { Changes } from '../../platform/call.ts';
import { SystemRefused, SystemUnavailable } from '../../platform/system-error.ts';
import type {
  ClinicalSupplyRequest,
  DeliveryReport,
  SupplyRequestReport,
  UnusableClinicalDocument,
} from '../../subgraphs/clinical/ports.ts';
import type {
  LedgerPosition,
  LocalInvoice,
  LocalItem,
  LocalSupplier,
} from '../../subgraphs/erp/ports.ts';
import type {
  LocalOrder,
  LocalReceipt,
  LocalSource,
  NewOrder,
  SupplierOrder,
  SupplierReading,
} from '../../subgraphs/procurement/ports.ts';
import type {
  ConnectedClinical,
  ConnectedErp,
  ConnectedTradingPartner,
} from '../../workflows/systems.ts';

const all = async <T>(records: readonly T[]): Promise<Changes<T>> => ({
  records: structuredClone(records),
  cursor: String(records.length),
});

/** A small finance and purchasing system in memory; every feed tells everything, every time. */
export const fakeErp = (name: string) => {
  const state = {
    suppliers: [] as LocalSupplier[],
    items: [] as LocalItem[],
    sources: [] as LocalSource[],
    orders: [] as LocalOrder[],
    receipts: [] as LocalReceipt[],
    invoices: [] as LocalInvoice[],
    position: {
      actual: { amount: '0', currency: 'USD' },
      openOrders: { amount: '0', currency: 'USD' },
      asOf: '2026-11-23T10:00:00.000Z',
    } as LedgerPosition | 'AWAY',
    /** How the next attempts to place an order end: the order is made, and then the answer is lost. */
    lostAnswers: 0,
    /** What the system says to every new order; null when it takes them. */
    refusal: null as string | null,
    placed: 0,
    calledAt: [] as number[],
  };
  const place = async (order: NewOrder): Promise<LocalOrder> => {
    state.placed += 1;
    state.calledAt.push(performance.now());
    const held = state.orders.find(({ reference }) => reference === order.reference);
    if (held !== undefined) return held;
    if (state.refusal !== null)
      throw new SystemRefused(state.refusal, {
        system: name,
        operation: 'place',
        kind: 'permanent',
      });
    const number = `45${String(state.orders.length + 1).padStart(8, '0')}`;
    const total = order.lines.reduce(
      (sum, line) => sum + Number(line.quantity.value) * Number(line.unitPrice.amount),
      0,
    );
    const made: LocalOrder = {
      localId: number,
      number,
      reference: order.reference,
      supplierLocalId: order.supplierLocalId,
      status: 'ISSUED',
      currency: order.currency,
      total: { amount: total.toFixed(2), currency: order.currency },
      lines: order.lines.map((line) => ({
        ...line,
        localId: String(line.lineNumber * 10),
        receivedQuantity: { value: '0', unit: line.quantity.unit },
        invoicedQuantity: { value: '0', unit: line.quantity.unit },
      })),
      changedAt: '2026-11-23T10:00:00.000Z',
    };
    state.orders.push(made);
    if (state.lostAnswers > 0) {
      state.lostAnswers -= 1;
      const details = { system: name, operation: 'place', kind: 'ambiguous' } as const;
      throw new SystemUnavailable('The connection was reset.', details);
    }
    return made;
  };
  const erp: ConnectedErp = {
    name,
    suppliers: { changedSince: () => all(state.suppliers) },
    items: { changedSince: () => all(state.items) },
    costCenters: { all: async () => [] },
    ledger: {
      position: async () => {
        if (state.position !== 'AWAY') return state.position;
        const details = { system: name, operation: 'ledger', kind: 'transient' } as const;
        throw new SystemUnavailable(`${name} does not answer.`, details);
      },
    },
    invoices: { changedSince: () => all(state.invoices) },
    purchaseOrders: {
      findByReference: async (reference) =>
        state.orders.find((order) => order.reference === reference) ?? null,
      place,
      byLocalId: async (localId) => state.orders.find((order) => order.localId === localId) ?? null,
      changedSince: () => all(state.orders),
    },
    receipts: { changedSince: () => all(state.receipts) },
    approvedSources: {
      forItems: async ({ itemLocalIds }) =>
        state.sources.filter(({ itemLocalId }) => itemLocalIds.includes(itemLocalId)),
    },
    stock: { atFacility: async () => [] },
    close: async () => undefined,
  };
  return { erp, state };
};

/** A ward's application in memory. */
export const fakeClinical = (name: string) => {
  const state = {
    documents: [] as (ClinicalSupplyRequest | UnusableClinicalDocument)[],
    reports: [] as SupplyRequestReport[],
    deliveries: new Map<string, DeliveryReport>(),
  };
  const clinical: ConnectedClinical = {
    name,
    supplyRequests: {
      changedSince: () => all(state.documents),
      read: (raw) => JSON.parse(raw) as ClinicalSupplyRequest,
      report: async (report) => {
        state.reports.push(report);
      },
      reportDelivery: async (delivery) => {
        state.deliveries.set(delivery.reference, delivery);
      },
    },
    equipment: { changedSince: () => all([]) },
    close: async () => undefined,
  };
  return { clinical, state };
};

/** A supplier in memory; its documents are the reading itself as JSON. */
export const fakePartner = (name: string) => {
  const state = { sent: [] as SupplierOrder[] };
  const partner: ConnectedTradingPartner = {
    name,
    supplierIds: 'ALL',
    messages: {
      sendOrder: async (order) => {
        state.sent.push(order);
        return { controlNumber: '000000001' };
      },
      acknowledge: async () => undefined,
      read: (raw) => JSON.parse(raw) as SupplierReading,
    },
    close: async () => undefined,
  };
  return { partner, state };
};

/** A request of the ward for gloves at the ICU; change what the test is about. */
export const wardRequest = (
  change: Partial<ClinicalSupplyRequest> & { readonly localId: string },
): ClinicalSupplyRequest => ({
  kind: 'REQUEST',
  versionId: '1',
  basket: change.localId,
  status: 'active',
  priority: 'routine',
  itemCode: 'W-1',
  itemText: 'Gloves, nitrile, M',
  quantity: { value: '10', unit: 'EA' },
  neededBy: '2026-11-30',
  authoredOn: '2026-11-23T08:00:00.000Z',
  requester: 'Practitioner/u-nora',
  deliverTo: 'Location/icu',
  clinicalRequestRef: `ref-${change.localId}`,
  screened: JSON.stringify({ resourceType: 'SupplyRequest', id: change.localId }),
  ...change,
});
