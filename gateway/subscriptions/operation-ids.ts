/**
 * Which operation an id stands for on a connection. A client may use an id again as soon as it has completed the operation
 * itself. What the first one still had to say would then be taken for the second's, so it never says it.
 */
export class OperationIds {
  readonly #latest = new Map<string, object>();

  begin(id: string, operation: object): void {
    this.#latest.set(id, operation);
  }

  /** Passes at once for the operation that the id stands for, and never for one before it. */
  pass(id: string, operation: object): Promise<void> | undefined {
    return this.#latest.get(id) === operation ? undefined : new Promise(() => undefined);
  }

  end(id: string): void {
    this.#latest.delete(id);
  }
}
