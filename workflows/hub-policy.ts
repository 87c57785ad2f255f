import type { BudgetPolicy } from '../subgraphs/erp/rules/after-budget.ts';
import type { ApprovalPolicy } from '../subgraphs/procurement/rules/approval-route.ts';

/** What the hospital decided about how its hub works: configuration, not code. */
export interface HubPolicy {
  readonly approval: ApprovalPolicy;
  readonly budget: BudgetPolicy & {
    /** How long a budget check may take before its verdict is UNAVAILABLE. */
    readonly deadlineMs: number;
  };
  /** How often each feed is read. */
  readonly feeds: {
    readonly clinicalMs: number;
    readonly ordersMs: number;
    readonly mastersMs: number;
    readonly stockMs: number;
  };
  /** 1 to 12. */
  readonly fiscalYearStartMonth: number;
  /** Where the runbooks are; the kind of trouble is appended. */
  readonly runbookBase: string;
}
