import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

/** A document's fragments by name. */
export const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  return fragments;
};

/** The operation with every fragment written out where it is spread. Validation made sure that none spreads itself. */
export const inlineFragments = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationDefinitionNode => {
  const fragments = fragmentsOf(document);
  const written = <N extends OperationDefinitionNode | FragmentDefinitionNode['selectionSet']>(
    node: N,
  ): N =>
    visit(node, {
      FragmentSpread: ({ name, directives = [] }) => {
        const fragment = fragments.get(name.value);
        if (!fragment) return undefined;
        const { typeCondition } = fragment;
        const selectionSet = written(fragment.selectionSet);
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
      },
    });
  return written(operation);
};
