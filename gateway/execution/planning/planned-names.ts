import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';
import { anchorConditions } from './anchor-conditions.ts';
import { conflictingNames, signatureOf } from './conflicting-names.ts';

const responseNameOf = (field: FieldNode): string => (field.alias ?? field.name).value;

const isRenamedByClient = ({ alias, name }: FieldNode): boolean =>
  alias !== undefined && alias.value !== name.value;

/**
 * Names under which the client's fields are planned and fetched. They are its own but for two kinds, of which the planner
 * would fetch one and give it for the other without a word:
 * 1. Plans fetch keys and required fields under the fields' names. A client that calls something else by such a name,
 *    `{ user { id: name orders { total } } }`, would read the key for the name.
 * 2. One name may mean different things for different types, `... on Drug { lots(first: 1) } ... on Device { lots(first: 2) }`.
 *    A subgraph that has an interface object does not tell these types apart.
 */
export class PlannedNames {
  /** What is planned. */
  readonly document: DocumentNode;
  readonly #isFetched: (name: string) => boolean;
  readonly #conflicting: ReadonlySet<string>;
  readonly #used = new Set<string>();
  readonly #planned = new Map<string, string>();
  readonly #responses = new Map<string, string>();

  constructor(document: DocumentNode, isFetched: (name: string) => boolean) {
    this.#isFetched = isFetched;
    this.#conflicting = conflictingNames(document);
    visit(document, {
      Field: (field) => {
        this.#used.add(responseNameOf(field));
      },
    });
    this.document = anchorConditions(this.#renamed(document));
  }

  /** Under which name the data holds a field of the client's operation. */
  of(field: FieldNode): string {
    const name = responseNameOf(field);
    const isMisleading = isRenamedByClient(field) && this.#isFetched(name);
    if (!(isMisleading || this.#conflicting.has(name))) return name;
    const key = `${name}:${signatureOf(field)}`;
    const planned = this.#planned.get(key) ?? this.#unusedName(name);
    this.#planned.set(key, planned);
    this.#responses.set(planned, name);
    return planned;
  }

  /** What the client calls a name of the data. */
  responseName(name: string): string {
    return this.#responses.get(name) ?? name;
  }

  #unusedName(name: string): string {
    for (let count = 1; ; count += 1) {
      const candidate = `${name}__alias${count}`;
      if (this.#used.has(candidate)) continue;
      this.#used.add(candidate);
      return candidate;
    }
  }

  #renamed(document: DocumentNode): DocumentNode {
    return visit(document, {
      Field: (field) => {
        const value = this.of(field);
        return value === responseNameOf(field)
          ? undefined
          : { ...field, alias: { kind: Kind.NAME, value } };
      },
    });
  }
}
