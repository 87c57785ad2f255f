import { checkedName, compileFunction, own, readCode } from '../generated-code.ts';
import type { FieldTree } from './fetch-document.ts';
import type { DataObject } from './run.ts';

/** Writes what a fetch answered into an object of the answer. The target is changed in place: other fetches hold it. */
export type Merge = (target: DataObject, source: DataObject) => void;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What a response name holds when two fetches selected below it. Lists of one length are merged item by item. */
const combine = (held: unknown, value: unknown, merge: Merge): unknown => {
  if (!(isObject(held) && isObject(value))) return value;
  if (Array.isArray(value)) {
    if (!Array.isArray(held) || held.length !== value.length) return value;
    for (let at = 0; at < value.length; at += 1) held[at] = combine(held[at], value[at], merge);
    return held;
  }
  if (Array.isArray(held)) return value;
  merge(held as DataObject, value as DataObject);
  return held;
};

/** Names that no object has for its type, where a subgraph says them all the same: it knows the interface alone. */
export type InterfaceNames = ReadonlySet<unknown>;

/** Merges by the names in the source; for answers whose names were rewritten. */
export const mergesAny = (interfaces: InterfaceNames): Merge => {
  const merged = (held: unknown, name: string, value: unknown): unknown => {
    if (held === undefined) return value;
    return name === '__typename' && interfaces.has(value) ? held : combine(held, value, merge);
  };
  const merge: Merge = (target, source) => {
    for (const name of Object.keys(source)) {
      const value = source[name];
      if (value !== undefined && name !== '__proto__')
        target[name] = merged(own(target, name), name, value);
    }
  };
  return merge;
};

/**
 * Merges by the names that the fetch selects, as generated code: this runs for every entity of every answer. An object keeps
 * the type that it is known to have when a subgraph calls it by an interface's name.
 */
export const compileMerge = (fields: FieldTree, interfaces: InterfaceNames): Merge => {
  const functions: string[] = [];
  const write = (tree: FieldTree): string => {
    const name = `merge${functions.length}`;
    functions.push('');
    const at = functions.length - 1;
    let body = '';
    for (const [field, below] of tree) {
      const read = readCode('source', field);
      const target = `target.${checkedName(field)}`;
      const isKept =
        field === '__typename' && interfaces.size > 0
          ? `&&(${target}===undefined||!interfaces.has(value))`
          : '';
      const value = below ? `combine(${readCode('target', field)},value,${write(below)})` : 'value';
      body += `value=${read};if(value!==undefined${isKept})${target}=${value};`;
    }
    functions[at] = `function ${name}(target,source){let value;${body}}`;
    return name;
  };
  const root = write(fields);
  return compileFunction<Merge>(`${functions.join('\n')}return ${root};`, {
    combine,
    interfaces,
    own,
  });
};

/** A copy that shares nothing with the original but leaves. */
export const copyData = (value: unknown): unknown => {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return value.map(copyData);
  const copy: DataObject = {};
  for (const [name, below] of Object.entries(value)) copy[name] = copyData(below);
  return copy;
};
