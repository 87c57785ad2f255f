import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { FieldMeaning, RandomGraph } from './graph-model.ts';

/** An object of the data. Its id says its type and where it is: `E1:2`, or `V0:E1:2.f3{}`. */
export interface DataObject {
  readonly id: string;
  /** What came along with the key. */
  readonly sent?: Json;
  /** Names of fields that a field above provides. */
  readonly provided?: readonly string[];
}

export type Json = Readonly<Record<string, unknown>>;

export const typeOf = (id: string): string => id.slice(0, id.indexOf(':'));

export const fieldSet = (text: string): SelectionSetNode =>
  (parse(`{${text}}`).definitions[0] as OperationDefinitionNode).selectionSet;

const hash = (text: string): number => {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 16777619);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
};

const argumentsOf = (node: FieldNode): Json =>
  Object.fromEntries(
    (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );

/** A value, or each item of a list, changed; null stays null. */
export const mapped = <T>(value: T | null | readonly (T | null)[], map: (item: T) => unknown) =>
  Array.isArray(value)
    ? value.map((item) => item && map(item))
    : value === null
      ? null
      : map(value as T);

/** The same with the names of objects in order: in which order fields are sent is no matter. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, inOrder(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** What the keys of an entity are. */
const keyValues: Readonly<Record<string, (id: string) => unknown>> = {
  id: (id) => id,
  code: (id) => `code ${id}`,
  tag: (id) => ({ id: `Tag:${id}` }),
};

/** What every field of a random graph is: a function of the object's id, the field and its arguments. */
export class GraphValues {
  readonly #graph: RandomGraph;

  constructor(graph: RandomGraph) {
    this.#graph = graph;
  }

  /** As the one big schema has it. */
  value(id: string, name: string, args: Json): unknown {
    const field = this.#meaning(typeOf(id), name);
    return field.requires
      ? this.requiring(id, field, { args, sent: this.#select(id, fieldSet(field.requires)) })
      : this.plain(id, field, args);
  }

  /** The value of a field that requires others, made of them. */
  requiring(id: string, field: FieldMeaning, { args, sent }: { args: Json; sent: Json }): string {
    return `${this.#place(id, field, args)} of ${JSON.stringify(inOrder(sent))}`;
  }

  /** The value of a field that requires nothing. */
  plain(id: string, field: FieldMeaning, args: Json): unknown {
    const key = keyValues[field.name];
    if (key) return key(id);
    if (typeOf(id) === 'Tag') return `${field.name} ${id.slice('Tag:'.length)}`;
    const place = this.#place(id, field, args);
    if (field.possible.length === 0) return field.isList ? [`${place}[0]`, `${place}[1]`] : place;
    if (field.isList)
      return Array.from({ length: hash(place) % 4 }, (_, at) =>
        this.#object(`${place}[${at}]`, field),
      );
    return hash(place) % 8 === 0 && typeOf(id) !== 'Query' ? null : this.#object(place, field);
  }

  #place(id: string, { name, defaults }: FieldMeaning, args: Json): string {
    return `${id}.${name}${JSON.stringify({ ...defaults, ...args })}`;
  }

  #meaning(type: string, field: string): FieldMeaning {
    const types = [type, ...this.#graph.interfacesOf(type)];
    const [known] = types.flatMap((name) => this.#graph.meanings.get(name)?.get(field) ?? []);
    if (!known) throw new Error(`No field ${type}.${field}.`);
    return known;
  }

  #object(place: string, { possible }: FieldMeaning): DataObject {
    const type = possible[hash(`${place}?`) % possible.length] ?? '';
    const number = 1 + (hash(place) % this.#graph.entityCount);
    return { id: type.startsWith('E') ? `${type}:${number}` : `${type}:${place}` };
  }

  #select(id: string, set: SelectionSetNode): Json {
    const parts = set.selections.map((selection): Json => {
      if (selection.kind === Kind.FIELD) return this.#selectField(id, selection);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return {};
      const on = selection.typeCondition?.name.value ?? '';
      const isOn = [typeOf(id), ...this.#graph.interfacesOf(typeOf(id))].includes(on);
      return isOn ? this.#select(id, selection.selectionSet) : {};
    });
    return Object.assign({}, ...parts);
  }

  #selectField(id: string, node: FieldNode): Json {
    const value = this.value(id, node.name.value, argumentsOf(node));
    const { selectionSet } = node;
    return {
      [node.name.value]: selectionSet
        ? mapped(value as DataObject, (item) => this.#select(item.id, selectionSet))
        : value,
    };
  }
}
