/** Resolvers may return what only looks like a promise. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';

/** The object, once every promise among its fields has been replaced by what it was of. */
export const settleFields = async (
  fields: Record<string, unknown>,
): Promise<Record<string, unknown>> => {
  const names = Object.keys(fields);
  const values = await Promise.all(Object.values(fields));
  names.forEach((name, at) => {
    fields[name] = values[at];
  });
  return fields;
};

/** Throws, but not before promises that nobody will wait for any more have come to their end. */
export const throwAfter = (values: readonly unknown[], thrown: unknown): Promise<never> => {
  const pending = values.flat(Number.POSITIVE_INFINITY).filter((value) => value instanceof Promise);
  if (pending.length === 0) throw thrown;
  return Promise.allSettled(pending).then(() => {
    throw thrown;
  });
};
