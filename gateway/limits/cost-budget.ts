import { LRUCache } from 'lru-cache';

interface Bucket {
  left: number;
  filledAt: number;
}

const minuteMs = 60_000;

/** Principals remembered; one that is forgotten starts with a full budget. */
const principals = 10_000;

/** What each principal may still spend: a budget that refills evenly over a minute. */
export class CostBudget {
  readonly #perMinute: number;
  readonly #buckets = new LRUCache<string, Bucket>({ max: principals });

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Milliseconds until the principal may spend this much; 0 when it was spent now. */
  spend(principal: string, cost: number, now: number): number {
    if (this.#perMinute === Number.POSITIVE_INFINITY) return 0;
    const bucket = this.#filled(principal, now);
    if (cost > bucket.left) return ((cost - bucket.left) / this.#perMinute) * minuteMs;
    bucket.left -= cost;
    return 0;
  }

  #filled(principal: string, now: number): Bucket {
    const bucket = this.#buckets.get(principal) ?? { left: this.#perMinute, filledAt: now };
    const earned = ((now - bucket.filledAt) / minuteMs) * this.#perMinute;
    bucket.left = Math.min(this.#perMinute, bucket.left + earned);
    bucket.filledAt = now;
    this.#buckets.set(principal, bucket);
    return bucket;
  }
}
