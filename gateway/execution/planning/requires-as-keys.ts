import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  Kind,
} from 'graphql';
import {
  directiveArgument,
  type FieldsType,
  fieldNames,
  fieldSet,
  isResolvable,
  namesIn,
  SupergraphFields,
  subgraphNames,
  withArguments,
} from './supergraph-fields.ts';

/** A supergraph without @requires, and which subgraph each of its subgraphs stands for. */
export interface RequiresAsKeys {
  readonly document: DocumentNode;
  readonly subgraphOf: (name: string) => string;
}

/** A copy of a subgraph in which one type can be entered with what some of its fields require. */
interface Copy {
  /** The enum value that stands for the copy, and its name. */
  readonly graph: string;
  readonly name: string;
  readonly type: string;
  readonly requires: string;
  /** Every name in what is required. */
  readonly mentioned: ReadonlySet<string>;
}

type Directives = readonly ConstDirectiveNode[] | undefined;

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

const joined = (directives: Directives, name: string): ConstDirectiveNode[] =>
  (directives ?? []).filter((directive) => directive.name.value === `join__${name}`);

const graphOf = (directive: ConstDirectiveNode): string =>
  directive.name.value.startsWith('join__') ? (directiveArgument(directive, 'graph') ?? '') : '';

const isExternal = (directive: ConstDirectiveNode): boolean =>
  directive.arguments?.some(({ name }) => name.value === 'external') ?? false;

/** A field that says of no subgraph that it has it is had by each that has the type. */
const fieldDirectives = (type: FieldsType, field: FieldDefinitionNode): ConstDirectiveNode[] => {
  const directives = [...(field.directives ?? [])];
  if (joined(directives, 'field').length > 0) return directives;
  const graphs = new Set(joined(type.directives, 'type').map(graphOf));
  const empty: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'join__field' },
  };
  return [...directives, ...[...graphs].map((graph) => withArguments(empty, { graph }))];
};

class SubgraphCopies {
  readonly names = new Map<string, string>();
  /** By the subgraph that is copied. */
  readonly #copies = new Map<string, Copy[]>();
  /** `GRAPH Type` of entities that the subgraph can be asked for, with the fields of their keys. */
  readonly #keys = new Map<string, Set<string>>();

  constructor(supergraph: DocumentNode) {
    const names = subgraphNames(supergraph);
    for (const type of new SupergraphFields(supergraph).types.values()) {
      for (const directive of joined(type.directives, 'type'))
        this.#addKey(type.name.value, directive);
      for (const field of type.fields ?? [])
        for (const directive of joined(field.directives, 'field'))
          this.#addCopy(type.name.value, directive, names);
    }
  }

