import type { Transaction } from '../platform/durable.ts';
import type { Identity } from '../platform/identity.ts';
import { recordChange } from './record-change.ts';

/** Settles open exceptions by their ids; an id that is settled already changes nothing. */
export const resolveExceptions = async (
  tx: Transaction,
  ids: readonly string[],
  because: { readonly reason: string; readonly actor?: Identity },
): Promise<void> => {
  if (ids.length === 0) return;
  const rows = await tx.db
    .updateTable('hub.workException')
    .set({ status: 'RESOLVED', resolvedAt: new Date() })
    .where('id', 'in', [...ids])
    .where('status', '=', 'OPEN')
    .returning(['id', 'correlationId', 'facilityId'])
    .execute();
  for (const row of rows)
    recordChange(
      tx,
      {
        type: 'ExceptionResolved',
        documentType: 'EXCEPTION',
        id: row.id,
        from: 'OPEN',
        to: 'RESOLVED',
        number: null,
        summary: because.reason,
        authority: because.reason,
        ...(because.actor === undefined ? {} : { actor: because.actor }),
      },
      { correlationId: row.correlationId, facilityId: row.facilityId, departmentId: null },
    );
};

/** The open exceptions of one document, oldest first. */
export const openExceptionsOf = (
  tx: Transaction,
  subjectId: string,
): Promise<
  {
    id: string;
    kind: string;
    missingEntity: string | null;
    missingSystem: string | null;
    missingLocalId: string | null;
  }[]
> =>
  tx.db
    .selectFrom('hub.workException')
    .select(['id', 'kind', 'missingEntity', 'missingSystem', 'missingLocalId'])
    .where('subjectId', '=', subjectId)
    .where('status', '=', 'OPEN')
    .orderBy('raisedAt')
    .execute();
