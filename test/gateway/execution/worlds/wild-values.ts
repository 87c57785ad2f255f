import {
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** What goes on in a run; resolvers see it as their context. */
export interface Wildness {
  readonly seed: number;
  /** How often something is unusual, from 0 to 1. */
  readonly share: number;
  /** False leaves out everything that makes an execution asynchronous. */
  readonly isLate: boolean;
}

/** An object of a run: where it stands, and of which type it is. */
export interface WildObject {
  readonly place: string;
  readonly type: string;
}

/** FNV-1a, spread once more; from 0 to below 1. */
export const chance = (seed: number, place: string): number => {
  let hash = 2166136261 ^ seed;
  for (const character of place) {
    hash ^= character.charCodeAt(0);
    hash = Math.imul(hash, 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
};

export const afterTicks = async (ticks: number): Promise<void> => {
  for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
};

const strange: readonly unknown[] = [
  ...['a word', 42, 1.5, 2 ** 40, true, Number.NaN, [], { not: 'a leaf' }, 'RED', Symbol('s')],
  ...[new Map([['a', 1]]), () => 'called', 10n, '5', '', [null, 1]],
];

const usual: Readonly<Record<string, (roll: number) => unknown>> = {
  ID: (roll) => `id ${Math.floor(roll * 9)}`,
  String: (roll) => `word ${Math.floor(roll * 99)}`,
  Int: (roll) => Math.floor(roll * 1_000) - 500,
  Float: (roll) => roll * 10,
  Boolean: (roll) => roll < 0.5,
  Colour: (roll) => (roll < 0.5 ? 'RED' : 'GREEN'),
  Code: (roll) => ({ code: roll }),
};

/**
 * Whatever JavaScript lets a resolver return: values, promises that settle in any order, methods, getters, errors that are
 * thrown, rejected or returned, nulls, iterables, values of other types. It is a function of seed and place alone.
 */
export class WildValues {
  readonly #schema: GraphQLSchema;
  readonly #wildness: Wildness;

  constructor(schema: GraphQLSchema, wildness: Wildness) {
    this.#schema = schema;
    this.#wildness = wildness;
  }

  /** What a resolver at this place returns; it may throw instead. */
  at(place: string, type: GraphQLOutputType): unknown {
    const { share, isLate } = this.#wildness;
    const roll = share === 0 ? 1 : this.#roll(place) / share;
    if (roll < 0.06) return roll < 0.04 ? null : undefined;
    if (roll < 0.1) throw new GraphQLError(`Planted ${place}`, { extensions: { code: 'WILD' } });
    if (roll < 0.12) throw new RangeError(`Planted ${place}`);
    if (roll < 0.15) return new GraphQLError(`Planted ${place}`);
    if (roll < 0.19) return strange[Math.floor(this.#roll(`${place}!`) * strange.length)];
    return isLate && this.#roll(`${place} late`) < 0.3
      ? this.#late(place, type)
      : this.#value(place, type);
  }

  async #late(place: string, type: GraphQLOutputType): Promise<unknown> {
    await afterTicks(Math.floor(this.#roll(`${place} ticks`) * 9));
    if (this.#roll(`${place} rejects`) < 0.2 * this.#wildness.share)
      throw new GraphQLError(`Planted ${place}`);
    return this.#value(place, type);
  }

  #roll(place: string): number {
    return chance(this.#wildness.seed, place);
  }

  #value(place: string, type: GraphQLOutputType): unknown {
    if (isNonNullType(type)) return this.#value(place, type.ofType);
    if (isListType(type)) return this.#list(place, type.ofType);
    const roll = this.#roll(`${place} value`);
    if (isLeafType(type)) return usual[type.name]?.(roll);
    if (isObjectType(type)) return this.#object(place, type);
    if (!isAbstractType(type)) throw new Error('A value of no output type.');
    const possible = this.#schema.getPossibleTypes(type);
    const picked = possible[Math.floor(roll * possible.length)];
    return picked && this.#object(place, picked);
  }

  #list(place: string, type: GraphQLOutputType): unknown {
    const length = Math.floor(this.#roll(`${place} length`) * 4);
    const items = Array.from({ length }, (_, at) => this.#item(`${place}.${at}`, type));
    return this.#roll(`${place} set`) < 0.1 ? new Set(items) : items;
  }

  /** In the middle of a list nothing can be thrown. */
  #item(place: string, type: GraphQLOutputType): unknown {
    try {
      return this.at(place, type);
    } catch (thrown) {
      return this.#wildness.isLate ? rejected(thrown) : thrown;
    }
  }

  /** Getters for fields without a resolver; some throw, and some answer methods. */
  #object(place: string, type: GraphQLObjectType): WildObject {
    const made = { place, type: type.name };
    if (this.#roll(`${place} says its type`) < 0.8)
      Object.defineProperty(made, '__typename', { value: type.name });
    for (const { name, type: fieldType } of Object.values(type.getFields())) {
      const below = `${place}.${name}`;
      const isMethod = this.#roll(`${below} method`) < 0.15;
      const value = (): unknown => this.at(below, fieldType);
      Object.defineProperty(made, name, { get: () => (isMethod ? value : value()) });
    }
    return made;
  }
}

/** Nobody may ever look at it, which is no failure of the process. */
const rejected = (reason: unknown): Promise<unknown> => {
  const promise = Promise.reject(reason);
  promise.catch(() => undefined);
  return promise;
};
