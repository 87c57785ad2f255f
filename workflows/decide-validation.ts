import type { Transaction, Workflow } from '../platform/durable.ts';
import type { BudgetVerdictRecord } from '../subgraphs/erp/ports.ts';
import { type AfterBudget, afterBudget } from '../subgraphs/erp/rules/after-budget.ts';
import { approvalRoute } from '../subgraphs/procurement/rules/approval-route.ts';
import type { ToValidate } from './begin-validation.ts';
import type { HubParts } from './hub-parts.ts';
import type { ValidateInput } from './join-requisition.ts';
import type { Matched } from './match-lines.ts';
import { raiseException, type Trouble } from './raise-exception.ts';
import { type Belonging, recordChange } from './record-change.ts';
import { openExceptionsOf, resolveExceptions } from './resolve-exceptions.ts';

/** A system that did not answer is asked again soon; what a person has to mend is looked at more seldom. */
const soonMs = 30_000;
const laterMs = 300_000;

interface Case {
  readonly parts: HubParts;
  readonly input: ValidateInput;
  readonly work: ToValidate;
  readonly matched: Matched;
  /** Null when it was not asked for, because lines are not complete. */
  readonly verdict: BudgetVerdictRecord | null;
  readonly workflow: Workflow<ValidateInput>;
}

const belongingOf = (work: ToValidate): Belonging => ({
  correlationId: work.correlationId,
  facilityId: work.facilityId,
  departmentId: work.departmentId,
  about: { requisitionId: work.requisitionId },
});

const writeLines = async (
  tx: Transaction,
  { work, matched, verdict }: Case,
  next: { readonly status: string; readonly endedReason: string | null },
): Promise<void> => {
  for (const line of matched.lines)
    await tx.db
      .updateTable('hub.requisitionLine')
      .set({
        supplierId: line.supplierId,
        unitPrice: line.unitPrice.amount,
        contract: line.contract,
        contractNumber: line.contractNumber,
      })
      .where('requisitionId', '=', work.requisitionId)
      .where('lineNumber', '=', line.lineNumber)
      .execute();
  await tx.db
    .updateTable('hub.requisition')
    .set((eb) => ({
      status: next.status,
      version: next.status === 'VALIDATING' ? eb.ref('version') : eb('version', '+', 1),
      currency: matched.currency,
      total: matched.troubles.length > 0 ? null : matched.total,
      offContract: matched.lines.some(({ contract }) => contract === 'OFF_CONTRACT'),
      budgetCheck: verdict === null ? null : JSON.stringify(verdict),
      endedBy: next.endedReason === null ? null : 'budget policy',
      endedReason: next.endedReason,
      updatedAt: new Date(),
    }))
    .where('id', '=', work.requisitionId)
    .execute();
};

const troublesOf = (given: Case, after: AfterBudget | null): readonly Trouble[] => {
  const { work, matched, verdict } = given;
  const subject = { subjectType: 'REQUISITION', subjectId: work.requisitionId } as const;
  const troubles = matched.troubles.map(
    ({ kind, message, missing }): Trouble => ({
      ...subject,
      kind,
      message,
      ...(missing === null ? {} : { missing }),
    }),
  );
  // One subject has one open trouble of a kind without a mapping: the words of all lines go into it.
  const sources = troubles.filter(({ kind }) => kind === 'NO_APPROVED_SOURCE');
  const [first] = sources;
  const merged = troubles.filter(({ kind }) => kind !== 'NO_APPROVED_SOURCE');
  if (first !== undefined)
    merged.push({ ...first, message: sources.map(({ message }) => message).join(' ') });
  if (after !== null && after.kind !== 'GO_ON')
    merged.push({
      ...subject,
      kind: after.exception,
      message: `Requisition ${work.number} needs ${matched.total} ${matched.currency}. ${verdict?.reason ?? ''}`,
    });
  return merged;
};

const settle = async (
  tx: Transaction,
  given: Case,
  troubles: readonly Trouble[],
): Promise<void> => {
  const key = (kind: string, entity: string, system: string, localId: string): string =>
    [kind, entity, system, localId].join('\n');
  const still = new Set(
    troubles.map(({ kind, missing }) =>
      key(kind, missing?.entity ?? '', missing?.system ?? '', missing?.localId ?? ''),
    ),
  );
  const open = await openExceptionsOf(tx, given.work.requisitionId);
  const gone = open.filter(
    (each) =>
      !still.has(
        key(
          each.kind,
          each.missingEntity ?? '',
          each.missingSystem ?? '',
          each.missingLocalId ?? '',
        ),
      ),
  );
  await resolveExceptions(
    tx,
    gone.map(({ id }) => id),
    { reason: 'a new check found it settled' },
  );
  for (const trouble of troubles)
    await raiseException(tx, trouble, {
      runbookBase: given.parts.policy.runbookBase,
      belonging: belongingOf(given.work),
    });
};

