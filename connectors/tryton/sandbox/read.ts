import type { Rec } from './books.ts';
import { computeField } from './computed.ts';
import { fieldsOf } from './models.ts';
import type { Store } from './store.ts';
import { TrytondError } from './trytond-error.ts';

/** What is asked, from where, at what date. */
export interface Place {
  readonly store: Store;
  readonly context: Readonly<Record<string, unknown>>;
}

const related = (place: Place, model: string, ids: readonly number[]): readonly number[] => {
  const { active_test: test } = place.context;
  if (test === false || !('active' in fieldsOf(model))) return ids;
  return ids.filter((id) => place.store.get(model, id)['active'] !== false);
};

/** One field of one record, as it travels. */
export const fieldValue = (
  place: Place,
  model: string,
  at: { record: Rec; name: string },
): unknown => {
  const { record, name } = at;
  const field = fieldsOf(model)[name];
  if (field === undefined) throw new TrytondError(`'${name}'`, '');
  if (field.kind === 'value' || field.kind === 'one') return record[name] ?? null;
  if (field.kind === 'many') return record[name] ?? [];
  if (field.kind === 'list')
    return related(place, field.model, place.store.children(field, record.id));
  if (field.kind === 'computed') return computeField(place, model, at);
  const target = record[field.by];
  return typeof target === 'number'
    ? fieldValue(place, field.model, { record: place.store.get(field.model, target), name })
    : null;
};

/** The model that a relation leads to; null for a plain field. */
export const targetOf = (model: string, name: string): string | null => {
  const field = fieldsOf(model)[name];
  if (field === undefined || field.kind === 'value') return null;
  if (field.kind === 'through') return targetOf(field.model, name);
  return field.model ?? null;
};

/** `model,id` of a reference. */
const referred = /^([a-z_.]+),(\d+)$/;

/** The record, or the list of records, behind a relation. */
const readRelated = (
  place: Place,
  { value, target }: { readonly value: unknown; readonly target: string | null },
  names: readonly string[],
): unknown => {
  const one = (model: string, id: number): Record<string, unknown> =>
    readRecord(place, model, { record: place.store.get(model, id), names });
  if (target !== null && Array.isArray(value)) return value.map((id) => one(target, Number(id)));
  if (target !== null) return typeof value === 'number' ? one(target, value) : null;
  const [, model, id] = referred.exec(String(value)) ?? [];
  return model === undefined ? null : one(model, Number(id));
};

/** The record with the fields asked for; `party.code` comes as `{ "party.": { code, id } }`. */
export const readRecord = (
  place: Place,
  model: string,
  asked: { readonly record: Rec; readonly names: readonly string[] },
): Record<string, unknown> => {
  const { record, names } = asked;
  const result: Record<string, unknown> = { id: record.id };
  const deeper = new Map<string, string[]>();
  for (const name of names) {
    const dot = name.indexOf('.');
    if (dot < 0) result[name] = fieldValue(place, model, { record, name });
    else {
      const relation = name.slice(0, dot);
      deeper.set(relation, [...(deeper.get(relation) ?? []), name.slice(dot + 1)]);
    }
  }
  for (const [relation, inner] of deeper) {
    const value = fieldValue(place, model, { record, name: relation });
    result[`${relation}.`] = readRelated(
      place,
      { value, target: targetOf(model, relation) },
      inner,
    );
  }
  return result;
};
