/** A socket that collects frames until it is told to write them. */
export interface Collector {
  readonly flush: () => void;
}

/** After writing, so many times as long is left to collect what comes: writing takes a third of the loop's time at most. */
const restsPerWriting = 2;
/** However much there is to write, nothing waits longer than this, in milliseconds. */
const longestRestMs = 20;
/** Timers are no finer than this; shorter rests are none. */
const shortestRestMs = 1;
/** Sockets that are written to before others have their turn of the loop. */
const socketsAtOnce = 1000;

/**
 * Decides when sockets write. A write costs more than everything else that a message needs, so under load messages for one
 * socket share one. What comes in one turn of the loop goes out at the end of the turn, unless so much was just written that
 * it is worth a wait: then it goes out some milliseconds later, together with what has come by then.
 */
export class Outbox {
  readonly #now: () => number;
  #waiting: Collector[] = [];
  #isFlushDue = false;
  #restsUntil = 0;

  /** `now` is a monotonic time in milliseconds. */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** Called when a socket has something to write; once, until it is flushed. */
  add(collector: Collector): void {
    this.#waiting.push(collector);
    if (!this.#isFlushDue) this.#flushSoon();
  }

  #flushSoon(): void {
    this.#isFlushDue = true;
    const restMs = this.#restsUntil - this.#now();
    if (restMs < shortestRestMs) setImmediate(() => this.#begin());
    else setTimeout(() => this.#begin(), restMs);
  }

  #begin(): void {
    const collectors = this.#waiting;
    this.#waiting = [];
    this.#write(collectors, { from: 0, tookMs: 0 });
  }

  #write(collectors: readonly Collector[], so: { from: number; tookMs: number }): void {
    const begun = this.#now();
    const to = Math.min(so.from + socketsAtOnce, collectors.length);
    for (let index = so.from; index < to; index += 1) collectors[index]?.flush();
    const ended = this.#now();
    const tookMs = so.tookMs + ended - begun;
    if (to < collectors.length) {
      setImmediate(() => this.#write(collectors, { from: to, tookMs }));
      return;
    }
    this.#restsUntil = ended + Math.min(longestRestMs, restsPerWriting * tookMs);
    this.#isFlushDue = false;
    if (this.#waiting.length > 0) this.#flushSoon();
  }
}
