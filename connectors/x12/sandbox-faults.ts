/** How the sandbox fails; the same seed fails the same calls. */
export interface FaultPlan {
  readonly kind: 'commit-and-drop' | 'throttle' | 'unavailable' | 'hang' | 'slow' | 'error-body';
  /** Share of the calls, 0 to 1. */
  readonly rate: number;
  readonly seed: number;
  readonly onlyWrites?: boolean;
  /** For `slow`, in milliseconds. */
  readonly ms?: number;
  /** For `throttle`; no Retry-After header when left out. */
  readonly retryAfterSeconds?: number;
}

/** mulberry32: small, fast and the same everywhere. */
const random = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

interface Faults {
  readonly set: (plan: FaultPlan | null) => void;
  /** The fault that this call suffers; null for none. */
  readonly next: (method: string) => FaultPlan | null;
}

export const createFaults = (): Faults => {
  let current: { readonly plan: FaultPlan; readonly draw: () => number } | null = null;
  return {
    set: (plan) => {
      current = plan === null ? null : { plan, draw: random(plan.seed) };
    },
    next: (method) => {
      if (current === null) return null;
      if (current.plan.onlyWrites === true && (method === 'GET' || method === 'HEAD')) return null;
      return current.draw() < current.plan.rate ? current.plan : null;
    },
  };
};
