/** What goes wrong, how often, and from which seed; the same seed gives the same sequence. */
export interface FaultPlan {
  readonly kind: 'commit-and-drop' | 'throttle' | 'unavailable' | 'hang' | 'slow' | 'error-body';
  /** 0 to 1. */
  readonly rate: number;
  readonly seed: number;
  readonly onlyWrites?: boolean;
  /** With `throttle`: the Retry-After header; Tryton itself sends none. */
  readonly retryAfterSeconds?: number | null;
  /** With `slow`: milliseconds; 1000 when absent. */
  readonly ms?: number;
}

/** Mulberry32: small, fast and the same everywhere. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Asks for each request whether something goes wrong; plans are asked in their order and the first that strikes counts. */
export const faultDice = (
  plans: readonly FaultPlan[],
): ((isWrite: boolean) => FaultPlan | null) => {
  const dice = plans.map((plan) => ({ plan, throwDie: randomFrom(plan.seed) }));
  return (isWrite) => {
    for (const { plan, throwDie } of dice) {
      if (plan.onlyWrites === true && !isWrite) continue;
      if (throwDie() < plan.rate) return plan;
    }
    return null;
  };
};
