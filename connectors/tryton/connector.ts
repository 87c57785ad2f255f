import { type Clock, systemClock } from '../../platform/clock.ts';
import { createUpstream } from '../../platform/upstream.ts';
import type { CostCenters, Invoices, Items, Ledger, Suppliers } from '../../subgraphs/erp/ports.ts';
import type { Stock } from '../../subgraphs/inventory/ports.ts';
import type {
  ApprovedSources,
  PurchaseOrders,
  Receipts,
} from '../../subgraphs/procurement/ports.ts';
import { trytonApprovedSources } from './approved-sources.ts';
import { createTrytonClient } from './client.ts';
import { trytonCostCenters } from './cost-centers.ts';
import { trytonInvoices } from './invoices.ts';
import { type ItemCategories, trytonItems } from './items.ts';
import { trytonLedger } from './ledger.ts';
import { trytonPurchaseOrders } from './purchase-orders.ts';
import { trytonReceipts } from './receipts.ts';
import { trytonStock } from './stock.ts';
import { trytonSuppliers } from './suppliers.ts';

/** How one Tryton 6.0 server is reached, and how its hospital uses the fields that Tryton leaves open. */
export interface TrytonOptions {
  /** The name that configuration gives this system. */
  readonly name: string;
  /** For example https://erp.example.org */
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Party category that marks suppliers; without it every party but our own company is one. */
  readonly supplierCategory?: string;
  /** Top product categories for brand, maker and GMDN term; `Brand`, `Manufacturer`, `GMDN` unless told. */
  readonly itemCategories?: ItemCategories;
  /** The product supplier's field that holds the contract's number; `name` unless told (`code` is the supplier's own item number). */
  readonly contractField?: 'name' | 'code';
  readonly timeoutMs?: number;
  readonly connections?: number;
  readonly requestsPerSecond?: number;
  readonly clock?: Clock;
}

/** Every port that Tryton offers to the hub. */
export interface Tryton {
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

const defaultCategories: ItemCategories = {
  brand: 'Brand',
  manufacturer: 'Manufacturer',
  gmdnTerm: 'GMDN',
};

/** Connects a Tryton 6.0 server; nothing is sent before the first question. */
export const tryton = (options: TrytonOptions): Tryton => {
  const { name, clock = systemClock } = options;
  const upstream = createUpstream({
    system: name,
    baseUrl: options.url,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.connections === undefined ? {} : { connections: options.connections }),
    ...(options.requestsPerSecond === undefined
      ? {}
      : { requestsPerSecond: options.requestsPerSecond }),
  });
  const client = createTrytonClient({
    system: name,
    upstream,
    database: options.database,
    user: options.user,
    password: options.password,
  });
  return {
    name,
    suppliers: trytonSuppliers(client, options.supplierCategory ?? null),
    items: trytonItems(client, options.itemCategories ?? defaultCategories),
    costCenters: trytonCostCenters(client),
    ledger: trytonLedger(client, clock),
    invoices: trytonInvoices(client),
    purchaseOrders: trytonPurchaseOrders(client),
    receipts: trytonReceipts(client),
    approvedSources: trytonApprovedSources(client, options.contractField ?? 'name'),
    stock: trytonStock(client, clock),
    close: () => upstream.close(),
  };
};
