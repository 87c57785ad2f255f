import type { FetchNode } from './fetch-node.ts';
import type { PlanContext } from './plan-context.ts';
import { compileRepresent, type Represent, requiredLeaves } from './representation.ts';
import type { DataObject } from './run.ts';

/** Entities that answer the same representation are asked for once. */
export interface Asked {
  readonly targets: readonly DataObject[];
  /** For each target its place among the representations; -1 where nothing can be asked. */
  readonly places: readonly number[];
  /** The representations, as JSON. */
  readonly texts: readonly string[];
}

export type Ask = (targets: readonly DataObject[]) => Asked;

const isLeaf = (value: unknown): boolean =>
  value !== undefined && value !== null && typeof value !== 'object';

/** Places by the values of an entity's fields, one level of the tree for each field. */
type Places = Map<unknown, Places | number>;

/** Representations in the order of first use. */
class Representations {
  /** By object, by the values of fields and by text, apart: the one may look like the other. */
  readonly #byObject = new Map<DataObject, number>();
  readonly #byValues: Places = new Map();
  readonly #byText = new Map<string, number>();
  readonly #represent: Represent;
  readonly texts: string[] = [];

  constructor(represent: Represent) {
    this.#represent = represent;
  }

  placeByObject(entity: DataObject): number {
    return this.#byObject.get(entity) ?? this.#add(this.#byObject, entity, entity);
  }

  /** The place of an entity that these fields tell from others of its type; its text is written for the first of its kind. */
  placeByValues(entity: DataObject, fields: readonly string[]): number {
    let places = this.#byValues;
    const last = fields.length - 1;
    for (let at = 0; at <= last; at += 1) {
      const value = entity[fields[at] ?? ''];
      if (!isLeaf(value)) return this.placeByText(entity);
      const found = places.get(value);
      if (at === last) return (found as number | undefined) ?? this.#add(places, value, entity);
      if (found === undefined) {
        const below: Places = new Map();
        places.set(value, below);
        places = below;
      } else places = found as Places;
    }
    return -1;
  }

  placeByText(entity: DataObject): number {
    const text = this.#represent(entity);
    if (text === null) return -1;
    let place = this.#byText.get(text);
    if (place === undefined) {
      place = this.texts.push(text) - 1;
      this.#byText.set(text, place);
    }
    return place;
  }

  #add<K>(places: Map<K, Places | number>, key: K, entity: DataObject): number {
    const text = this.#represent(entity);
    if (text === null) return -1;
    const place = this.texts.push(text) - 1;
    places.set(key, place);
    return place;
  }
}

/** Entities of a type of which nothing but leaves is required are told apart by these; the rest by what represents them. */
export const compileAsk = (node: FetchNode, { supergraphSchema, asksOnce }: PlanContext): Ask => {
  const represent = compileRepresent(node, supergraphSchema);
  const leaves = requiredLeaves(node, supergraphSchema);
  const place = (target: DataObject, asked: Representations): number => {
    if (!asksOnce) return asked.placeByObject(target);
    return leaves && target['__typename'] === leaves.typeName
      ? asked.placeByValues(target, leaves.fields)
      : asked.placeByText(target);
  };
  return (targets) => {
    const asked = new Representations(represent);
    const places = targets.map((target) => place(target, asked));
    return { targets, places, texts: asked.texts };
  };
};
