import { randomUUID } from 'node:crypto';
import type { Transaction } from '../platform/durable.ts';
import type { MissingMapping } from './crosswalk.ts';
import { type Belonging, type DocumentType, recordChange } from './record-change.ts';

/** The kinds of trouble that wait for a person. */
export type TroubleKind =
  | 'MALFORMED_DOCUMENT'
  | 'MISSING_MAPPING'
  | 'NO_APPROVED_SOURCE'
  | 'BUDGET_EXCEEDED'
  | 'BUDGET_UNAVAILABLE'
  | 'SUPPLIER_RESPONSE'
  | 'SYSTEM_FAILURE';

/** What is wrong with which document. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** What is wrong and what to do, in words. */
  readonly message: string;
  readonly subjectType: DocumentType | 'DOCUMENT';
  readonly subjectId: string;
  readonly missing?: MissingMapping;
  readonly rawDocumentId?: string;
}

const owners: Readonly<Record<TroubleKind, string>> = {
  MALFORMED_DOCUMENT: 'steward',
  MISSING_MAPPING: 'steward',
  NO_APPROVED_SOURCE: 'buyer',
  BUDGET_EXCEEDED: 'department-director',
  BUDGET_UNAVAILABLE: 'integration-architect',
  SUPPLIER_RESPONSE: 'buyer',
  SYSTEM_FAILURE: 'integration-architect',
};

const runbook = (base: string, kind: TroubleKind): string =>
  `${base.replace(/\/$/, '')}/${kind.toLowerCase().replaceAll('_', '-')}`;

/** Trouble that is open already is not raised again; its words are brought up to date. */
const refresh = async (tx: Transaction, trouble: Trouble): Promise<void> => {
  const { missing } = trouble;
  await tx.db
    .updateTable('hub.workException')
    .set({
      message: trouble.message,
      ...(trouble.rawDocumentId === undefined ? {} : { rawDocumentId: trouble.rawDocumentId }),
    })
    .where('status', '=', 'OPEN')
    .where('kind', '=', trouble.kind)
    .where('subjectId', '=', trouble.subjectId)
    .where('missingEntity', 'is not distinct from', missing?.entity ?? null)
    .where('missingSystem', 'is not distinct from', missing?.system ?? null)
    .where('missingLocalId', 'is not distinct from', missing?.localId ?? null)
    .where('message', '!=', trouble.message)
    .execute();
};

/** Puts trouble before the role that owns it; the same trouble of the same document is raised once. */
export const raiseException = async (
  tx: Transaction,
  trouble: Trouble,
  context: { readonly runbookBase: string; readonly belonging: Belonging },
): Promise<void> => {
  const { correlationId, facilityId } = context.belonging;
  const id = `exception-${randomUUID()}`;
  const inserted = await tx.db
    .insertInto('hub.workException')
    .values({
      id,
      kind: trouble.kind,
      message: trouble.message,
      ownerRole: owners[trouble.kind],
      runbook: runbook(context.runbookBase, trouble.kind),
      correlationId,
      facilityId,
      subjectType: trouble.subjectType,
      subjectId: trouble.subjectId,
      missingEntity: trouble.missing?.entity ?? null,
      missingSystem: trouble.missing?.system ?? null,
      missingLocalId: trouble.missing?.localId ?? null,
      rawDocumentId: trouble.rawDocumentId ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) return await refresh(tx, trouble);
  recordChange(
    tx,
    {
      type: 'ExceptionRaised',
      documentType: 'EXCEPTION',
      id,
      from: null,
      to: 'OPEN',
      number: null,
      summary: trouble.message,
      authority: `exceptions of kind ${trouble.kind} go to ${owners[trouble.kind]}`,
    },
    context.belonging,
  );
};
