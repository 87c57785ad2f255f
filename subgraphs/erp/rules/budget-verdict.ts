import { compareMoney, type Money, money, subtractMoney } from '../../../platform/money.ts';

/** The figures of one cost centre for one fiscal year, all in one currency. */
export interface BudgetFigures {
  /** Null when only the standing is asked for. */
  readonly requested: Money | null;
  /** Null when nobody granted a budget. */
  readonly budget: Money | null;
  readonly preEncumbered: Money;
  readonly encumbered: Money;
  readonly actual: Money;
}

/** The verdict with what is left; `available` is null without a budget. */
export interface BudgetAnswer {
  readonly verdict: 'AVAILABLE' | 'EXCEEDED' | 'NO_BUDGET';
  readonly available: Money | null;
  readonly reason: string;
}

/** available = budget - preEncumbered - encumbered - actual; an amount that leaves exactly nothing still fits. */
export const budgetVerdict = (figures: BudgetFigures): BudgetAnswer => {
  if (figures.budget === null)
    return {
      verdict: 'NO_BUDGET',
      available: null,
      reason: 'Nobody has granted this cost centre a budget for the year.',
    };
  const available = [figures.preEncumbered, figures.encumbered, figures.actual].reduce(
    subtractMoney,
    figures.budget,
  );
  const requested = figures.requested ?? money(0, figures.budget.currency);
  if (compareMoney(requested, available) <= 0)
    return {
      verdict: 'AVAILABLE',
      available,
      reason: `${available.amount} ${available.currency} is available.`,
    };
  const short = subtractMoney(requested, available);
  return {
    verdict: 'EXCEEDED',
    available,
    reason: `${available.amount} ${available.currency} is available: ${short.amount} too little.`,
  };
};
