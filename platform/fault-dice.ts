import { seededRandom } from './seeded-random.ts';

/** What goes wrong in a sandbox, how often, and from which seed; the same seed gives the same sequence. */
export interface FaultPlan {
  readonly kind: 'commit-and-drop' | 'throttle' | 'unavailable' | 'hang' | 'slow' | 'error-body';
  /** Share of the calls, 0 to 1. */
  readonly rate: number;
  readonly seed: number;
  readonly onlyWrites?: boolean;
  /** With `throttle`: the Retry-After header; null or absent sends none. */
  readonly retryAfterSeconds?: number | null;
  /** With `slow`: milliseconds. */
  readonly ms?: number;
}

/** One plan, several, or none. */
export type FaultPlans = FaultPlan | readonly FaultPlan[] | null;

/** Asked for each call whether it suffers a fault. */
export type FaultDice = (isWrite: boolean) => FaultPlan | null;

const listOf = (plans: FaultPlans): readonly FaultPlan[] => {
  if (plans === null) return [];
  return 'kind' in plans ? [plans] : plans;
};

/** Plans are asked in their order, and the first that strikes counts. */
export const faultDice = (plans: FaultPlans): FaultDice => {
  const dice = listOf(plans).map((plan) => ({ plan, throwDie: seededRandom(plan.seed) }));
  return (isWrite) => {
    for (const { plan, throwDie } of dice) {
      if (plan.onlyWrites === true && !isWrite) continue;
      if (throwDie() < plan.rate) return plan;
    }
    return null;
  };
};
