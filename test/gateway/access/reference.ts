import {
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The clinic's rules, written down once more by hand: what is not listed is open. */
export type Rules = Readonly<Record<string, boolean>>;

interface Part {
  readonly parent: GraphQLCompositeType;
  readonly set: SelectionSetNode;
  /** False below something that may not be read in this way. */
  readonly open: boolean;
}

interface Reading {
  readonly name: string;
  readonly open: boolean;
  readonly below: Part | null;
}

export interface Expected {
  readonly data: unknown;
  readonly paths: readonly string[];
}

type Data = Readonly<Record<string, unknown>>;

const bubbles = Symbol('bubbles');

/**
 * What the gateway has to answer, worked out straight from the data: each object is read field by field, and each place asks
 * the rules. Knows nothing of plans, subgraphs or filtered documents.
 */
export class Reference {
  readonly #schema: GraphQLSchema;
  readonly #rules: Rules;
  readonly #fieldOf: (object: Data, field: string) => unknown;
  #fragments = new Map<string, { readonly on: string; readonly set: SelectionSetNode }>();
  #variables: Data = {};
  #paths: string[] = [];

  constructor(
    schema: GraphQLSchema,
    rules: Rules,
    fieldOf: (object: Data, field: string) => unknown,
  ) {
    this.#schema = schema;
    this.#rules = rules;
    this.#fieldOf = fieldOf;
  }

  answer(source: string, root: Data, variables: Data = {}): Expected {
    this.#paths = [];
    this.#variables = variables;
    const document = parse(source);
    this.#fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === 'FragmentDefinition'
          ? [
              [
                definition.name.value,
                { on: definition.typeCondition.name.value, set: definition.selectionSet },
              ] as const,
            ]
          : [],
      ),
    );
    const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition');
    const query = this.#schema.getQueryType();
    if (operation?.kind !== 'OperationDefinition' || !query) throw new Error('No query.');
    const part = { parent: query, set: operation.selectionSet, open: true };
    return { data: this.#object(query, root, [part], ''), paths: this.#paths };
  }

  /** May a field be read through this type, arguments aside? */
  mayRead(parent: GraphQLCompositeType, field: string): boolean {
    if (isUnionType(parent) || field.startsWith('__')) return true;
    const definition = parent.getFields()[field];
    const value = definition ? getNamedType(definition.type).name : '';
    const here = [parent.name, `${parent.name}.${field}`, value].every((place) => this.#may(place));
    return (
      here &&
      (!isInterfaceType(parent) ||
        this.#schema.getPossibleTypes(parent).every((type) => this.mayRead(type, field)))
    );
  }

  #may(place: string): boolean {
    return this.#rules[place] ?? true;
  }

  #object(type: GraphQLObjectType, data: Data, parts: readonly Part[], path: string): Data | null {
    const readings = new Map<string, Reading[]>();
    for (const part of parts) this.#collect(type, part, readings);
    const entries = [...readings].map(([key, found]) => {
      const place = path === '' ? key : `${path}.${key}`;
      return [key, this.#field(type, data, { found, path: place })] as const;
    });
    return entries.some(([, value]) => value === bubbles) ? null : Object.fromEntries(entries);
  }

  #field(
    type: GraphQLObjectType,
    data: Data,
    { found, path }: { readonly found: readonly Reading[]; readonly path: string },
  ): unknown {
    const name = found[0]?.name ?? '';
    if (name === '__typename') return type.name;
    const definition = type.getFields()[name];
    if (!definition) throw new Error(`No field ${name}.`);
    const value = found.some(({ open }) => open) ? this.#fieldOf(data, name) : undefined;
    const parts = found.flatMap(({ below }) => (below ? [below] : []));
    return this.#value(definition.type, value, { parts, path });
  }

  /** Undefined is what may not be read; null is nothing. */
  #value(
    type: GraphQLOutputType,
    value: unknown,
    at: { readonly parts: readonly Part[]; readonly path: string },
  ): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, value, at) ?? bubbles;
    if (value === undefined) return this.#denied(at.path);
    if (value === null) return null;
    if (isListType(type)) {
      const items = (value as readonly unknown[]).map((item, index) =>
        this.#value(type.ofType, item, { ...at, path: `${at.path}.${index}` }),
      );
      return items.includes(bubbles) ? null : items;
    }
    const data = value as Data;
    const runtime = this.#schema.getType(String(data['__typename']));
    if (!isObjectType(runtime) || at.parts.length === 0) return value;
    if (!this.#may(runtime.name)) return this.#denied(at.path);
    return this.#object(runtime, data, at.parts, at.path);
  }

  #denied(path: string): null {
    this.#paths.push(path);
    return null;
  }

  #collect(type: GraphQLObjectType, part: Part, readings: Map<string, Reading[]>): void {
    for (const selection of part.set.selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === 'Field') {
        const key = (selection.alias ?? selection.name).value;
        const name = selection.name.value;
        const open = part.open && this.#isLeft(part.parent, selection);
        const below = this.#below(part.parent, selection, open);
        readings.set(key, [...(readings.get(key) ?? []), { name, open, below }]);
        continue;
      }
      const inner = this.#fragment(part, selection);
      if (this.#applies(inner.parent, type)) this.#collect(type, inner, readings);
    }
  }

  #fragment(part: Omit<Part, 'set'>, selection: Exclude<SelectionNode, { kind: 'Field' }>): Part {
    const named =
      selection.kind === 'FragmentSpread' ? this.#fragments.get(selection.name.value) : undefined;
    const on =
      named?.on ??
      (selection.kind === 'InlineFragment' ? selection.typeCondition?.name.value : undefined);
    const parent = on === undefined ? part.parent : this.#composite(this.#schema.getType(on));
    const set =
      named?.set ?? (selection.kind === 'InlineFragment' ? selection.selectionSet : undefined);
    if (!set) throw new Error('A fragment that is not there.');
    return { parent, set, open: part.open && this.#may(parent.name) };
  }

  /** Is anything of it left: is it open, and something below it? */
  #isLeft(parent: GraphQLCompositeType, selection: SelectionNode): boolean {
    if (selection.kind !== 'Field') {
      const inner = this.#fragment({ parent, open: true }, selection);
      return inner.open && inner.set.selections.some((one) => this.#isLeft(inner.parent, one));
    }
    if (!this.mayRead(parent, selection.name.value)) return false;
    const below = this.#below(parent, selection, true);
    return below === null || below.set.selections.some((one) => this.#isLeft(below.parent, one));
  }

  #below(parent: GraphQLCompositeType, selection: SelectionNode, open: boolean): Part | null {
    if (selection.kind !== 'Field' || !selection.selectionSet || isUnionType(parent)) return null;
    const definition = parent.getFields()[selection.name.value];
    if (!definition) throw new Error(`No field ${selection.name.value}.`);
    const type = this.#composite(getNamedType(definition.type));
    return { parent: type, set: selection.selectionSet, open };
  }

  #isIncluded({ directives = [] }: SelectionNode): boolean {
    return directives.every(({ name, arguments: [argument] = [] }) => {
      const value = argument?.value;
      const given =
        value?.kind === 'Variable'
          ? this.#variables[value.name.value]
          : value?.kind === 'BooleanValue' && value.value;
      return (name.value === 'include') === (given === true);
    });
  }

  #applies(condition: GraphQLCompositeType, type: GraphQLObjectType): boolean {
    if (isObjectType(condition)) return condition === type;
    return this.#schema.getPossibleTypes(condition).includes(type);
  }

  #composite(type: GraphQLNamedType | undefined): GraphQLCompositeType {
    if (isObjectType(type) || isInterfaceType(type) || isUnionType(type)) return type;
    throw new Error('Not a composite type.');
  }
}
