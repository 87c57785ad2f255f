import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { inputRefused } from './input-refused.ts';

type KeyType = 'timestamptz' | 'date' | 'text' | 'bigint';

/** The last entry of the page before: its sort key as PostgreSQL writes it, so that no microsecond is lost, and its id. */
interface Place {
  readonly key: string;
  readonly id: string;
}

/** One stable order of a list: by a sort key, then by id, so that entries with equal keys keep their places. */
export interface Keyset {
  /** The sort key as text; select it as `cursorKey`. */
  readonly key: RawBuilder<string>;
  readonly order: RawBuilder<unknown>;
  /** True for the entries behind the place. Refuses a cursor of another list. */
  readonly behind: (cursor: string | null) => RawBuilder<SqlBool>;
  readonly cursorOf: (place: Place) => string;
}

const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));
const wellFormed: Readonly<Record<KeyType, (key: string) => boolean>> = {
  timestamptz: (key) => /^\d{4}-\d\d-\d\d [\d:.]+[+-][\d:]+$/.test(key) && isDate(key.slice(0, 10)),
  date: (key) => /^\d{4}-\d\d-\d\d$/.test(key) && isDate(key),
  text: () => true,
  bigint: (key) => /^\d{1,18}$/.test(key),
};
const idWellFormed = {
  text: (): boolean => true,
  bigint: (id: string): boolean => /^\d{1,18}$/.test(id),
  uuid: (id: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id),
} as const;

const parts = (cursor: string): readonly unknown[] => {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(read) ? read : [];
  } catch {
    // Whatever is not ours is refused in one place, below.
    return [];
  }
};

/** A list's order. `list` names the list, so that a cursor of another one is refused rather than misread. */
export const keyset = (list: {
  readonly name: string;
  readonly key: string;
  readonly type: KeyType;
  readonly id: string;
  readonly idType?: keyof typeof idWellFormed;
  readonly direction: 'asc' | 'desc';
}): Keyset => {
  const idType = list.idType ?? 'text';
  const [key, id] = [sql.ref(list.key), sql.ref(list.id)];
  const [keyCast, idCast] = [sql.raw(list.type), sql.raw(idType)];
  const direction = sql.raw(list.direction);
  const read = (cursor: string): Place => {
    const [name, at, entry] = parts(cursor);
    const ours = name === list.name && typeof at === 'string' && typeof entry === 'string';
    if (ours && wellFormed[list.type](at) && idWellFormed[idType](entry))
      return { key: at, id: entry };
    throw inputRefused(
      '`after` is no cursor of this list: pass the `endCursor` or a `cursor` of an earlier page.',
    );
  };
  return {
    key: sql<string>`${key}::text`,
    order: sql`${key} ${direction}, ${id} ${direction}`,
    behind: (cursor) => {
      if (cursor === null) return sql<SqlBool>`true`;
      const place = read(cursor);
      const sign = sql.raw(list.direction === 'asc' ? '>' : '<');
      return sql<SqlBool>`(${key}, ${id}) ${sign} (${place.key}::${keyCast}, ${place.id}::${idCast})`;
    },
    cursorOf: (place) =>
      Buffer.from(JSON.stringify([list.name, place.key, place.id])).toString('base64url'),
  };
};
