/** Something that must not outlive the request it works for. */
export interface Pending {
  /** On the clock of `performance.now()`. */
  readonly deadlineAt: number;
  /** Its place in the sweep, which alone writes it; -1 while it is in none. */
  place: number;
  /** True once nobody waits for it any more. */
  readonly isAbandoned: () => boolean;
  /** Called once, at most `sweepEveryMs` late. */
  readonly giveUp: (why: 'deadline' | 'abandoned') => void;
}

/** How late a deadline may be noticed, in milliseconds. */
const sweepEveryMs = 20;

/**
 * Watches deadlines and cancellations of everything in flight with one timer instead of one timer and one listener for
 * each: those cost more than the rest of a fetch. The timer runs only while something is pending.
 *
 * An array and not a Set: the tables that a Set outgrows refer to their successors with all that these hold, so that once a
 * table is old, every answer that passes by grows old with it and costs a full garbage collection.
 */
export class DeadlineSweep {
  readonly #pending: Pending[] = [];
  #timer: NodeJS.Timeout | null = null;

  add(pending: Pending): void {
    pending.place = this.#pending.push(pending) - 1;
    this.#timer ??= setInterval(() => this.#sweep(), sweepEveryMs);
  }

  delete(pending: Pending): void {
    const { place } = pending;
    const last = this.#pending.at(-1);
    if (place < 0 || !last) return;
    this.#pending[place] = last;
    last.place = place;
    this.#pending.pop();
    pending.place = -1;
  }

  get size(): number {
    return this.#pending.length;
  }

  #sweep(): void {
    if (this.#pending.length === 0) this.#stop();
    const now = performance.now();
    for (const pending of [...this.#pending]) {
      if (pending.place < 0) continue;
      const late = pending.deadlineAt <= now;
      if (!late && !pending.isAbandoned()) continue;
      this.delete(pending);
      pending.giveUp(late ? 'deadline' : 'abandoned');
    }
  }

  #stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
