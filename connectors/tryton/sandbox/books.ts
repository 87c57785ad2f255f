import { DatabaseSync } from 'node:sqlite';
import { type RecordIndex, recordIndex } from './record-index.ts';

/** A stored record: values as they travel, relations as ids. */
export type Rec = Record<string, unknown> & { readonly id: number };

/** Records by model, in memory and on disk. */
export interface Books {
  table(model: string): ReadonlyMap<number, Rec>;
  /** Records whose field has the value, oldest first. */
  where(model: string, field: string, value: unknown): readonly Rec[];
  /** Null deletes. */
  put(model: string, id: number, record: Rec | null): void;
  nextId(model: string): number;
  /** All of it is kept, or nothing. */
  transaction<T>(work: () => T): T;
  close(): void;
}

type Tables = Map<string, Map<number, Rec>>;

/** The records that a transaction touches, as they were before it; null for "not there". */
type Undo = Map<string, { readonly model: string; readonly id: number; readonly was: Rec | null }>;

const openDatabase = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  if (file !== ':memory:') database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(
    'CREATE TABLE IF NOT EXISTS record (model TEXT, id INTEGER, data TEXT, PRIMARY KEY (model, id));',
  );
  return database;
};

const load = (database: DatabaseSync, tables: Tables, last: Map<string, number>): void => {
  for (const { model, id, data } of database.prepare('SELECT * FROM record ORDER BY id').all()) {
    const name = String(model);
    last.set(name, Number(id));
    // A deleted record leaves its number behind, so that no other record gets it.
    if (data === null) continue;
    const table = tables.get(name) ?? new Map<number, Rec>();
    table.set(Number(id), JSON.parse(String(data)) as Rec);
    tables.set(name, table);
  }
};

const indexes = (): ((model: string) => RecordIndex) => {
  const byModel = new Map<string, RecordIndex>();
  return (model) => {
    const found = byModel.get(model) ?? recordIndex();
    byModel.set(model, found);
    return found;
  };
};

/** Opens the books; the file's content is read once, and written through. */
export const openBooks = (file: string): Books => {
  const database = openDatabase(file);
  const insert = database.prepare('INSERT OR REPLACE INTO record VALUES (?, ?, ?)');
  const tables: Tables = new Map();
  const last = new Map<string, number>();
  const state: { undo: Undo | null } = { undo: null };
  load(database, tables, last);

  const table = (model: string): Map<number, Rec> => {
    const found = tables.get(model) ?? new Map<number, Rec>();
    tables.set(model, found);
    return found;
  };
  const indexOf = indexes();
  const set = (model: string, id: number, record: Rec | null): void => {
    indexOf(model).changed(id, table(model).get(id), record);
    if (record === null) table(model).delete(id);
    else table(model).set(id, record);
  };
  const save = (undo: Undo): void => {
    database.exec('BEGIN IMMEDIATE');
    for (const { model, id } of undo.values()) {
      const record = table(model).get(id);
      insert.run(model, id, record === undefined ? null : JSON.stringify(record));
    }
    database.exec('COMMIT');
  };
  return {
    table,
    where: (model, field, value) =>
      indexOf(model)
        .find(table(model), field, value)
        .flatMap((id) => table(model).get(id) ?? []),
    put: (model, id, record) => {
      const key = `${model},${id}`;
      if (state.undo?.has(key) === false)
        state.undo.set(key, { model, id, was: table(model).get(id) ?? null });
      set(model, id, record);
    },
    nextId: (model) => {
      const id = (last.get(model) ?? 0) + 1;
      last.set(model, id);
      return id;
    },
    transaction: (work) => {
      if (state.undo !== null) return work();
      const undo: Undo = new Map();
      state.undo = undo;
      try {
        const result = work();
        if (undo.size > 0) save(undo);
        return result;
      } catch (error) {
        for (const { model, id, was } of undo.values()) set(model, id, was);
        throw error;
      } finally {
        state.undo = null;
      }
    },
    close: () => database.close(),
  };
};
