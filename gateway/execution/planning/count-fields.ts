import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../inline-fragments.ts';

/** How many fields an operation selects once its fragments are written out; each fragment is looked at once. */
export const countFields = (document: DocumentNode): number => {
  const fragments = fragmentsOf(document);
  const counted = new Map<string, number>();
  const ofFragment = (name: string): number => {
    let count = counted.get(name);
    if (count === undefined) {
      const fragment = fragments.get(name);
      count = fragment ? ofSet(fragment.selectionSet) : 0;
      counted.set(name, count);
    }
    return count;
  };
  const ofSet = (set: SelectionSetNode): number =>
    set.selections.reduce((count, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return count + ofFragment(selection.name.value);
      const itself = selection.kind === Kind.FIELD ? 1 : 0;
      return count + itself + (selection.selectionSet ? ofSet(selection.selectionSet) : 0);
    }, 0);
  let count = 0;
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) count += ofSet(definition.selectionSet);
  return count;
};
