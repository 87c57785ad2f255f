import { Decimal } from 'decimal.js';

/** A record as Tryton writes it: field by name; a field of a related record lies under the relation's name with a dot, `party.`. */
export type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Follows `party.code` to `{ "party.": { "code": … } }`; null where a relation on the way is empty. */
const follow = (row: Row, path: string): unknown => {
  const dot = path.slice(0, -1).indexOf('.');
  if (dot < 0) {
    // A field that this release does not know must not be taken for an empty one.
    if (!(path in row)) throw new Error(`Tryton's answer lacks the field "${path}".`);
    return row[path] ?? null;
  }
  const related = row[path.slice(0, dot + 1)] ?? null;
  return isRow(related) ? follow(related, path.slice(dot + 1)) : null;
};

const wrong = (path: string, wanted: string, value: unknown): Error =>
  new Error(`Tryton's field "${path}" is not ${wanted}: ${JSON.stringify(value).slice(0, 80)}`);

const pad = (value: unknown, length = 2): string => String(value ?? 0).padStart(length, '0');

/** `YYYY-MM-DD` of a date or a datetime. */
const day = (value: Row): string =>
  `${pad(value['year'], 4)}-${pad(value['month'])}-${pad(value['day'])}`;

const time = (value: Row): string => {
  const fraction = pad(Math.floor(Number(value['microsecond'] ?? 0) / 1000), 3);
  return `${pad(value['hour'])}:${pad(value['minute'])}:${pad(value['second'])}.${fraction}Z`;
};

/** Empty text counts as none: Tryton keeps both. */
const text = (row: Row, path: string): string | null => {
  const value = follow(row, path);
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw wrong(path, 'a text', value);
  return value;
};

const words = (row: Row, path: string): string => {
  const value = text(row, path);
  if (value === null) throw wrong(path, 'filled', value);
  return value;
};

const link = (row: Row, path: string): number | null => {
  const value = follow(row, path);
  if (value === null) return null;
  if (typeof value !== 'number') throw wrong(path, 'a record id', value);
  return value;
};

const id = (row: Row, path = 'id'): number => {
  const value = link(row, path);
  if (value === null) throw wrong(path, 'filled', value);
  return value;
};

const ids = (row: Row, path: string): readonly number[] => {
  const value = follow(row, path);
  if (!Array.isArray(value)) throw wrong(path, 'a list of record ids', value);
  return value.map(Number);
};

/** The records of a one-to-many or many-to-many relation, read with fields such as `lines.quantity`; empty where the way there is. */
const children = (row: Row, path: string): readonly Row[] => {
  const value = follow(row, `${path}.`);
  if (value === null) return [];
  if (!Array.isArray(value) || !value.every(isRow)) throw wrong(path, 'a list of records', value);
  return value;
};

/** An exact decimal text of a Decimal or of a float (Tryton keeps quantities as floats); zero where there is none. */
const decimal = (row: Row, path: string): string => {
  const value = follow(row, path);
  if (value === null) return '0';
  if (typeof value === 'number') return new Decimal(value).toFixed();
  if (isRow(value) && typeof value['decimal'] === 'string')
    return new Decimal(value['decimal']).toFixed();
  throw wrong(path, 'a number', value);
};

const date = (row: Row, path: string): string | null => {
  const value = follow(row, path);
  return isRow(value) ? day(value) : null;
};

/** ISO instant in UTC: Tryton writes its timestamps in UTC without saying so. */
const instant = (row: Row, path: string): string | null => {
  const value = follow(row, path);
  return isRow(value) ? `${day(value)}T${time(value)}` : null;
};

/** When the record last changed. A record that nobody wrote to since it was made has no write_date. */
const changedAt = (row: Row): string => {
  const value = instant(row, 'write_date') ?? instant(row, 'create_date');
  if (value === null) throw wrong('create_date', 'filled', value);
  return value;
};

/** True unless the field says no: on SQLite a Tryton writes 1 and 0, on PostgreSQL true and false. */
const flag = (row: Row, path: string): boolean => {
  const value = follow(row, path);
  return value !== false && value !== 0;
};

/** The business code of a record; a record without one is named by its number in the database, `#17`. */
const code = (row: Row, relation = ''): string | null =>
  text(row, `${relation}code`) ??
  (link(row, `${relation}id`) === null ? null : `#${link(row, `${relation}id`)}`);

/** Reads one field of a record, by a path such as `party.code`; throws when the server does not give the field. */
export const read = {
  text,
  words,
  link,
  id,
  ids,
  children,
  decimal,
  date,
  instant,
  changedAt,
  flag,
  code,
} as const;
