import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import {
  conditions,
  type List,
  readConnection,
  readConnectionByParent,
} from '../read-connection.ts';
import { visible } from '../visible.ts';
import type {
  EquipmentPage,
  EquipmentRecord,
  SupplyRequestPage,
  SupplyRequestRecord,
} from './records.ts';
import type { SupplyRequestFilter } from './types.generated.ts';

/** What the clinical applications said, as an identity may see it. */
export interface ClinicalStore {
  readonly byIds: (identity: Identity, ids: readonly string[]) => Promise<SupplyRequestRecord[]>;
  readonly page: (
    identity: Identity,
    filter: SupplyRequestFilter,
    page: Page,
  ) => Promise<SupplyRequestPage>;
  /** One page for each department, in the order of the ids. */
  readonly pagesOfDepartments: (
    identity: Identity,
    departmentIds: readonly string[],
    page: Page,
  ) => Promise<SupplyRequestPage[]>;
  /** In the order of the requisition's lines. */
  readonly ofRequisitions: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<SupplyRequestRecord[]>;
  readonly equipmentByIds: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<EquipmentRecord[]>;
  readonly equipmentPage: (
    identity: Identity,
    facilityId: string | null,
    page: Page,
  ) => Promise<EquipmentPage>;
}

const newest = keyset({
  name: 'supplyRequests',
  key: 's.authoredOn',
  type: 'timestamptz',
  id: 's.id',
  direction: 'desc',
});
const byName = keyset({
  name: 'equipments',
  key: 'e.name',
  type: 'text',
  id: 'e.id',
  direction: 'asc',
});

const matching = (filter: SupplyRequestFilter): RawBuilder<unknown>[] =>
  conditions([
    filter.facilityId && sql`s.facility_id = ${filter.facilityId}`,
    filter.departmentId && sql`s.department_id = ${filter.departmentId}`,
    filter.intake && sql`s.intake = ${filter.intake}`,
    filter.correlationId && sql`s.correlation_id = ${filter.correlationId}`,
  ]);

/** The supply requests and equipment of the database. */
export const clinicalStore = ({ db }: Database): ClinicalStore => {
  const requests = (identity: Identity) =>
    db
      .selectFrom('hub.supplyRequest as s')
      .selectAll()
      .where(visible(identity, 's.facilityId'))
      .$castTo<SupplyRequestRecord>();
  const list = (identity: Identity, where: readonly RawBuilder<unknown>[]): List => ({
    db,
    from: sql`hub.supply_request s`,
    row: 's',
    where: [visible(identity, 's.facilityId'), ...where],
    order: newest,
  });
  return {
    byIds: (identity, ids) =>
      requests(identity)
        .where('s.id', 'in', [...ids])
        .execute(),
    page: (identity, filter, page) => readConnection(list(identity, matching(filter)), page),
    pagesOfDepartments: (identity, ids, page) => {
      const parent = sql`s.department_id`;
      return readConnectionByParent({ ...list(identity, []), parent }, ids, page);
    },
    ofRequisitions: (identity, ids) =>
      requests(identity)
        .where('s.requisitionId', 'in', [...ids])
        .orderBy('s.requisitionLineNumber')
        .orderBy('s.id')
        .execute(),
    equipmentByIds: (identity, ids) =>
      db
        .selectFrom('hub.equipment as e')
        .selectAll()
        .where('e.id', 'in', [...ids])
        .where(visible(identity, 'e.facilityId'))
        .execute(),
    equipmentPage: (identity, facilityId, page) => {
      const narrowed = conditions([facilityId !== null && sql`e.facility_id = ${facilityId}`]);
      const where = [visible(identity, 'e.facilityId'), ...narrowed];
      return readConnection(
        { db, from: sql`hub.equipment e`, row: 'e', where, order: byName },
        page,
      );
    },
  };
};
