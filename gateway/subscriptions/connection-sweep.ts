/** A connection that is looked after. */
export interface Swept {
  /** Called every second or so with a monotonic time in milliseconds. */
  readonly sweep: (now: number) => void;
}

const sweepEveryMs = 1000;

/** One timer for all long connections, instead of one each; it runs while there are any. */
export class ConnectionSweep {
  readonly #connections = new Set<Swept>();
  #timer: NodeJS.Timeout | null = null;

  add(connection: Swept): void {
    this.#connections.add(connection);
    this.#timer ??= setInterval(() => this.run(performance.now()), sweepEveryMs);
  }

  delete(connection: Swept): void {
    this.#connections.delete(connection);
    if (this.#connections.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Looks after every connection once. */
  run(now: number): void {
    for (const connection of this.#connections) connection.sweep(now);
  }
}

/** When something that is due every so many milliseconds is due first, so that those who came at once are not all met at once. */
export const firstDueAt = (everyMs: number): number =>
  performance.now() + everyMs * (0.5 + Math.random() / 2);
