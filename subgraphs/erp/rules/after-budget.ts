/** What the hospital does with each verdict: configuration. */
export interface BudgetPolicy {
  readonly onUnavailable: 'BLOCK' | 'PARK' | 'PROCEED';
  readonly onExceeded: 'PARK' | 'ADD_STEP';
  readonly onNoBudget: 'PARK' | 'ADD_STEP';
  /** Who has to agree as well where the policy says ADD_STEP. */
  readonly extraRole: string;
}

/** What a verdict leads to. */
export type AfterBudget =
  | { readonly kind: 'GO_ON'; readonly extraRole: string | null }
  | {
      readonly kind: 'WAIT' | 'SEND_BACK';
      readonly exception: 'BUDGET_EXCEEDED' | 'BUDGET_UNAVAILABLE';
    };

/** Applies the policy to a verdict. BLOCK sends the requisition back; PARK lets it wait and be checked again. */
export const afterBudget = (
  verdict: 'AVAILABLE' | 'EXCEEDED' | 'NO_BUDGET' | 'UNAVAILABLE',
  policy: BudgetPolicy,
): AfterBudget => {
  if (verdict === 'AVAILABLE') return { kind: 'GO_ON', extraRole: null };
  if (verdict === 'UNAVAILABLE') {
    if (policy.onUnavailable === 'PROCEED') return { kind: 'GO_ON', extraRole: null };
    return {
      kind: policy.onUnavailable === 'PARK' ? 'WAIT' : 'SEND_BACK',
      exception: 'BUDGET_UNAVAILABLE',
    };
  }
  const answer = verdict === 'EXCEEDED' ? policy.onExceeded : policy.onNoBudget;
  return answer === 'ADD_STEP'
    ? { kind: 'GO_ON', extraRole: policy.extraRole }
    : { kind: 'WAIT', exception: 'BUDGET_EXCEEDED' };
};
