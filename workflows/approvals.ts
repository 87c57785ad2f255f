import type { Selectable } from 'kysely';
import type { Transaction, Workflow } from '../platform/durable.ts';
import type { Identity } from '../platform/identity.ts';
import type { HubApprovalStep, HubRequisition } from '../platform/tables.generated.ts';
import type {
  Approvals,
  Decision,
  DecisionOutcome,
  DecisionRefusal,
} from '../subgraphs/procurement/ports.ts';
import { mayApprove, mayReject } from '../subgraphs/procurement/rules/may-approve.ts';
import { orderReference } from '../subgraphs/procurement/rules/order-reference.ts';
import type { HubParts } from './hub-parts.ts';
import { recordChange } from './record-change.ts';
import type { ReportInput } from './report-to-ward.ts';

/** The work that places the order for one supplier of a requisition. */
export type PlaceOrderInput = { readonly requisitionId: string; readonly supplierId: string };

interface Next {
  readonly placeOrder: Workflow<PlaceOrderInput>;
  readonly reportToWard: Workflow<ReportInput>;
}

type RequisitionRow = Selectable<HubRequisition>;
type StepRow = Selectable<HubApprovalStep>;

interface Case {
  readonly tx: Transaction;
  readonly row: RequisitionRow;
  readonly waiting: StepRow;
  readonly decision: Decision;
  readonly identity: Identity;
}

interface Asked {
  readonly decision: Decision;
  readonly identity: Identity;
  readonly answer: 'YES' | 'NO';
}

type Looked = { readonly row: RequisitionRow; readonly waiting: StepRow | undefined };

