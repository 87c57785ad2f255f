import type { Rec } from './books.ts';

/** Records of one kind by the value of a field; each field that is asked for is indexed from then on. */
export interface RecordIndex {
  /** Ids of the records whose field has the value. */
  find(records: ReadonlyMap<number, Rec>, field: string, value: unknown): readonly number[];
  /** To be told of every change. */
  changed(id: number, before: Rec | undefined, after: Rec | null): void;
}

type ByValue = Map<unknown, Set<number>>;

const add = (byValue: ByValue, value: unknown, id: number): void => {
  const ids = byValue.get(value) ?? new Set();
  ids.add(id);
  byValue.set(value, ids);
};

export const recordIndex = (): RecordIndex => {
  const fields = new Map<string, ByValue>();
  return {
    find: (records, field, value) => {
      let byValue = fields.get(field);
      if (byValue === undefined) {
        byValue = new Map();
        for (const record of records.values()) add(byValue, record[field], record.id);
        fields.set(field, byValue);
      }
      return [...(byValue.get(value) ?? [])].toSorted((a, b) => a - b);
    },
    changed: (id, before, after) => {
      for (const [field, byValue] of fields) {
        if (before !== undefined && before[field] === after?.[field]) continue;
        if (before !== undefined) byValue.get(before[field])?.delete(id);
        if (after !== null) add(byValue, after[field], id);
      }
    },
  };
};
