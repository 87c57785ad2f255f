import { performance } from 'node:perf_hooks';

/** What clients are told whose operation is refused because of load. */
export const overloaded = {
  code: 'OVERLOADED',
  message: 'The gateway has more to do than it can. Try again later.',
};

/** What an overloaded server tells its clients to wait, in seconds. */
export const retryAfterSeconds = 1;

const lookEveryMs = 100;

/** A loop that rests less than this share of the time has no more to give. */
const saturated = 0.97;

/** Long plans and garbage collections fill a look or two; only what lasts is overload. */
const looksInARow = 4;

/**
 * As many operations as are finished in this time may wait for the processor when there is no more of it. More would also
 * outlive the young generation, and then collecting what they hold takes what answering needs.
 */
const tolerableWaitMs = 30;

/** So many are let in however slow they are, and so many at most. */
const fewest = 8;
const most = 1_000;

/** How fast the bound grows back, for each look. */
const growth = 1.5;

/** The share of the loop's time that was spent working since the look before. */
export type Utilization = () => number;

const loopUtilization = (): Utilization => {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
};

/**
 * Bounds the operations in flight. While the event loop has time to spare, many may wait for subgraphs. Once it has none, a
 * queue only makes everyone late, so the bound falls to what the gateway finishes in `tolerableWaitMs` (Little's law) and
 * the rest is refused at once; it grows back as soon as the loop rests again.
 */
export class LoadShedder {
  readonly #utilization: Utilization;
  readonly #timer: NodeJS.Timeout;
  #inFlight = 0;
  #bound = most;
  #shed = 0;
  #finished = 0;
  /** Operations finished in a look, smoothed. */
  #rate = 0;
  #fullInARow = 0;

  constructor(utilization = loopUtilization()) {
    this.#utilization = utilization;
    this.#timer = setInterval(() => this.look(), lookEveryMs).unref();
  }

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
    this.#finished += 1;
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

  /** Sets the bound by what has happened since the look before. */
  look(): void {
    this.#rate += (this.#finished - this.#rate) * 0.3;
    this.#finished = 0;
    this.#fullInARow = this.#utilization() >= saturated ? this.#fullInARow + 1 : 0;
    if (this.#fullInARow === 0) this.#bound = Math.min(most, Math.ceil(this.#bound * growth));
    else if (this.#fullInARow >= looksInARow) {
      const bearable = Math.ceil((this.#rate * tolerableWaitMs) / lookEveryMs);
      this.#bound = Math.min(most, Math.max(fewest, bearable));
    }
  }
}
