import { CircuitState, circuitBreaker, handleWhen, SamplingBreaker } from 'cockatiel';
import { SystemUnavailable } from '../../platform/system-error.ts';
import { CallerGone, TimeoutError } from './call-failure.ts';

/** A subgraph that is ill is not called for this long; a probe gets as long, so recovery is noticed within twice the time. */
export const openForMs = 1_000;

/** A client may ask for a deadline of a millisecond; only a call that had this long says something about the subgraph. */
const tellingWaitMs = 1_000;

/** True when the failure is a sign that the subgraph is ill, not that this call was unlucky or unwelcome. */
const isSymptom = (failure: unknown): boolean => {
  if (!(failure instanceof SystemUnavailable)) return false;
  const { cause } = failure;
  if (cause instanceof CallerGone) return false;
  if (cause instanceof TimeoutError) return cause.waitedMs >= tellingWaitMs;
  return failure.kind !== 'throttled' && failure.kind !== 'auth';
};

/** The circuit breaker of one subgraph. */
export class Circuit {
  // Opens when more than half of at least ten calls within five seconds failed.
  readonly #health = new SamplingBreaker({ threshold: 0.5, duration: 5_000, minimumRps: 2 });
  readonly #policy = circuitBreaker(handleWhen(isSymptom), {
    halfOpenAfter: openForMs,
    breaker: this.#health,
  });

  /** True while the subgraph is called as if nothing were wrong. */
  get closed(): boolean {
    return this.#policy.state === CircuitState.Closed;
  }

  /** Counts a call that succeeded while the circuit was closed, without the promises that going through it would take. */
  succeeded(): void {
    this.#health.success(CircuitState.Closed);
  }

  /** Counts a call that failed while the circuit was closed; it may open. */
  failed(failure: unknown): void {
    this.#policy
      .execute(() => {
        throw failure;
      })
      .catch(() => undefined);
  }

  /**
   * While the circuit is open: lets one call through as a probe when it is time for one, and rejects all others at once
   * instead of making them wait for its verdict.
   */
  probe<T>(call: () => Promise<T>): Promise<T> {
    if (this.#policy.state === CircuitState.HalfOpen)
      return Promise.reject(new Error('The subgraph is being probed.'));
    return this.#policy.execute(call);
  }
}
