/**
 * An async iterator that never yields: graphql-ws holds it open while the fan-out writes the messages itself. Its first `next`
 * joins the fan-out, its `return` leaves it.
 */
export interface ParkedIterator extends AsyncGenerator<never, void, void> {
  /** Ends the subscription normally; graphql-ws then sends `complete`. */
  readonly end: () => void;
}

/** `begin` is called once, at the first `next`, and returns how to leave. */
export const parkedIterator = (begin: (parked: ParkedIterator) => () => void): ParkedIterator => {
  const finished = { value: undefined, done: true as const };
  const parking = Promise.withResolvers<IteratorReturnResult<void>>();
  let leave: (() => void) | null = null;
  const stop = (): void => {
    leave?.();
    leave = () => undefined;
  };
  const end = (): void => {
    stop();
    parking.resolve(finished);
  };
  const parked: ParkedIterator = {
    end,
    next: () => {
      leave ??= begin(parked);
      return parking.promise;
    },
    return: () => {
      end();
      return parking.promise;
    },
    throw: () => {
      end();
      return parking.promise;
    },
    [Symbol.asyncIterator]: () => parked,
    [Symbol.asyncDispose]: async () => end(),
  };
  return parked;
};
