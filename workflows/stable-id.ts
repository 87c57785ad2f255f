import { createHash } from 'node:crypto';

const digest = (parts: readonly string[]): Buffer =>
  createHash('sha256').update(JSON.stringify(parts)).digest();

/** An id that is always the same for the same parts, so that reading the same thing again never doubles it. */
export const stableId = (prefix: string, ...parts: readonly string[]): string =>
  `${prefix}-${digest(parts).toString('hex').slice(0, 20)}`;

/** The same as a UUID (RFC 9562 version 8), for tables that ask for one. */
export const stableUuid = (...parts: readonly string[]): string => {
  const hex = digest(parts).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
