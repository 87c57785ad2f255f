/** Calls that earn one retry: retries add at most a tenth to what a struggling subgraph must bear. */
const callsPerRetry = 10;

/** Retries saved up for a burst. */
const most = 50;

/** Permission to retry, earned by calls. It starts empty: the first nine calls cannot be retried. */
export class RetryBudget {
  /** In calls, not in retries, because ten times 0.1 is not one. */
  #earned = 0;

  /** To be called once for every call that is not itself a retry. */
  earn(): void {
    if (this.#earned < most * callsPerRetry) this.#earned += 1;
  }

  /** True when a retry may be made; it is then spent. */
  spend(): boolean {
    if (this.#earned < callsPerRetry) return false;
    this.#earned -= callsPerRetry;
    return true;
  }
}
