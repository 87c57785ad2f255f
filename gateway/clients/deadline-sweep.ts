/** Something that must not outlive the request it works for. */
export interface Pending {
  /** On the clock of `performance.now()`. */
  readonly deadlineAt: number;
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
 */
export class DeadlineSweep {
  readonly #pending = new Set<Pending>();
  #timer: NodeJS.Timeout | null = null;

  add(pending: Pending): void {
    this.#pending.add(pending);
    this.#timer ??= setInterval(() => this.#sweep(), sweepEveryMs);
  }

  delete(pending: Pending): void {
    this.#pending.delete(pending);
  }

  get size(): number {
    return this.#pending.size;
  }

  #sweep(): void {
    if (this.#pending.size === 0) this.#stop();
    const now = performance.now();
    for (const pending of this.#pending) {
      const late = pending.deadlineAt <= now;
      if (!late && !pending.isAbandoned()) continue;
      this.#pending.delete(pending);
      pending.giveUp(late ? 'deadline' : 'abandoned');
    }
  }

  #stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
