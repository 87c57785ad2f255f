/**
 * The code that Node and its network libraries put on their errors, or an empty string. Asked by shape: an error of the
 * runtime itself is no instance of a sandbox's Error.
 */
export const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** The error's own words, or an empty string. */
export const errorText = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
