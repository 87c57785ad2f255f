import type DataLoader from 'dataloader';
import type { Identity } from '../../platform/identity.ts';
import { manyByKey, oneByKey, type PageOfParent, pageByParent } from '../per-request.ts';
import type { EquipmentRecord, SupplyRequestPage, SupplyRequestRecord } from './records.ts';
import type { ClinicalStore } from './store.ts';

/** What one request has asked for, each thing once, and read together per level. */
export interface Loaders {
  readonly supplyRequest: DataLoader<string, SupplyRequestRecord | null>;
  readonly ofRequisition: DataLoader<string, readonly SupplyRequestRecord[]>;
  readonly ofDepartment: DataLoader<PageOfParent, SupplyRequestPage, string>;
  readonly equipment: DataLoader<string, EquipmentRecord | null>;
}

/** The loaders of one request; every read is for its identity. */
export const clinicalLoaders = (store: ClinicalStore, identity: Identity): Loaders => ({
  supplyRequest: oneByKey(
    (ids) => store.byIds(identity, ids),
    ({ id }) => id,
  ),
  ofRequisition: manyByKey(
    (ids) => store.ofRequisitions(identity, ids),
    ({ requisitionId }) => requisitionId ?? '',
  ),
  ofDepartment: pageByParent((ids, page) => store.pagesOfDepartments(identity, ids, page)),
  equipment: oneByKey(
    (ids) => store.equipmentByIds(identity, ids),
    ({ id }) => id,
  ),
});
