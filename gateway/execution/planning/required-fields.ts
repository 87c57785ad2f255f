import { type ArgumentNode, type FieldNode, print } from 'graphql';

/** A field with the arguments that some @requires gives it. */
export interface RequiredField {
  /** The type whose field it is, as the @requires reaches it. */
  readonly type: string;
  readonly field: string;
  readonly arguments: readonly ArgumentNode[];
}

/** A field as one subgraph has it. */
export interface FieldPlace {
  readonly subgraph: string;
  readonly type: string;
  readonly field: string;
}

const keyOf = ({ subgraph, type, field }: FieldPlace): string => `${subgraph}\0${type}.${field}`;

const textOf = (args: readonly ArgumentNode[]): string =>
  args
    .map(print)
    .sort((a, b) => (a < b ? -1 : 1))
    .join();

/** What @requires asks for, and the names under which required fields with arguments are planned. */
export class RequiredFields {
  readonly #byName = new Map<string, RequiredField>();
  readonly #demands = new Map<string, ReadonlySet<string>>();
  readonly #keys = new Set<string>();

  /** One name for one type, field and arguments. */
  nameOf(type: string, node: FieldNode): string {
    const field = node.name.value;
    const args = node.arguments ?? [];
    const text = textOf(args);
    for (const [name, known] of this.#byName)
      if (known.type === type && known.field === field && textOf(known.arguments) === text)
        return name;
    const name = `${field}__required${this.#byName.size + 1}`;
    this.#byName.set(name, { type, field, arguments: args });
    return name;
  }

  get(name: string): RequiredField | undefined {
    return this.#byName.get(name);
  }

  get all(): ReadonlyMap<string, RequiredField> {
    return this.#byName;
  }

  /** Remembers which fields of its object a field's @requires asks for in one subgraph, by the names they are planned under. */
  demand(place: FieldPlace, names: ReadonlySet<string>): void {
    this.#demands.set(keyOf(place), names);
  }

  /** The field may be named as it is planned. */
  demandedBy(place: FieldPlace): ReadonlySet<string> {
    const field = this.#byName.get(place.field)?.field ?? place.field;
    return this.#demands.get(keyOf({ ...place, field })) ?? new Set();
  }

  /** Remembers that some entity of a subgraph has this field in a key. */
  addKey(subgraph: string, field: string): void {
    this.#keys.add(`${subgraph}\0${field}`);
  }

  isKey(subgraph: string, field: string): boolean {
    return field === '__typename' || this.#keys.has(`${subgraph}\0${field}`);
  }
}
