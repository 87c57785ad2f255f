import {
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../inline-fragments.ts';

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

const belowFragment = (
  selection: Exclude<SelectionNode, { kind: Kind.FIELD }>,
  fragments: Fragments,
): SelectionSetNode | undefined =>
  selection.kind === Kind.INLINE_FRAGMENT
    ? selection.selectionSet
    : fragments.get(selection.name.value)?.selectionSet;

const addSelections = (
  set: SelectionSetNode,
  fragments: Fragments,
  into: Map<string, SelectionSetNode[] | null>,
): void => {
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD) {
      const inside = belowFragment(selection, fragments);
      if (inside) addSelections(inside, fragments, into);
      continue;
    }
    const name = (selection.alias ?? selection.name).value;
    const below = selection.selectionSet;
    into.set(name, below ? [...(into.get(name) ?? []), below] : null);
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
  const fragments = fragmentsOf(document);
  const operation = getOperationAST(document);
  if (!operation) throw new Error(`A fetch without an operation: ${text}`);
  const root = fieldTree([operation.selectionSet], fragments);
  const fields = isEntityFetch ? (root.get('_entities') ?? new Map()) : root;
  return { operation, fields, hasFragments: fragments.size > 0 };
};
