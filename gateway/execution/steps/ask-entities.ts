import type { FetchNode } from './fetch-node.ts';
import type { PlanContext } from './plan-context.ts';
import {
  compileRepresent,
  type Represent,
  type RequiredLeaves,
  requiredLeaves,
} from './representation.ts';
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

/** Places by the values of an entity's fields: a level of maps for each field, numbers in the last. */
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
    return this.#byObject.get(entity) ?? this.#add(this.#byObject, entity, this.#represent(entity));
  }

  /** The place of an entity that these fields tell from others of its type; its text is written for the first of its kind. */
  placeByValues(entity: DataObject, { above, last }: RequiredLeaves): number {
    let places = this.#byValues;
    for (const field of above) {
      const value = entity[field];
      if (!isLeaf(value)) return this.placeByText(entity);
      const found = places.get(value);
      const below: Places = found instanceof Map ? found : new Map();
      if (!found) places.set(value, below);
      places = below;
    }
    const value = entity[last];
    if (!isLeaf(value)) return this.placeByText(entity);
    const place = places.get(value);
    return typeof place === 'number' ? place : this.#add(places, value, this.#represent(entity));
  }

  placeByText(entity: DataObject): number {
    const text = this.#represent(entity);
    if (text === null) return -1;
    return this.#byText.get(text) ?? this.#add(this.#byText, text, text);
  }

  #add<K>(
    places: { set: (key: K, place: number) => unknown },
    key: K,
    text: string | null,
  ): number {
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
      ? asked.placeByValues(target, leaves)
      : asked.placeByText(target);
  };
  return (targets) => {
    const asked = new Representations(represent);
    const places = targets.map((target) => place(target, asked));
    return { targets, places, texts: asked.texts };
  };
};
