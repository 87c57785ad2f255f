import type { EquipmentRegister, SupplyRequests } from '../subgraphs/clinical/ports.ts';
import type { CostCenters, Invoices, Items, Ledger, Suppliers } from '../subgraphs/erp/ports.ts';
import type { Stock } from '../subgraphs/inventory/ports.ts';
import type {
  ApprovedSources,
  PurchaseOrders,
  Receipts,
  SupplierMessages,
} from '../subgraphs/procurement/ports.ts';

/** A connected finance and purchasing system: every port that it offers. */
export interface ConnectedErp {
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

/** A connected clinical application. */
export interface ConnectedClinical {
  readonly name: string;
  readonly supplyRequests: SupplyRequests;
  readonly equipment: EquipmentRegister;
  readonly close: () => Promise<void>;
}

/** A supplier that is reached electronically. */
export interface ConnectedTradingPartner {
  readonly name: string;
  /** The supplier ids whose orders go this way; `ALL` for a hub of suppliers. */
  readonly supplierIds: readonly string[] | 'ALL';
  readonly messages: SupplierMessages;
  readonly close: () => Promise<void>;
}

/** Every outside system that the hub is connected to, by the name that configuration gives it. */
export interface Systems {
  readonly erps: ReadonlyMap<string, ConnectedErp>;
  readonly clinicals: ReadonlyMap<string, ConnectedClinical>;
  readonly tradingPartners: ReadonlyMap<string, ConnectedTradingPartner>;
}
