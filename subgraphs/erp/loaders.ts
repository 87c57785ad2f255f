import type DataLoader from 'dataloader';
import type { Identity } from '../../platform/identity.ts';
import { manyByKey, oneByKey } from '../per-request.ts';
import type { InvoiceStore } from './invoice-store.ts';
import type { KnownAs, MasterStore } from './master-store.ts';
import type { OrganisationStore } from './organisation-store.ts';
import type {
  CostCenterRecord,
  DepartmentRecord,
  FacilityRecord,
  InvoiceLineRecord,
  InvoiceRecord,
  ItemRecord,
  SupplierRecord,
} from './records.ts';

/** Where the finance side's records are read. */
export interface Stores {
  readonly organisation: OrganisationStore;
  readonly masters: MasterStore;
  readonly invoices: InvoiceStore;
}

/** What one request has asked for, each thing once, and read together per level. */
export interface Loaders {
  readonly facility: DataLoader<string, FacilityRecord | null>;
  readonly department: DataLoader<string, DepartmentRecord | null>;
  readonly departmentsOf: DataLoader<string, readonly DepartmentRecord[]>;
  readonly costCenter: DataLoader<string, CostCenterRecord | null>;
  readonly supplier: DataLoader<string, SupplierRecord | null>;
  readonly supplierKnownAs: DataLoader<string, readonly KnownAs[]>;
  readonly item: DataLoader<string, ItemRecord | null>;
  readonly itemKnownAs: DataLoader<string, readonly KnownAs[]>;
  readonly invoice: DataLoader<string, InvoiceRecord | null>;
  readonly invoicesOfOrder: DataLoader<string, readonly InvoiceRecord[]>;
  readonly invoiceLines: DataLoader<string, readonly InvoiceLineRecord[]>;
}

const idOf = ({ id }: { readonly id: string }): string => id;
const canonicalIdOf = ({ canonicalId }: KnownAs): string => canonicalId;

/** The loaders of one request; every read is for its identity. */
export const erpLoaders = (stores: Stores, identity: Identity): Loaders => {
  const { organisation, masters, invoices } = stores;
  return {
    facility: oneByKey((ids) => organisation.facilities(identity, ids), idOf),
    department: oneByKey((ids) => organisation.departments(identity, ids), idOf),
    departmentsOf: manyByKey(
      (ids) => organisation.departmentsOf(identity, ids),
      ({ facilityId }) => facilityId,
    ),
    costCenter: oneByKey((ids) => organisation.costCenters(identity, ids), idOf),
    supplier: oneByKey(masters.suppliers, idOf),
    supplierKnownAs: manyByKey((ids) => masters.knownAs('SUPPLIER', ids), canonicalIdOf),
    item: oneByKey(masters.items, idOf),
    itemKnownAs: manyByKey((ids) => masters.knownAs('ITEM', ids), canonicalIdOf),
    invoice: oneByKey((ids) => invoices.byIds(identity, ids), idOf),
    invoicesOfOrder: manyByKey(
      (ids) => invoices.ofOrders(identity, ids),
      ({ purchaseOrderId }) => purchaseOrderId ?? '',
    ),
    invoiceLines: manyByKey(invoices.linesOf, ({ invoiceId }) => invoiceId),
  };
};
