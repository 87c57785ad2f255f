const finished = { value: undefined, done: true } as const;

/**
 * An async iterator that never yields: graphql-ws holds it open while the fan-out writes the messages itself. Its first `next`
 * joins the fan-out, its `return` leaves it.
 */
export class ParkedIterator implements AsyncGenerator<never, void, void> {
  #begin: ((parked: ParkedIterator) => () => void) | null;
  #leave: (() => void) | null = null;
  #ended = false;
  #wake: ((result: IteratorReturnResult<void>) => void) | null = null;

  /** `begin` is called once, at the first `next`, and returns how to leave. */
  constructor(begin: (parked: ParkedIterator) => () => void) {
    this.#begin = begin;
  }

  /** Ends the subscription normally; graphql-ws then sends `complete`. */
  end(): void {
    this.#ended = true;
    this.#leave?.();
    this.#leave = null;
    this.#wake?.(finished);
    this.#wake = null;
  }

  next(): Promise<IteratorReturnResult<void>> {
    const begin = this.#begin;
    // What it took to begin is not held while it runs.
    this.#begin = null;
    if (begin !== null && !this.#ended) this.#leave = begin(this);
    if (this.#ended) return this.return();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  return(): Promise<IteratorReturnResult<void>> {
    this.end();
    return Promise.resolve(finished);
  }

  throw(): Promise<IteratorReturnResult<void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }
}