const lookUp = async (tx: Transaction, decision: Decision): Promise<Looked | null> => {
  const row = await tx.db
    .selectFrom('hub.requisition')
    .selectAll()
    .where('id', '=', decision.requisitionId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  const waiting = await tx.db
    .selectFrom('hub.approvalStep')
    .selectAll()
    .where('requisitionId', '=', row.id)
    .where('status', '=', 'PENDING')
    .orderBy('stepNumber')
    .executeTakeFirst();
  return { row, waiting };
};

const closeStep = async (
  { tx, row, waiting, decision, identity }: Case,
  status: 'APPROVED' | 'REJECTED',
  now: Date,
): Promise<void> => {
  await tx.db
    .updateTable('hub.approvalStep')
    .set({
      status,
      decidedBy: identity.name,
      decidedBySubject: identity.subject,
      decidedAt: now,
      comment: decision.comment,
      evidence: JSON.stringify({
        total: row.total,
        currency: row.currency,
        offContract: row.offContract,
        budgetCheck: row.budgetCheck,
        version: row.version,
      }),
    })
    .where('requisitionId', '=', row.id)
    .where('stepNumber', '=', waiting.stepNumber)
    .execute();
  recordChange(
    tx,
    {
      type: 'ApprovalStepDecided',
      documentType: 'REQUISITION',
      id: row.id,
      from: 'PENDING',
      to: status,
      number: row.number,
      summary: `${identity.name} (${waiting.role}) said ${status === 'APPROVED' ? 'yes' : 'no'} to ${row.number}.`,
      actor: identity,
      authority: `role ${waiting.role}, rule ${waiting.rule}`,
    },
    { ...row, about: { requisitionId: row.id } },
  );
};

const moveTo = async (
  { tx, row, waiting, decision, identity }: Case,
  status: 'PENDING_APPROVAL' | 'APPROVED' | 'REJECTED',
  now: Date,
): Promise<void> => {
  const ended = status === 'REJECTED';
  await tx.db
    .updateTable('hub.requisition')
    .set({
      status,
      version: row.version + 1,
      updatedAt: now,
      ...(ended ? { endedBy: identity.name, endedReason: decision.comment } : {}),
    })
    .where('id', '=', row.id)
    .execute();
  if (status === 'PENDING_APPROVAL') return;
  recordChange(
    tx,
    {
      type: 'RequisitionStatusChanged',
      documentType: 'REQUISITION',
      id: row.id,
      from: row.status,
      to: status,
      number: row.number,
      summary: `Requisition ${row.number} was ${ended ? 'refused' : 'approved'} by ${identity.name}.`,
      actor: identity,
      authority: `role ${waiting.role}, rule ${waiting.rule}`,
    },
    { ...row, about: { requisitionId: row.id } },
  );
};

const startOrders = async ({ tx, row }: Case, next: Next): Promise<void> => {
  const suppliers = await tx.db
    .selectFrom('hub.requisitionLine')
    .select('supplierId')
    .distinct()
    .where('requisitionId', '=', row.id)
    .where('supplierId', 'is not', null)
    .$narrowType<{ supplierId: string }>()
    .execute();
  for (const { supplierId } of suppliers)
    tx.start(
      next.placeOrder,
      { requisitionId: row.id, supplierId },
      {
        id: `place-order:${orderReference(row.id, supplierId)}`,
        correlationId: row.correlationId,
      },
    );
};

const yes = async (given: Case, parts: HubParts, next: Next): Promise<DecisionOutcome> => {
  const now = parts.clock.now();
  const { tx, row, waiting } = given;
  await closeStep(given, 'APPROVED', now);
  const following = await tx.db
    .updateTable('hub.approvalStep')
    .set({
      openedAt: now,
      dueAt: new Date(now.getTime() + parts.policy.approval.dueHours * 3_600_000),
    })
    .where('requisitionId', '=', row.id)
    .where('stepNumber', '=', waiting.stepNumber + 1)
    .where('status', '=', 'PENDING')
    .returning('stepNumber')
    .executeTakeFirst();
  await moveTo(given, following === undefined ? 'APPROVED' : 'PENDING_APPROVAL', now);
  if (following !== undefined)
    return { kind: 'STEP_RECORDED', waitingForStep: following.stepNumber };
  await startOrders(given, next);
  return { kind: 'APPROVED' };
};

const no = async (given: Case, parts: HubParts, next: Next): Promise<DecisionOutcome> => {
  const now = parts.clock.now();
  const { tx, row } = given;
  await closeStep(given, 'REJECTED', now);
  await tx.db
    .updateTable('hub.approvalStep')
    .set({ status: 'SKIPPED' })
    .where('requisitionId', '=', row.id)
    .where('status', '=', 'PENDING')
    .execute();
  await moveTo(given, 'REJECTED', now);
  tx.start(next.reportToWard, { requisitionId: row.id }, { correlationId: row.correlationId });
  return { kind: 'REJECTED' };
};

const refusalOf = (
  { row, waiting }: Looked,
  { decision, identity, answer }: Asked,
): DecisionRefusal | null => {
  const question = { ...row, waitingRole: waiting?.role ?? null };
  return answer === 'YES'
    ? mayApprove(question, identity)
    : mayReject(question, identity, decision.comment);
};

/** Null when the decision may be taken. Who looked at an older version is told of that first: the other's decision is the news. */
const standsAgainst = ({ row, waiting }: Looked, asked: Asked): DecisionOutcome | null => {
  const refusal = refusalOf({ row, waiting }, asked);
  if (refusal?.rule !== 'OUTSIDE_FACILITY' && row.version !== asked.decision.version)
    return { kind: 'CHANGED' };
  return refusal === null ? null : { kind: 'REFUSED', refusal };
};

/** Decisions of persons: rule, step, requisition, event, audit line and the start of the order are one transaction. */
export const createApprovals = (parts: HubParts, next: Next): Approvals => {
  const decide = async (tx: Transaction, asked: Asked): Promise<DecisionOutcome> => {
    const looked = await lookUp(tx, asked.decision);
    if (looked === null) return { kind: 'NOT_FOUND' };
    const against = standsAgainst(looked, asked);
    if (against !== null) return against;
    const { row, waiting } = looked;
    if (waiting === undefined) throw new Error(`Requisition ${row.id} waits without a step.`);
    const given: Case = { tx, row, waiting, ...asked };
    return await (asked.answer === 'YES' ? yes : no)(given, parts, next);
  };
  return {
    approve: (decision, identity) =>
      parts.durable.transact((tx) => decide(tx, { decision, identity, answer: 'YES' })),
    reject: (decision, identity) =>
      parts.durable.transact((tx) => decide(tx, { decision, identity, answer: 'NO' })),
  };
};
