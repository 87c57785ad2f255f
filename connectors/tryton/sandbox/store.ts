import { type Books, openBooks, type Rec } from './books.ts';
import { type Field, fieldsOf } from './models.ts';
import { labelOf, TrytondError, userError } from './trytond-error.ts';
import { instantValue } from './value.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Records by model, with relations as Tryton writes them; every change belongs to a transaction. */
export interface Store {
  all(model: string): readonly Rec[];
  get(model: string, id: number): Rec;
  /** Records whose stored field has the value, oldest first. */
  where(model: string, field: string, value: unknown): readonly Rec[];
  create(model: string, values: Values): number;
  write(model: string, ids: readonly number[], values: Values): void;
  remove(model: string, ids: readonly number[]): void;
  /** Ids of the records that point back by a one-to-many field of this record. */
  children(field: ListField, id: number): readonly number[];
  transaction<T>(work: () => T): T;
  now(): Date;
  close(): void;
}

type ListField = Extract<Field, { kind: 'list' }>;

interface At {
  readonly model: string;
  readonly id: number;
}

const fieldOf = (model: string, name: string): Field => {
  const field = fieldsOf(model)[name];
  if (field === undefined) throw new TrytondError(`'${name}'`, '');
  return field;
};

/** `model,id` or a plain id: what the child's field holds. */
const backLink = (field: ListField, id: number): string | number =>
  field.prefix === undefined ? id : `${field.prefix},${id}`;

const isCommand = (value: unknown): value is readonly [string, readonly unknown[], Values?] =>
  Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]);

/** `[['add', ids]]` of a many-to-many field. */
const idsOf = (commands: unknown): readonly number[] =>
  Array.isArray(commands)
    ? commands.filter(isCommand).flatMap(([verb, ids]) => (verb === 'add' ? ids.map(Number) : []))
    : [];

/** `[['create', records], ['add', ids], ['write', ids, values], ['delete', ids]]` of a one-to-many field. */
const relate = (store: Store, owner: { field: ListField; id: number }, commands: unknown): void => {
  const { model, inverse } = owner.field;
  const back = { [inverse]: backLink(owner.field, owner.id) };
  const run: Readonly<Record<string, (argument: readonly unknown[], values?: Values) => void>> = {
    write: (ids, values) => store.write(model, ids.map(Number), values ?? {}),
    create: (list) => {
      for (const values of list) store.create(model, { ...(values as Values), ...back });
    },
    add: (ids) => store.write(model, ids.map(Number), back),
    delete: (ids) => store.remove(model, ids.map(Number)),
  };
  if (!Array.isArray(commands)) return;
  for (const [verb, argument, values] of commands.filter(isCommand)) run[verb]?.(argument, values);
};

/** Values of the record's own; those of its relations go to the records they belong to. */
const apply = (store: Store, books: Books, { at, values }: { at: At; values: Values }): void => {
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fieldOf(at.model, name);
    if (field.kind === 'list') relate(store, { field, id: at.id }, value);
    else if (field.kind === 'many') own[name] = idsOf(value);
    else if (field.kind === 'through')
      store.write(field.model, [Number(store.get(at.model, at.id)[field.by])], { [name]: value });
    else if (field.kind !== 'computed') own[name] = value;
  }
  books.put(at.model, at.id, { ...store.get(at.model, at.id), ...own });
};

const blank = (model: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fieldsOf(model)).flatMap(([name, field]) =>
      field.kind === 'value' || field.kind === 'one'
        ? [[name, field.kind === 'value' ? (field.initial ?? null) : null]]
        : [],
    ),
  );

/** Opens the store on its file. */
export const openStore = (file: string, clock: () => Date): Store => {
  const books = openBooks(file);
  const get = (model: string, id: number): Rec => {
    fieldsOf(model);
    const found = books.table(model).get(id);
    if (found !== undefined) return found;
    throw userError(
      `You are trying to read records "${id}" of "${labelOf(model)}" that don't exist anymore.`,
    );
  };
  const store: Store = {
    all: (model) => [...books.table(model).values()],
    get,
    where: books.where,
    create: (model, values) => {
      const id = books.nextId(model);
      const stamps = { create_date: instantValue(clock()), write_date: null };
      books.put(model, id, { ...blank(model), ...stamps, id });
      apply(store, books, { at: { model, id }, values });
      return id;
    },
    write: (model, ids, values) => {
      for (const id of ids) {
        books.put(model, id, { ...get(model, id), write_date: instantValue(clock()) });
        apply(store, books, { at: { model, id }, values });
      }
    },
    remove: (model, ids) => {
      const lists = Object.values(fieldsOf(model)).filter((field) => field.kind === 'list');
      for (const id of ids) {
        get(model, id);
        for (const field of lists) store.remove(field.model, store.children(field, id));
        books.put(model, id, null);
      }
    },
    children: (field, id) =>
      books.where(field.model, field.inverse, backLink(field, id)).map((record) => record.id),
    transaction: books.transaction,
    now: clock,
    close: books.close,
  };
  return store;
};
