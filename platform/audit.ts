import type { Kysely } from 'kysely';
import type { Identity } from './identity.ts';
import type { Tables } from './tables.generated.ts';

/** Who did what, to what, with what effect, and what allowed it. */
export interface AuditLine {
  readonly actor: Identity;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly correlationId: string | null;
  readonly facilityId: string | null;
  /** Null where there was nothing before. */
  readonly before: unknown;
  readonly after: unknown;
  /** The role, limit, delegation or rule that allowed it, in words. */
  readonly authority: string;
}

const json = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

/** Writes the lines in the business transaction; the sealer chains them a moment later (audit-seal.ts). */
export const appendAudit = async (
  tx: Kysely<Tables>,
  lines: readonly AuditLine[],
): Promise<void> => {
  if (lines.length === 0) return;
  const rows = lines.map((line) => ({
    actorSubject: line.actor.subject,
    actorName: line.actor.name,
    actorRoles: [...line.actor.roles],
    clientId: line.actor.clientId,
    action: line.action,
    subjectType: line.subjectType,
    subjectId: line.subjectId,
    correlationId: line.correlationId,
    facilityId: line.facilityId,
    before: json(line.before),
    after: json(line.after),
    authority: line.authority,
  }));
  await tx.insertInto('hub.auditEntry').values(rows).execute();
};
