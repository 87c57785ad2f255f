import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** Response names of an object and what lies below each; null for a leaf. Type conditions are merged away. */
export type FieldTree = ReadonlyMap<string, FieldTree | null>;

/** The operation that a fetch sends, as far as its executor has to know it. */
export interface FetchDocument {
  readonly operation: OperationDefinitionNode;
  /** Below `_entities` for an entity fetch, else the root fields. */
  readonly fields: FieldTree;
  readonly hasFragments: boolean;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const addSelections = (
  set: SelectionSetNode,
  fragments: Fragments,
  into: Map<string, SelectionSetNode[] | null>,
): void => {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      const below = selection.selectionSet;
      into.set(name, below ? [...(into.get(name) ?? []), below] : null);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      addSelections(selection.selectionSet, fragments, into);
    } else {
      const fragment = fragments.get(selection.name.value);
      if (fragment) addSelections(fragment.selectionSet, fragments, into);
    }
  }
};

const fieldTree = (sets: readonly SelectionSetNode[], fragments: Fragments): FieldTree => {
  const below = new Map<string, SelectionSetNode[] | null>();
  for (const set of sets) addSelections(set, fragments, below);
  const tree = new Map<string, FieldTree | null>();
  for (const [name, selections] of below)
    tree.set(name, selections && fieldTree(selections, fragments));
  return tree;
};

/** Reads the text of a fetch that the planner wrote. */
export const fetchDocument = (text: string, isEntityFetch: boolean): FetchDocument => {
  const document = parse(text, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  if (!operation) throw new Error(`A fetch without an operation: ${text}`);
  const root = fieldTree([operation.selectionSet], fragments);
  const fields = isEntityFetch ? (root.get('_entities') ?? new Map()) : root;
  return { operation, fields, hasFragments: fragments.size > 0 };
};
