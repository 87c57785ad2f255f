import type { FetchNode } from './fetch-node.ts';
import type { PlanContext } from './plan-context.ts';
import { compileRepresent, singleKey } from './representation.ts';
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

/** Representations in the order of first use. */
class Representations {
  /** By key and by text, apart: a key may look like a text. */
  readonly #byKey = new Map<unknown, number>();
  readonly #byText = new Map<unknown, number>();
  readonly texts: string[] = [];

  /** The place of an entity with this key; its text is written when the key is new. -1 where there is no text. */
  placeByKey(key: unknown, text: () => string | null): number {
    return this.#byKey.get(key) ?? this.#add(this.#byKey, key, text());
  }

  placeByText(text: string | null): number {
    return this.#byText.get(text) ?? this.#add(this.#byText, text, text);
  }

  #add(places: Map<unknown, number>, key: unknown, text: string | null): number {
    if (text === null) return -1;
    const place = this.texts.length;
    this.texts.push(text);
    places.set(key, place);
    return place;
  }
}

/** Entities of a type whose whole key is one leaf are told apart by it; the rest by what represents them. */
export const compileAsk = (node: FetchNode, { supergraphSchema, asksOnce }: PlanContext): Ask => {
  const represent = compileRepresent(node, supergraphSchema);
  const single = singleKey(node, supergraphSchema);
  const keyOf = (target: DataObject): unknown => {
    if (!asksOnce) return target;
    if (!single || target['__typename'] !== single.typeName) return undefined;
    const key = target[single.field];
    return isLeaf(key) ? key : undefined;
  };
  const place = (target: DataObject, asked: Representations): number => {
    const key = keyOf(target);
    return key === undefined
      ? asked.placeByText(represent(target))
      : asked.placeByKey(key, () => represent(target));
  };
  return (targets) => {
    const asked = new Representations();
    const places = targets.map((target) => place(target, asked));
    return { targets, places, texts: asked.texts };
  };
};
