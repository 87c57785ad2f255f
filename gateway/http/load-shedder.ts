/** What an overloaded server tells its clients to wait, in seconds. */
export const retryAfterSeconds = 1;

const sampleEveryMs = 20;

/**
 * The event loop may be this late before fewer operations are let in. A refusal waits for the loop too. It must be late in
 * every sample of a row: one long plan or garbage collection is no overload, a queue that never empties is (as in CoDel).
 */
const tolerableDelayMs = 20;
const samplesInARow = 5;

/** Below this many operations the loop is late for other reasons, and refusing would not help. */
const fewest = 16;

const mostInFlight = 1_000;

/**
 * Lets in as many operations at a time as the event loop bears: the bound shrinks while the loop is late and grows while it
 * is not (additive increase, multiplicative decrease), so that what is let in is answered in time and the rest is refused
 * at once.
 */
export class LoadShedder {
  #inFlight = 0;
  #bound = mostInFlight;
  #shed = 0;
  #lateInARow = 0;
  #expectedAt = performance.now() + sampleEveryMs;
  readonly #timer = setInterval(() => this.#sample(), sampleEveryMs).unref();

  /** True when the operation may run; `leave` must then be called once. */
  enter(): boolean {
    if (this.#inFlight >= this.#bound) {
      this.#shed += 1;
      return false;
    }
    this.#inFlight += 1;
    return true;
  }

  leave(): void {
    this.#inFlight -= 1;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Operations refused so far. */
  get shed(): number {
    return this.#shed;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    const now = performance.now();
    const delayMs = now - this.#expectedAt;
    this.#expectedAt = now + sampleEveryMs;
    this.#lateInARow = delayMs > tolerableDelayMs ? this.#lateInARow + 1 : 0;
    this.#bound =
      this.#lateInARow >= samplesInARow
        ? Math.max(fewest, Math.floor(Math.min(this.#bound, this.#inFlight) * 0.8))
        : Math.min(mostInFlight, this.#bound + 4);
  }
}
