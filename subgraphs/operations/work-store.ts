import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import { conditions, readConnection } from '../read-connection.ts';
import { visible } from '../visible.ts';
import type {
  AuditEntryPage,
  AuditEntryRecord,
  DeadLetterPage,
  DeadLetterRecord,
  ExceptionPage,
  ExceptionRecord,
  SystemHealthRecord,
} from './records.ts';
import type { AuditFilter, ExceptionFilter } from './types.generated.ts';

/** Exceptions, dead letters, audit lines and systems, as an identity may see them. */
export interface WorkStore {
  readonly exceptions: (identity: Identity, ids: readonly string[]) => Promise<ExceptionRecord[]>;
  readonly exceptionPage: (
    identity: Identity,
    filter: ExceptionFilter,
    page: Page,
  ) => Promise<ExceptionPage>;
  /** Open ones of requests that the caller was already found to see; oldest first. */
  readonly openOf: (correlationIds: readonly string[]) => Promise<ExceptionRecord[]>;
  readonly deadLetters: (identity: Identity, ids: readonly string[]) => Promise<DeadLetterRecord[]>;
  readonly deadLetterPage: (identity: Identity, page: Page) => Promise<DeadLetterPage>;
  readonly auditEntries: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<AuditEntryRecord[]>;
  readonly auditPage: (
    identity: Identity,
    filter: AuditFilter,
    page: Page,
  ) => Promise<AuditEntryPage>;
  readonly systems: () => Promise<SystemHealthRecord[]>;
}

const oldest = keyset({
  name: 'exceptions',
  key: 'x.raisedAt',
  type: 'timestamptz',
  id: 'x.id',
  direction: 'asc',
});
const lastFailed = keyset({
  name: 'deadLetters',
  key: 'd.failedAt',
  type: 'timestamptz',
  id: 'd.id',
  idType: 'uuid',
  direction: 'desc',
});
const newest = keyset({
  name: 'auditEntries',
  key: 'a.id',
  type: 'bigint',
  id: 'a.id',
  idType: 'bigint',
  direction: 'desc',
});

/** A dead letter knows no facility; it is seen by those who see the requisition it belongs to. */
const lettersOf = (identity: Identity): RawBuilder<unknown> =>
  identity.facilityIds === 'ALL'
    ? sql`true`
    : sql`exists (select from hub.requisition r
        where r.correlation_id = d.correlation_id and ${visible(identity, 'r.facilityId')})`;

const exceptions = ({
  db,
}: Database): Pick<WorkStore, 'exceptions' | 'exceptionPage' | 'openOf'> => ({
  exceptions: (identity, ids) =>
    db
      .selectFrom('hub.workException as x')
      .selectAll()
      .where('x.id', 'in', [...ids])
      .where(visible(identity, 'x.facilityId'))
      .$castTo<ExceptionRecord>()
      .execute(),
  exceptionPage: (identity, filter, page) => {
    const where = conditions([
      visible(identity, 'x.facilityId'),
      filter.status && sql`x.status = ${filter.status}`,
      filter.kind && sql`x.kind = ${filter.kind}`,
      filter.correlationId && sql`x.correlation_id = ${filter.correlationId}`,
    ]);
    return readConnection(
      { db, from: sql`hub.work_exception x`, row: 'x', where, order: oldest },
      page,
    );
  },
  openOf: (correlationIds) =>
    db
      .selectFrom('hub.workException')
      .selectAll()
      .where('correlationId', 'in', [...correlationIds])
      .where('status', '=', 'OPEN')
      .orderBy('raisedAt')
      .orderBy('id')
      .$castTo<ExceptionRecord>()
      .execute(),
});

/** A key that is no key of the table belongs to no row; PostgreSQL would refuse to read it. */
const only = (ids: readonly string[], shape: RegExp): string[] =>
  ids.filter((id) => shape.test(id));
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const wholeNumber = /^\d{1,18}$/;

/** The work of the database. */
export const workStore = (database: Database): WorkStore => {
  const { db } = database;
  return {
    ...exceptions(database),
    deadLetters: async (identity, ids) => {
      const { rows } = await sql<DeadLetterRecord>`select d.* from hub.dead_letter d
        where d.id = any(${only(ids, uuid)}::uuid[]) and ${lettersOf(identity)}`.execute(db);
      return rows;
    },
    deadLetterPage: (identity, page) => {
      const from = sql`hub.dead_letter d`;
      const where = [lettersOf(identity)];
      return readConnection({ db, from, row: 'd', where, order: lastFailed }, page);
    },
    auditEntries: async (identity, ids) => {
      const { rows } = await sql<AuditEntryRecord>`select a.* from hub.audit_entry a
        where a.id = any(${only(ids, wholeNumber)}::bigint[]) and ${visible(identity, 'a.facilityId')}`.execute(
        db,
      );
      return rows;
    },
    auditPage: (identity, filter, page) => {
      const where = conditions([
        visible(identity, 'a.facilityId'),
        filter.subjectId && sql`a.subject_id = ${filter.subjectId}`,
        filter.correlationId && sql`a.correlation_id = ${filter.correlationId}`,
      ]);
      return readConnection(
        { db, from: sql`hub.audit_entry a`, row: 'a', where, order: newest },
        page,
      );
    },
    systems: () =>
      db
        .selectFrom('hub.systemHealth')
        .selectAll()
        .orderBy('system')
        .$castTo<SystemHealthRecord>()
        .execute(),
  };
};
