import { Decimal } from 'decimal.js';

/** Who has to agree to what: configuration, with an id and a version that every step records. */
export interface ApprovalPolicy {
  readonly id: string;
  readonly version: number;
  /** Has to agree as well when a line is off contract; null when nobody has to. */
  readonly offContractRole: string | null;
  /** How long a step may wait before it is overdue, in hours. */
  readonly dueHours: number;
  /** Tried in order; the first that names the facility and reaches up to the amount gives the roles. */
  readonly thresholds: readonly {
    readonly facilityIds: readonly string[] | 'ALL';
    /** The largest amount that it covers, in the requisition's currency; null for no ceiling. */
    readonly upTo: string | null;
    readonly roles: readonly string[];
  }[];
}

/** What the route depends on. */
export interface RouteQuestion {
  readonly facilityId: string;
  /** The sum of the lines, a decimal. */
  readonly total: string;
  readonly offContract: boolean;
  /** A role that another rule asks for, with that rule's name; null when none does. */
  readonly extra: { readonly role: string; readonly rule: string } | null;
}

/** One step of a route: who decides and because of which rule. */
export interface RouteStep {
  readonly role: string;
  readonly rule: string;
}

/**
 * The steps that a requisition has to pass, in order, each role once.
 * No threshold for the amount at the facility is a gap in the configuration: an Error, never an empty route.
 */
export const approvalRoute = (
  question: RouteQuestion,
  policy: ApprovalPolicy,
): readonly RouteStep[] => {
  const rule = `${policy.id}@${policy.version}`;
  const total = new Decimal(question.total);
  const threshold = policy.thresholds.find(
    ({ facilityIds, upTo }) =>
      (facilityIds === 'ALL' || facilityIds.includes(question.facilityId)) &&
      (upTo === null || total.lessThanOrEqualTo(upTo)),
  );
  if (threshold === undefined)
    throw new Error(
      `Approval policy ${rule} has no threshold for ${question.total} at ${question.facilityId}.`,
    );
  const steps = threshold.roles.map((role): RouteStep => ({ role, rule }));
  if (question.offContract && policy.offContractRole !== null)
    steps.push({ role: policy.offContractRole, rule: `${rule}/off-contract` });
  if (question.extra !== null) steps.push(question.extra);
  return steps.filter((step, index) => steps.findIndex(({ role }) => role === step.role) === index);
};
