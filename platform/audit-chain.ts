import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.generated.ts';

/** An audit line as it is hashed: texts as the database writes them. */
export interface ChainedEntry {
  readonly id: string;
  readonly xid: string;
  readonly recordedAt: string;
  readonly actorSubject: string;
  readonly actorName: string;
  readonly actorRoles: readonly string[];
  readonly clientId: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly correlationId: string | null;
  readonly facilityId: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly authority: string;
}

/** What the first line follows. */
export const genesis = Buffer.alloc(32);

/** The columns of hub.audit_entry (as e) that are hashed. */
export const chainedColumns = sql`e.id::text as id, e.xid::text as xid,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at,
  e.actor_subject, e.actor_name, e.actor_roles, e.client_id, e.action, e.subject_type, e.subject_id,
  e.correlation_id, e.facility_id, e.before::text as before, e.after::text as after, e.authority`;

/** SHA-256 over the hash before, the place in the chain, and every field in a fixed order. */
export const chainHash = (previous: Buffer, seq: bigint, entry: ChainedEntry): Buffer =>
  createHash('sha256')
    .update(previous)
    .update(
      JSON.stringify([
        seq.toString(),
        entry.id,
        entry.xid,
        entry.recordedAt,
        entry.actorSubject,
        entry.actorName,
        entry.actorRoles,
        entry.clientId,
        entry.action,
        entry.subjectType,
        entry.subjectId,
        entry.correlationId,
        entry.facilityId,
        entry.before,
        entry.after,
        entry.authority,
      ]),
    )
    .digest();

/** The end of the chain: whoever keeps it elsewhere can tell later that nothing before it was changed. */
export interface AuditRoot {
  readonly seq: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** Where the chain ends now; null while it is empty. */
export const auditRoot = async (db: Kysely<Tables>): Promise<AuditRoot | null> => {
  const last = await db
    .selectFrom('hub.auditSeal')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? null : { seq: last.seq, hash: last.hash.toString('hex') };
};