  graphs(definition: EnumTypeDefinitionNode): EnumTypeDefinitionNode {
    const values = (definition.values ?? []).flatMap((value) => [
      value,
      ...this.#of(value.name.value).map(({ graph, name }) => ({
        ...value,
        name: { kind: Kind.NAME, value: graph } as const,
        directives: value.directives?.map((one) => withArguments(one, { name })) ?? [],
      })),
    ]);
    return { ...definition, values };
  }

  /** What is said of a whole type or enum value is said of it in each copy. */
  everywhere(type: string, directives: Directives): ConstDirectiveNode[] {
    return (directives ?? []).flatMap((directive) => [
      directive,
      ...this.#of(graphOf(directive)).map((copy) => this.#inCopy(copy, type, directive)),
    ]);
  }

  enumType(definition: EnumTypeDefinitionNode): EnumTypeDefinitionNode {
    const values = definition.values?.map((value) => ({
      ...value,
      directives: this.everywhere('', value.directives),
    }));
    const directives = this.everywhere('', definition.directives);
    return { ...definition, directives, values: values ?? [] };
  }

  fieldsType(type: FieldsType): FieldsType {
    return {
      ...type,
      directives: this.everywhere(type.name.value, type.directives),
      fields: type.fields?.map((field) => this.#field(type, field)) ?? [],
    };
  }

  #field(type: FieldsType, field: FieldDefinitionNode): FieldDefinitionNode {
    const place = [type.name.value, field.name.value] as const;
    const directives = fieldDirectives(type, field).flatMap((directive) => {
      const copies = this.#of(graphOf(directive)).flatMap((copy) => {
        const { graph } = copy;
        const changed = { graph, requires: null, override: null };
        if (this.#hasField(copy, place, directive)) return [withArguments(directive, changed)];
        return copy.mentioned.has(field.name.value)
          ? [withArguments(directive, { ...changed, external: true })]
          : [];
      });
      return directiveArgument(directive, 'requires') === null ? [directive, ...copies] : copies;
    });
    return { ...field, directives };
  }

  #of(graph: string): readonly Copy[] {
    return this.#copies.get(graph) ?? [];
  }

  #addKey(type: string, directive: ConstDirectiveNode): void {
    const key = directiveArgument(directive, 'key');
    if (key === null || !isResolvable(directive)) return;
    const place = `${graphOf(directive)} ${type}`;
    const names = this.#keys.get(place) ?? new Set();
    for (const name of fieldNames(fieldSet(key))) names.add(name);
    this.#keys.set(place, names);
  }

  #addCopy(type: string, directive: ConstDirectiveNode, names: ReadonlyMap<string, string>): void {
    const [graph, requires] = [graphOf(directive), directiveArgument(directive, 'requires')];
    if (requires === null) return;
    const copies = this.#copies.get(graph) ?? [];
    this.#copies.set(graph, copies);
    if (copies.some((copy) => copy.type === type && copy.requires === requires)) return;
    const name = `${names.get(graph) ?? graph}__requires${copies.length}`;
    const mentioned = namesIn(fieldSet(requires));
    copies.push({ graph: `${graph}__REQUIRES${copies.length}`, name, type, requires, mentioned });
    this.names.set(name, names.get(graph) ?? graph);
  }

  #inCopy({ graph, type: entered, requires }: Copy, type: string, directive: ConstDirectiveNode) {
    const key = directiveArgument(directive, 'key');
    if (directive.name.value !== 'join__type' || key === null)
      return withArguments(directive, { graph });
    return type === entered && isResolvable(directive)
      ? withArguments(directive, { graph, key: `${key} ${requires}` })
      : withArguments(directive, { graph, resolvable: false });
  }

  /**
   * A copy has no more of an entity than its keys: the rest is asked of the subgraph itself. Else what requires something
   * could be reached in a copy by another way than with what it requires.
   */
  #hasField(
    copy: Copy,
    [type, field]: readonly [string, string],
    directive: ConstDirectiveNode,
  ): boolean {
    if (rootTypes.has(type)) return false;
    const requires = directiveArgument(directive, 'requires');
    if (requires !== null) return copy.type === type && copy.requires === requires;
    const keys = this.#keys.get(`${graphOf(directive)} ${type}`);
    return !keys || keys.has(field) || isExternal(directive);
  }
}

const withCopies = (definition: DefinitionNode, copies: SubgraphCopies): DefinitionNode => {
  switch (definition.kind) {
    case Kind.ENUM_TYPE_DEFINITION:
      return definition.name.value === 'join__Graph'
        ? copies.graphs(definition)
        : copies.enumType(definition);
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return copies.fieldsType(definition);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return { ...definition, directives: copies.everywhere('', definition.directives) };
    default:
      return definition;
  }
};

/**
 * Turns what fields require into keys. The planner errs where a required field requires others itself, or is to be had in
 * the subgraph where the plan just is: it then asks a subgraph for a field before it has what the field requires. It does not
 * err so with keys. So each set of fields that a type requires in a subgraph makes a copy of the subgraph, which is entered by
 * a key of the subgraph and what is required. What is asked of a copy is asked of the subgraph: for the subgraph the two are the
 * same. The supergraph must have no arguments in @requires.
 */
export const requiresAsKeys = (supergraph: DocumentNode): RequiresAsKeys => {
  const copies = new SubgraphCopies(supergraph);
  return {
    document: {
      ...supergraph,
      definitions: supergraph.definitions.map((definition) => withCopies(definition, copies)),
    },
    subgraphOf: (name) => copies.names.get(name) ?? name,
  };
};
