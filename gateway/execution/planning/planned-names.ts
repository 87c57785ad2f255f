import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';

const responseNameOf = (field: FieldNode): string => (field.alias ?? field.name).value;

/**
 * Plans fetch keys and required fields under their own names, beside what the client selected. A client that calls another
 * field by such a name, `{ user { id: name orders { total } } }`, would get the key for the name, and the planner says
 * nothing. So such aliases are planned under names that nothing else has, and given back when the answer is written.
 */
export class PlannedNames {
  /** What is planned. */
  readonly document: DocumentNode;
  readonly #planned = new Map<string, string>();
  readonly #responses = new Map<string, string>();

  constructor(document: DocumentNode, fetched: (name: string) => boolean) {
    const used = new Set<string>();
    const colliding = new Set<string>();
    visit(document, {
      Field: (field) => {
        used.add(responseNameOf(field));
        if (field.alias && field.alias.value !== field.name.value && fetched(field.alias.value))
          colliding.add(field.alias.value);
      },
    });
    for (const alias of colliding) {
      let planned = `${alias}__alias`;
      while (used.has(planned)) planned += '_';
      used.add(planned);
      this.#planned.set(alias, planned);
      this.#responses.set(planned, alias);
    }
    this.document = colliding.size === 0 ? document : this.#renamed(document);
  }

  /** Under which name the data holds a field of the client's operation. */
  of(field: FieldNode): string {
    const name = responseNameOf(field);
    return field.alias && name !== field.name.value ? (this.#planned.get(name) ?? name) : name;
  }

  /** What the client calls a name of the data. */
  responseName(name: string): string {
    return this.#responses.get(name) ?? name;
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