const checkAgain = (tx: Transaction, given: Case, troubles: readonly Trouble[]): void => {
  const delays = troubles.flatMap(({ kind }) => {
    if (kind === 'BUDGET_UNAVAILABLE') return [soonMs];
    return kind === 'MISSING_MAPPING' ? [] : [laterMs];
  });
  // What a mapping is missing for goes on when the mapping is approved.
  if (delays.length === 0) return;
  const delayMs = Math.min(...delays);
  // However many checks ask for it, there is one more check in each span of time.
  const span = Math.floor(given.parts.clock.now().getTime() / delayMs);
  const { requisitionId, version } = given.input;
  tx.start(given.workflow, given.input, {
    delayMs,
    id: `validate:${requisitionId}:${version}:${delayMs}:${span}`,
  });
};

const openRoute = async (tx: Transaction, given: Case, extraRole: string | null): Promise<void> => {
  const { work, matched, parts, verdict } = given;
  const { approval } = parts.policy;
  const route = approvalRoute(
    {
      facilityId: work.facilityId,
      total: matched.total,
      offContract: matched.lines.some(({ contract }) => contract === 'OFF_CONTRACT'),
      extra:
        extraRole === null
          ? null
          : { role: extraRole, rule: `budget-${verdict?.verdict.toLowerCase() ?? 'unknown'}` },
    },
    approval,
  );
  const now = parts.clock.now();
  const due = new Date(now.getTime() + approval.dueHours * 3_600_000);
  // A route that an earlier version of the requisition had is void.
  await tx.db
    .deleteFrom('hub.approvalStep')
    .where('requisitionId', '=', work.requisitionId)
    .execute();
  await tx.db
    .insertInto('hub.approvalStep')
    .values(
      route.map((step, index) => ({
        requisitionId: work.requisitionId,
        stepNumber: index + 1,
        role: step.role,
        rule: step.rule,
        status: 'PENDING',
        openedAt: index === 0 ? now : null,
        dueAt: index === 0 ? due : null,
      })),
    )
    .execute();
};

const tell = (tx: Transaction, given: Case, to: 'PENDING_APPROVAL' | 'RETURNED'): void => {
  const { work, matched, verdict } = given;
  const amount = `${matched.total} ${matched.currency}`;
  const waits = to === 'PENDING_APPROVAL';
  recordChange(
    tx,
    {
      type: waits ? 'RequisitionValidated' : 'RequisitionStatusChanged',
      documentType: 'REQUISITION',
      id: work.requisitionId,
      from: 'VALIDATING',
      to,
      number: work.number,
      summary: waits
        ? `Requisition ${work.number} over ${amount} waits for approval.`
        : `Requisition ${work.number} over ${amount} was sent back. ${verdict?.reason ?? ''}`,
      authority: `budget ${verdict?.verdict}, approval policy ${given.parts.policy.approval.id}@${given.parts.policy.approval.version}`,
    },
    belongingOf(work),
  );
};

const isCurrent = async (tx: Transaction, { input }: Case): Promise<boolean> => {
  const row = await tx.db
    .selectFrom('hub.requisition')
    .select('id')
    .where('id', '=', input.requisitionId)
    .where('version', '=', input.version)
    .where('status', '=', 'VALIDATING')
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
};

/** Writes what a validation found: the approval route when all is well, else what is missing. Nothing when it came too late. */
export const decideValidation = async (tx: Transaction, given: Case): Promise<void> => {
  if (!(await isCurrent(tx, given))) return;
  const { verdict, parts } = given;
  const after = verdict === null ? null : afterBudget(verdict.verdict, parts.policy.budget);
  const troubles = troublesOf(given, after);
  await settle(tx, given, troubles);
  if (after?.kind === 'GO_ON') {
    await writeLines(tx, given, { status: 'PENDING_APPROVAL', endedReason: null });
    await openRoute(tx, given, after.extraRole);
    tell(tx, given, 'PENDING_APPROVAL');
  } else if (after?.kind === 'SEND_BACK') {
    await writeLines(tx, given, { status: 'RETURNED', endedReason: verdict?.reason ?? null });
    tell(tx, given, 'RETURNED');
  } else {
    await writeLines(tx, given, { status: 'VALIDATING', endedReason: null });
    checkAgain(tx, given, troubles);
  }
};
