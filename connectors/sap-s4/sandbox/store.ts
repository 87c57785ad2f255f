import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { catalog } from './catalog.ts';

/** One record of an entity set: dates as ISO instants, decimals as strings, booleans as they are. */
export type Row = Readonly<Record<string, unknown>>;

/** A condition over json_extract(body, …), with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The system's own database: what is committed here survives the end of the process. */
export interface Store {
  put(set: string, row: Row): void;
  find(
    set: string,
    where: Condition | null,
    page?: { limit: number; offset: number; order?: string },
  ): Row[];
  count(set: string, where: Condition | null): number;
  byKey(set: string, key: string): Row | null;
  /** The next number of a range, from `first`. */
  nextNumber(range: string, first: number): number;
  atomically<T>(work: () => T): T;
  close(): void;
}

// What the requests filter by; without these an order of thousands would be found by reading all of them.
const indexed = [
  'CorrespncExternalReference',
  'PurchaseOrder',
  'PurchasingDocument',
  'CostCenter',
  'LastChangeDateTime',
  'Material',
  'Product',
  'SupplierInvoice',
  'MaterialDocument',
];

/** How a condition names a property. */
export const column = (property: string): string => `json_extract(body,'$.${property}')`;

/** A condition that every named property equals its value. */
export const equals = (values: Readonly<Record<string, string>>): Condition => ({
  sql: Object.keys(values)
    .map((property) => `${column(property)} = ?`)
    .join(' AND '),
  values: Object.values(values),
});

const createTables = (db: DatabaseSync, file: string): void => {
  if (file !== ':memory:') db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  db.exec(`CREATE TABLE IF NOT EXISTS record (set_name TEXT, key TEXT, body TEXT, PRIMARY KEY (set_name, key));
           CREATE TABLE IF NOT EXISTS number_range (name TEXT PRIMARY KEY, last INTEGER);`);
  for (const property of indexed)
    db.exec(`CREATE INDEX IF NOT EXISTS by_${property} ON record (set_name, ${column(property)})`);
};

const keyOf = (set: string, row: Row): string =>
  (catalog.get(set)?.keys ?? ['id']).map((name) => String(row[name] ?? '')).join(',');

/** Opens or creates the database file; `:memory:` keeps it in the process. */
export const openStore = (file: string): Store => {
  const db = new DatabaseSync(file);
  createTables(db, file);
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  const where = (condition: Condition | null): string =>
    condition === null ? 'set_name = ?' : `set_name = ? AND (${condition.sql})`;
  return {
    put: (set, row) => {
      statement('INSERT OR REPLACE INTO record VALUES (?, ?, ?)').run(
        set,
        keyOf(set, row),
        JSON.stringify(row),
      );
    },
    find: (set, condition, page = { limit: -1, offset: 0 }) =>
      statement(
        `SELECT body FROM record WHERE ${where(condition)} ORDER BY ${page.order ?? 'key'} LIMIT ? OFFSET ?`,
      )
        .all(set, ...(condition?.values ?? []), page.limit, page.offset)
        .map((found) => JSON.parse(String(found['body'])) as Row),
    count: (set, condition) =>
      Number(
        statement(`SELECT count(*) AS n FROM record WHERE ${where(condition)}`).get(
          set,
          ...(condition?.values ?? []),
        )?.['n'],
      ),
    byKey: (set, key) => {
      const found = statement('SELECT body FROM record WHERE set_name = ? AND key = ?').get(
        set,
        key,
      );
      return found === undefined ? null : (JSON.parse(String(found['body'])) as Row);
    },
    nextNumber: (range, first) =>
      Number(
        statement(
          'INSERT INTO number_range VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last',
        ).get(range, first)?.['last'],
      ),
    atomically: (work) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
};
