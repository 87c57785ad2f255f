import type { Selectable } from 'kysely';
import type {
  HubCostCenter,
  HubDepartment,
  HubFacility,
  HubInvoice,
  HubInvoiceLine,
  HubItem,
  HubSupplier,
} from '../../platform/tables.generated.ts';
import type { Connection } from '../connection.ts';
import type { InvoiceStatus, SupplierStatus } from './types.generated.ts';

/** An entity that this domain only knows by its id. */
export interface Reference {
  readonly id: string;
}

export type FacilityRecord = Selectable<HubFacility>;
export type DepartmentRecord = Selectable<HubDepartment>;
export type CostCenterRecord = Selectable<HubCostCenter>;
export type SupplierRecord = Omit<Selectable<HubSupplier>, 'status'> & {
  readonly status: SupplierStatus;
};
export type ItemRecord = Selectable<HubItem>;
export type InvoiceRecord = Omit<Selectable<HubInvoice>, 'status'> & {
  readonly status: InvoiceStatus;
};
export type InvoiceLineRecord = Selectable<HubInvoiceLine> & {
  /** Of the invoice; unit prices are in it. */
  readonly currency: string;
};
export type FacilityPage = Connection<FacilityRecord>;
export type SupplierPage = Connection<SupplierRecord>;
export type ItemPage = Connection<ItemRecord>;
export type InvoicePage = Connection<InvoiceRecord>;
