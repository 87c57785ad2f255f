import { sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import { readConnection } from '../read-connection.ts';
import { visible } from '../visible.ts';
import type {
  CostCenterRecord,
  DepartmentRecord,
  FacilityPage,
  FacilityRecord,
} from './records.ts';

/** Facilities, departments and cost centres, as an identity may see them. */
export interface OrganisationStore {
  readonly facilities: (identity: Identity, ids: readonly string[]) => Promise<FacilityRecord[]>;
  readonly facilityPage: (identity: Identity, page: Page) => Promise<FacilityPage>;
  readonly departments: (identity: Identity, ids: readonly string[]) => Promise<DepartmentRecord[]>;
  /** By name. */
  readonly departmentsOf: (
    identity: Identity,
    facilityIds: readonly string[],
  ) => Promise<DepartmentRecord[]>;
  readonly costCenters: (identity: Identity, ids: readonly string[]) => Promise<CostCenterRecord[]>;
}

const byName = keyset({
  name: 'facilities',
  key: 'f.name',
  type: 'text',
  id: 'f.id',
  direction: 'asc',
});

/** The organisation in the database. */
export const organisationStore = ({ db }: Database): OrganisationStore => {
  const departments = (identity: Identity) =>
    db.selectFrom('hub.department as d').selectAll().where(visible(identity, 'd.facilityId'));
  return {
    facilities: (identity, ids) =>
      db
        .selectFrom('hub.facility as f')
        .selectAll()
        .where('f.id', 'in', [...ids])
        .where(visible(identity, 'f.id'))
        .execute(),
    facilityPage: (identity, page) => {
      const where = [visible(identity, 'f.id')];
      return readConnection(
        { db, from: sql`hub.facility f`, row: 'f', where, order: byName },
        page,
      );
    },
    departments: (identity, ids) =>
      departments(identity)
        .where('d.id', 'in', [...ids])
        .execute(),
    departmentsOf: (identity, facilityIds) =>
      departments(identity)
        .where('d.facilityId', 'in', [...facilityIds])
        .orderBy('d.name')
        .orderBy('d.id')
        .execute(),
    costCenters: (identity, ids) =>
      db
        .selectFrom('hub.costCenter as c')
        .selectAll()
        .where('c.id', 'in', [...ids])
        .where(visible(identity, 'c.facilityId'))
        .execute(),
  };
};
