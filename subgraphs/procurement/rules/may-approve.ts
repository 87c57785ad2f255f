import { type Identity, seesFacility } from '../../../platform/identity.ts';
import type { DecisionRefusal } from '../ports.ts';

/** What a decision is about, as it stands now. */
export interface DecisionCase {
  readonly facilityId: string;
  readonly status: string;
  readonly requester: string;
  /** The requester's subject; null when only a name is known. */
  readonly requesterSubject: string | null;
  /** The role of the step that waits; null when none waits. */
  readonly waitingRole: string | null;
}

const refusal = (rule: DecisionRefusal['rule'], reason: string): DecisionRefusal => ({
  rule,
  reason,
});

const asked = (question: DecisionCase, identity: Identity): boolean =>
  identity.subject === question.requesterSubject ||
  identity.name.toLowerCase() === question.requester.toLowerCase();

/**
 * What stands against this person deciding on this requisition; null when nothing does. Facility comes first, so that
 * nobody learns about a requisition elsewhere. Separation of duties: who asked never decides, whatever the role.
 */
export const mayApprove = (question: DecisionCase, identity: Identity): DecisionRefusal | null => {
  if (!seesFacility(identity, question.facilityId))
    return refusal(
      'OUTSIDE_FACILITY',
      'You do not act for this facility. Ask a colleague there to decide.',
    );
  if (question.status !== 'PENDING_APPROVAL' || question.waitingRole === null)
    return refusal(
      'NOT_WAITING',
      `It is ${question.status} and waits for no decision. Look again before you act.`,
    );
  if (asked(question, identity))
    return refusal(
      'REQUESTER_MAY_NOT_APPROVE',
      'You asked for these goods yourself. Somebody else has to decide.',
    );
  if (!identity.roles.includes(question.waitingRole))
    return refusal(
      'ROLE_REQUIRED',
      `This step is for the role ${question.waitingRole}. Ask somebody who has it.`,
    );
  return null;
};

/** What stands against rejecting: the same, and a no without a word helps nobody. */
export const mayReject = (
  question: DecisionCase,
  identity: Identity,
  comment: string | null,
): DecisionRefusal | null => {
  const stands = mayApprove(question, identity);
  if (stands !== null) return stands;
  return comment === null || comment.trim() === ''
    ? refusal('COMMENT_REQUIRED', 'Say why, so that the ward knows what to do instead.')
    : null;
};
