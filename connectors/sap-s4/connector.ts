import { type Clock, systemClock } from '../../platform/clock.ts';
import { createUpstream } from '../../platform/upstream.ts';
import type { CostCenters, Invoices, Items, Ledger, Suppliers } from '../../subgraphs/erp/ports.ts';
import type { Stock } from '../../subgraphs/inventory/ports.ts';
import type {
  ApprovedSources,
  PurchaseOrders,
  Receipts,
} from '../../subgraphs/procurement/ports.ts';
import { approvedSources } from './approved-sources.ts';
import { type Credentials, createClient } from './client.ts';
import { costCenters } from './cost-centers.ts';
import { invoices } from './invoices.ts';
import { items } from './items.ts';
import { ledger } from './ledger.ts';
import type { Purchasing } from './order-body.ts';
import { purchaseOrders } from './purchase-orders.ts';
import { receipts } from './receipts.ts';
import { stock } from './stock.ts';
import { suppliers } from './suppliers.ts';

/** One S/4HANA system and how this hospital buys in it. */
export interface SapS4Options {
  /** The name that configuration gives the system. */
  readonly name: string;
  /** Scheme, host and what a proxy puts before; the services are below /sap/opu/odata/sap. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** The company code's currency. */
  readonly currency: string;
  readonly purchasing: Purchasing;
  readonly timeoutMs?: number;
  readonly requestsPerSecond?: number;
  readonly clock?: Clock;
}

interface SapS4 {
  readonly name: string;
  readonly suppliers: Suppliers;
  readonly items: Items;
  readonly costCenters: CostCenters;
  readonly ledger: Ledger;
  readonly invoices: Invoices;
  readonly purchaseOrders: PurchaseOrders;
  readonly receipts: Receipts;
  readonly approvedSources: ApprovedSources;
  readonly stock: Stock;
  readonly close: () => Promise<void>;
}

/** SAP S/4HANA over its OData V2 services. */
export const sapS4 = (options: SapS4Options): SapS4 => {
  const { name, currency, purchasing, clock = systemClock } = options;
  const upstream = createUpstream({
    system: name,
    baseUrl: options.baseUrl,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.requestsPerSecond === undefined
      ? {}
      : { requestsPerSecond: options.requestsPerSecond }),
  });
  const client = createClient(upstream, name, options.credentials);
  const language = options.credentials.language ?? 'EN';
  return {
    name,
    suppliers: suppliers(client),
    items: items(client, language),
    costCenters: costCenters(client, language, clock),
    ledger: ledger(client, { system: name, currency, clock }),
    invoices: invoices(client),
    purchaseOrders: purchaseOrders({ client, system: name, purchasing }),
    receipts: receipts(client),
    approvedSources: approvedSources(client),
    stock: stock(client, clock),
    close: () => upstream.close(),
  };
};
