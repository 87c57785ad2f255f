import type { Changes } from '../../platform/call.ts';
import type { Domain } from './client.ts';
import { wire } from './wire.ts';

/** A transaction that began earlier may become visible later, with the time at which it began. */
const overlapMs = 120_000;

/** Records made or written since the instant; those of `children` (one-to-many or many-to-one fields) count as their parent's.
    An order's own write_date does not move when goods come in, and a new record has no write_date at all. */
export const changedSince = (since: string | null, children: readonly string[] = []): Domain => {
  if (since === null) return [];
  const at = wire.instant(since);
  const fields = ['', ...children.map((child) => `${child}.`)];
  return [
    [
      'OR',
      ...fields.flatMap((prefix) => [
        [`${prefix}create_date`, '>=', at],
        [`${prefix}write_date`, '>=', at],
      ]),
    ],
  ];
};

/** The instant a cursor stands for; null for a first reading. */
export const sinceOf = (cursor: string | null): string | null => {
  if (cursor === null) return null;
  const parsed: unknown = JSON.parse(cursor);
  if (typeof parsed === 'object' && parsed !== null && 'since' in parsed) {
    if (typeof parsed.since === 'string' && !Number.isNaN(Date.parse(parsed.since)))
      return parsed.since;
    if (parsed.since === null) return null;
  }
  throw new Error(`Not a cursor of the Tryton connector: ${cursor.slice(0, 80)}`);
};

/** The records and where to go on: the newest change seen by the server's own clock, less the overlap. */
export const changesOf = <T extends { readonly changedAt: string }>(
  records: readonly T[],
  cursor: string | null,
): Changes<T> => {
  const newest = records.reduce((max, record) => Math.max(max, Date.parse(record.changedAt)), 0);
  const next = newest === 0 ? null : new Date(newest - overlapMs).toISOString();
  const before = sinceOf(cursor);
  const since = next !== null && (before === null || next > before) ? next : before;
  return { records, cursor: JSON.stringify({ since }) };
};

/** ISO instants in UTC compare as texts. */
const byTime = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** The earliest of some ISO instants. */
export const earliest = (...instants: readonly string[]): string =>
  instants.toSorted(byTime).at(0) ?? '';

/** The latest of some ISO instants. */
export const latest = (...instants: readonly string[]): string =>
  instants.toSorted(byTime).at(-1) ?? '';
