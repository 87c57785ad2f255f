import { createContext, Script } from 'node:vm';

const call = new Script('work()');

export type Outcome<T> =
  | { readonly kind: 'done'; readonly result: T }
  | { readonly kind: 'too late' };

// The error comes from another realm, whose Error is not ours.
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/**
 * Does synchronous work for so long at most, in milliseconds by the clock. Work that takes longer is stopped wherever it is, so
 * that whatever it was changing is not to be used again. Throws what the work throws.
 */
export const runWithin = <T>(limitMs: number, work: () => T): Outcome<T> => {
  try {
    return {
      kind: 'done',
      result: call.runInContext(createContext({ work }), { timeout: limitMs }),
    };
  } catch (error) {
    if (isTimeout(error)) return { kind: 'too late' };
    throw error;
  }
};
