import { type DocumentNode, type FieldNode, Kind, print, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../inline-fragments.ts';

/** What a field asks for, whatever the client calls it: two fields of one signature have one value. */
export const signatureOf = (field: FieldNode): string =>
  `${field.name.value}(${(field.arguments ?? [])
    .map(print)
    .sort((a, b) => (a < b ? -1 : 1))
    .join()})`;

type Fragments = ReturnType<typeof fragmentsOf>;

const addFields = (
  set: SelectionSetNode,
  fragments: Fragments,
  into: Map<string, FieldNode[]>,
): void => {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      into.set(name, [...(into.get(name) ?? []), selection]);
      continue;
    }
    const inside =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (inside) addFields(inside.selectionSet, fragments, into);
  }
};

const search = (
  sets: readonly SelectionSetNode[],
  fragments: Fragments,
  found: Set<string>,
): void => {
  const fields = new Map<string, FieldNode[]>();
  for (const set of sets) addFields(set, fragments, fields);
  for (const [name, nodes] of fields) {
    if (new Set(nodes.map(signatureOf)).size > 1) found.add(name);
    const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (below.length > 0) search(below, fragments, found);
  }
};

/** Response names that mean different things at one place, for different types of object. */
export const conflictingNames = (document: DocumentNode): ReadonlySet<string> => {
  const found = new Set<string>();
  const fragments = fragmentsOf(document);
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION)
      search([definition.selectionSet], fragments, found);
  return found;
};
