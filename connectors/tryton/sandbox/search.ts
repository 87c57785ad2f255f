import type { Rec } from './books.ts';
import { fieldsOf } from './models.ts';
import { fieldValue, type Place, targetOf } from './read.ts';
import { TrytondError } from './trytond-error.ts';
import { comparable } from './value.ts';

type Domain = readonly unknown[];

const like = (pattern: string): RegExp => {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
};

/** Long lists of ids are asked for many records: each list is turned into a set once. */
const sets = new WeakMap<readonly unknown[], ReadonlySet<unknown>>();

const isIn = (value: unknown, wanted: unknown): boolean => {
  if (!Array.isArray(wanted)) return false;
  const set = sets.get(wanted) ?? new Set(wanted.map(comparable));
  sets.set(wanted, set);
  return set.has(value);
};

/** As SQL: nothing compares with nothing, except by `=` and `!=`. */
const holds = (value: unknown, operator: string, wanted: unknown): boolean => {
  const left = comparable(value);
  const right = comparable(wanted);
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === 'in') return isIn(left, wanted);
  if (operator === 'not in') return !isIn(left, wanted);
  if (left === null || right === null) return false;
  if (operator === '>=') return left >= right;
  if (operator === '>') return left > right;
  if (operator === '<=') return left <= right;
  if (operator === '<') return left < right;
  if (operator === 'like' || operator === 'ilike') return like(String(right)).test(String(left));
  throw new TrytondError(`Operator ${operator} not supported`, '');
};

const clauseHolds = (place: Place, model: string, at: { record: Rec; clause: Domain }): boolean => {
  const [path, operator, wanted] = at.clause;
  const name = String(path);
  const dot = name.indexOf('.');
  const own = dot < 0 ? name : name.slice(0, dot);
  const target = targetOf(model, own);
  const rest = dot < 0 ? null : name.slice(dot + 1);
  const value = fieldValue(place, model, { record: at.record, name: own });
  if (target === null || (rest === null && !Array.isArray(value)))
    return holds(value, String(operator), wanted);
  const ids = Array.isArray(value) ? value : value === null ? [] : [value];
  const inner = [rest ?? 'id', operator, wanted];
  return ids.some((id) =>
    clauseHolds(place, target, { record: place.store.get(target, Number(id)), clause: inner }),
  );
};

/** A list of conditions that all hold, or `['OR', …]` of which one does. */
const domainHolds = (place: Place, model: string, at: { record: Rec; domain: Domain }): boolean => {
  const { record, domain } = at;
  const [first, ...others] = domain;
  const each = (part: unknown): boolean => {
    if (!Array.isArray(part)) throw new TrytondError(`Invalid domain ${part}`, '');
    const isClause = part.length >= 3 && typeof part[0] === 'string' && part[0] !== 'OR';
    if (isClause && part[0] !== 'AND' && typeof part[1] === 'string')
      return clauseHolds(place, model, { record, clause: part });
    return domainHolds(place, model, { record, domain: part });
  };
  if (first === 'OR') return others.some(each);
  if (first === 'AND') return others.every(each);
  return domain.every(each);
};

const compare = (a: unknown, b: unknown): number => {
  const [left, right] = [comparable(a), comparable(b)];
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
};

type Order = readonly (readonly [string, string])[] | null;

/** Few records where a condition at the top says so by an equal stored value, as an index of the database would; else all. */
const candidates = (place: Place, model: string, domain: Domain): readonly Rec[] => {
  for (const part of domain) {
    if (!Array.isArray(part)) break;
    const [name, operator, wanted] = part;
    const kind = typeof name === 'string' ? fieldsOf(model)[name]?.kind : undefined;
    const isPlain = typeof wanted === 'string' || typeof wanted === 'number';
    if (operator === '=' && isPlain && (kind === 'value' || kind === 'one'))
      return place.store.where(model, String(name), wanted);
  }
  return place.store.all(model);
};

/** The matching records in the order asked, by default the order in which they were made. */
export const search = (
  place: Place,
  model: string,
  asked: { readonly domain: Domain; readonly order: Order },
): readonly Rec[] => {
  const hidesInactive =
    'active' in fieldsOf(model) &&
    place.context['active_test'] !== false &&
    !JSON.stringify(asked.domain).includes('"active"');
  const found = candidates(place, model, asked.domain)
    .filter((record) => !hidesInactive || record['active'] !== false)
    .filter((record) => domainHolds(place, model, { record, domain: asked.domain }));
  const order = asked.order ?? [['id', 'ASC']];
  return found.toSorted((a, b) => {
    for (const [name, direction] of order) {
      const by = compare(
        fieldValue(place, model, { record: a, name }),
        fieldValue(place, model, { record: b, name }),
      );
      if (by !== 0) return direction.toUpperCase().startsWith('DESC') ? -by : by;
    }
    return 0;
  });
};
