import type { Faults } from './faults.ts';

/** An object of the data behind a graph; what it does not hold itself is looked up by its id. */
export interface Thing {
  readonly __typename: string;
  readonly id: string;
  readonly [given: string]: unknown;
}

export type Arguments = Readonly<Record<string, unknown>>;

/** Other fields of the same object as @requires delivers them: `address.city`; the arguments are the first field's. */
export type Read = (path: string, args?: Arguments) => unknown;

export type FieldValue = (thing: Thing, args: Arguments, read: Read) => unknown;

/** A graph whose subgraphs, and the one big schema that they stand for, answer from the same functions. */
export interface World {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  /** By type, or an interface that the type implements, and field. A field that is not listed is the object's own. */
  readonly values: Readonly<Record<string, Readonly<Record<string, FieldValue>>>>;
  /** What an entity is that is asked for by its key under the name of an interface. */
  readonly typeOf?: (id: string) => string;
  /** Subgraphs that may not know an entity which another one refers to. */
  readonly forgetful: readonly string[];
  /** Fields that make keys: nothing ever goes wrong with them. */
  readonly keys: ReadonlySet<string>;
}

/** What resolvers are told of a call. */
export interface WorldContext {
  readonly faults: Faults;
  /** Null in the one big schema. In a subgraph, required fields are read from what came along with the key. */
  readonly subgraph: string | null;
}
