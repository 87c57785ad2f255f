import type { Context } from '../context.ts';
import type { Approvals, DecisionOutcome } from './ports.ts';
import type { ApprovalStepRecord, RequisitionRecord } from './records.ts';
import type { DecideRequisitionInput, ResolversTypes } from './types.generated.ts';

/** What a decision needs to answer with. */
export interface Decided {
  readonly requisition: RequisitionRecord | null;
  readonly steps: readonly ApprovalStepRecord[];
  readonly expectedVersion: number;
}

type Approved = Awaited<ResolversTypes['ApproveRequisitionResult']>;
type Rejected = Awaited<ResolversTypes['RejectRequisitionResult']>;

const refused = (
  outcome: Extract<DecisionOutcome, { kind: 'REFUSED' }>,
  requisition: RequisitionRecord,
) => ({ __typename: 'DecisionRefused' as const, requisition, ...outcome.refusal });

const changed = (requisition: RequisitionRecord, { expectedVersion }: Decided) => ({
  __typename: 'RequisitionChanged' as const,
  requisition,
  expectedVersion,
});

/** A requisition that the caller may not see answers like one that does not exist. */
const notFound = (requisitionId: string) => ({
  __typename: 'RequisitionNotFound' as const,
  requisitionId,
});

/** What saying yes came to, in the contract's words. */
export const toApproveResult = (
  outcome: DecisionOutcome,
  decided: Decided,
  requisitionId: string,
): Approved => {
  const { requisition, steps } = decided;
  if (requisition === null) return notFound(requisitionId);
  switch (outcome.kind) {
    case 'NOT_FOUND':
      return notFound(requisitionId);
    case 'APPROVED':
      return { __typename: 'RequisitionApproved', requisition };
    case 'STEP_RECORDED': {
      const waitingFor = steps.find(({ stepNumber }) => stepNumber === outcome.waitingForStep);
      if (waitingFor === undefined)
        throw new Error(`Requisition ${requisitionId} has no step ${outcome.waitingForStep}.`);
      return { __typename: 'ApprovalStepRecorded', requisition, waitingFor };
    }
    case 'REFUSED':
      return refused(outcome, requisition);
    case 'CHANGED':
      return changed(requisition, decided);
    case 'REJECTED':
      throw new Error('An approval came out as a rejection.');
  }
};

/** What saying no came to, in the contract's words. */
export const toRejectResult = (
  outcome: DecisionOutcome,
  decided: Decided,
  requisitionId: string,
): Rejected => {
  const { requisition } = decided;
  if (requisition === null) return notFound(requisitionId);
  switch (outcome.kind) {
    case 'NOT_FOUND':
      return notFound(requisitionId);
    case 'REJECTED':
      return { __typename: 'RequisitionRejected', requisition };
    case 'REFUSED':
      return refused(outcome, requisition);
    case 'CHANGED':
      return changed(requisition, decided);
    case 'APPROVED':
    case 'STEP_RECORDED':
      throw new Error('A rejection came out as an approval.');
  }
};

/** Hands the decision to the workflows, then reads what stands in the database now. */
export const decide = async (
  input: DecideRequisitionInput,
  { identity }: Context,
  {
    decision,
    read,
  }: {
    readonly decision: Approvals['approve'];
    readonly read: (requisitionId: string) => Promise<Omit<Decided, 'expectedVersion'>>;
  },
): Promise<{ readonly outcome: DecisionOutcome; readonly decided: Decided }> => {
  const { requisitionId, version, comment } = input;
  const outcome = await decision({ requisitionId, version, comment: comment ?? null }, identity);
  return { outcome, decided: { ...(await read(requisitionId)), expectedVersion: version } };
};
