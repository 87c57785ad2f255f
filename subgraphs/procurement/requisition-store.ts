import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import { conditions, readConnection } from '../read-connection.ts';
import { visible } from '../visible.ts';
import type {
  ApprovalStepRecord,
  RequisitionLineRecord,
  RequisitionPage,
  RequisitionRecord,
} from './records.ts';
import type { RequisitionFilter } from './types.generated.ts';

/** Requisitions as an identity may see them. */
export interface RequisitionStore {
  readonly byIds: (identity: Identity, ids: readonly string[]) => Promise<RequisitionRecord[]>;
  readonly page: (
    identity: Identity,
    filter: RequisitionFilter,
    page: Page,
  ) => Promise<RequisitionPage>;
  /** Those whose waiting step asks for a role that the identity has. Longest waiting first. */
  readonly waitingFor: (identity: Identity, page: Page) => Promise<RequisitionPage>;
  readonly linesOf: (ids: readonly string[]) => Promise<RequisitionLineRecord[]>;
  readonly stepsOf: (ids: readonly string[]) => Promise<ApprovalStepRecord[]>;
  /** The requisition of each supply request that became part of one. */
  readonly ofSupplyRequests: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<{ supplyRequestId: string; requisitionId: string }[]>;
}

const newest = keyset({
  name: 'requisitions',
  key: 'r.submittedAt',
  type: 'timestamptz',
  id: 'r.id',
  direction: 'desc',
});
const longestWaiting = keyset({
  name: 'approvals',
  key: 'r.waitingSince',
  type: 'timestamptz',
  id: 'r.id',
  direction: 'asc',
});

const ended = ['CLOSED', 'REJECTED', 'WITHDRAWN', 'CANCELLED'];

const matching = (filter: RequisitionFilter): RawBuilder<unknown>[] =>
  conditions([
    filter.facilityId && sql`r.facility_id = ${filter.facilityId}`,
    filter.departmentId && sql`r.department_id = ${filter.departmentId}`,
    filter.statuses && sql`r.status = any(${[...filter.statuses]}::text[])`,
    filter.correlationId && sql`r.correlation_id = ${filter.correlationId}`,
    filter.inFlight === true && sql`r.status <> all(${ended}::text[])`,
    filter.inFlight === false && sql`r.status = any(${ended}::text[])`,
  ]);

/** The step that waits is the first one not yet decided; later ones are pending as well. */
const waiting = (identity: Identity): RawBuilder<unknown> => sql`(
  select q.*, coalesce(s.opened_at, q.submitted_at) as waiting_since
  from hub.requisition q join hub.approval_step s on s.requisition_id = q.id
  where q.status = 'PENDING_APPROVAL' and s.status = 'PENDING' and s.role = any(${[...identity.roles]}::text[])
    and s.step_number = (select min(step_number) from hub.approval_step
      where requisition_id = q.id and status = 'PENDING')
    and q.requester_subject is distinct from ${identity.subject}) r`;

/** The requisitions of the database. */
export const requisitionStore = (database: Database): RequisitionStore => ({
  page: (identity, filter, page) => {
    const where = [visible(identity, 'r.facilityId'), ...matching(filter)];
    const from = sql`hub.requisition r`;
    return readConnection({ db: database.db, from, row: 'r', where, order: newest }, page);
  },
  waitingFor: (identity, page) => {
    const where = [visible(identity, 'r.facilityId')];
    const from = waiting(identity);
    return readConnection({ db: database.db, from, row: 'r', where, order: longestWaiting }, page);
  },
  byIds: (identity, ids) =>
    database.db
      .selectFrom('hub.requisition as r')
      .selectAll()
      .where('r.id', 'in', [...ids])
      .where(visible(identity, 'r.facilityId'))
      .$castTo<RequisitionRecord>()
      .execute(),
  linesOf: (ids) =>
    database.db
      .selectFrom('hub.requisitionLine as l')
      .innerJoin('hub.requisition as r', 'r.id', 'l.requisitionId')
      .selectAll('l')
      .select('r.currency')
      .where('l.requisitionId', 'in', [...ids])
      .orderBy('l.requisitionId')
      .orderBy('l.lineNumber')
      .$castTo<RequisitionLineRecord>()
      .execute(),
  stepsOf: (ids) =>
    database.db
      .selectFrom('hub.approvalStep as s')
      .selectAll()
      .where('s.requisitionId', 'in', [...ids])
      .orderBy('s.requisitionId')
      .orderBy('s.stepNumber')
      .$castTo<ApprovalStepRecord>()
      .execute(),
  ofSupplyRequests: (identity, ids) =>
    database.db
      .selectFrom('hub.supplyRequest as s')
      .innerJoin('hub.requisition as r', 'r.id', 's.requisitionId')
      .select(['s.id as supplyRequestId', 'r.id as requisitionId'])
      .where('s.id', 'in', [...ids])
      .where(visible(identity, 'r.facilityId'))
      .execute(),
});
