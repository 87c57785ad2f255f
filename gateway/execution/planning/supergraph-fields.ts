import {
  type ConstArgumentNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
  visit,
} from 'graphql';

export type FieldsType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** The value of a string or enum argument of a directive, null when it is not given. */
export const directiveArgument = (directive: ConstDirectiveNode, name: string): string | null => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : null;
};

export const namedType = (type: TypeNode): NamedTypeNode =>
  type.kind === Kind.NAMED_TYPE ? type : namedType(type.type);

/** The selections of a field set, `id name { first }`, as it stands in @join__type and @join__field. */
export const fieldSet = (text: string): SelectionSetNode => {
  const [operation] = parse(`{${text}}`, { noLocation: true }).definitions;
  return (operation as OperationDefinitionNode).selectionSet;
};

/** The fields of the object itself that a set selects, whatever type they are asked of. */
export const fieldNames = (set: SelectionSetNode): string[] =>
  set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldNames(selection.selectionSet) : [];
  });

/** Every name in a field set, at any depth. */
export const namesIn = (set: SelectionSetNode): Set<string> => {
  const names = new Set<string>();
  visit(set, {
    Field: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
};

const argumentValue = (name: string, value: string | boolean): ConstValueNode => {
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value };
  return name === 'graph' ? { kind: Kind.ENUM, value } : { kind: Kind.STRING, value };
};

/** The directive with other arguments; those that are null are left out. */
export const withArguments = (
  directive: ConstDirectiveNode,
  changed: Readonly<Record<string, string | boolean | null>>,
): ConstDirectiveNode => ({
  ...directive,
  arguments: [
    ...(directive.arguments ?? []).filter(({ name }) => !(name.value in changed)),
    ...Object.entries(changed).flatMap(([name, value]): ConstArgumentNode[] =>
      value === null
        ? []
        : [
            {
              kind: Kind.ARGUMENT,
              name: { kind: Kind.NAME, value: name },
              value: argumentValue(name, value),
            },
          ],
    ),
  ],
});

/** Can the subgraph be asked by the key of this @join__type? */
export const isResolvable = (directive: ConstDirectiveNode): boolean => {
  const value = directive.arguments?.find(({ name }) => name.value === 'resolvable')?.value;
  return !(value?.kind === Kind.BOOLEAN && !value.value);
};

/** Subgraph names by the enum values that stand for them in directives. */
export const subgraphNames = (supergraph: DocumentNode): ReadonlyMap<string, string> => {
  const graphs = supergraph.definitions.find(
    (definition): definition is EnumTypeDefinitionNode =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  const names = new Map<string, string>();
  for (const value of graphs?.values ?? [])
    for (const directive of value.directives ?? []) {
      const name = directiveArgument(directive, 'name');
      if (name !== null) names.set(value.name.value, name);
    }
  return names;
};

/** Types with fields, by name, as a supergraph's SDL has them. */
export class SupergraphFields {
  readonly types: ReadonlyMap<string, FieldsType>;

  constructor(supergraph: DocumentNode) {
    const types = new Map<string, FieldsType>();
    for (const definition of supergraph.definitions)
      if (
        definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
        definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      )
        types.set(definition.name.value, definition);
    this.types = types;
  }

  field(type: string, name: string): FieldDefinitionNode | undefined {
    return this.types.get(type)?.fields?.find((field) => field.name.value === name);
  }

  /** The type itself and whatever implements it. */
  implementing(name: string): readonly string[] {
    return [...this.types.values()]
      .filter(
        (type) =>
          type.name.value === name ||
          type.interfaces?.some((implemented) => implemented.name.value === name),
      )
      .map((type) => type.name.value);
  }
}
