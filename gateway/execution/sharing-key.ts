import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

export interface SharingKey {
  /** The selection without the root field's arguments, fragments written out, free of names and layout that mean nothing. */
  readonly selection: string;
  /** The variables that the selection still uses. */
  readonly variables: readonly string[];
}

/** Two subscriptions of one selection say the same about an event, whatever each of them filters by. */
export const sharingKey = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
): SharingKey => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  const written = (set: SelectionSetNode): SelectionSetNode =>
    visit(set, {
      FragmentSpread: ({ name, directives = [] }) => {
        const fragment = fragments.get(name.value);
        if (!fragment) return undefined;
        const { typeCondition, selectionSet } = fragment;
        const inline = { kind: Kind.INLINE_FRAGMENT, typeCondition, directives } as const;
        return { ...inline, selectionSet: written(selectionSet) };
      },
    });
  let depth = 0;
  const selections = visit(written(operation.selectionSet), {
    Field: {
      enter: (field) => {
        depth += 1;
        return depth === 1 ? { ...field, arguments: [] } : undefined;
      },
      leave: () => {
        depth -= 1;
      },
    },
  });
  const variables = new Set<string>();
  visit(selections, {
    Variable: ({ name }) => {
      variables.add(name.value);
    },
  });
  return {
    selection: stripIgnoredCharacters(print(selections)),
    variables: [...variables].sort(),
  };
};
