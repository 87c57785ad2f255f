import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { fragmentsOf } from '../inline-fragments.ts';

const typename: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

const hasCondition = ({ directives }: SelectionNode): boolean =>
  (directives ?? []).some(({ name }) => name.value === 'skip' || name.value === 'include');

/**
 * Adds `__typename` to objects of which everything is conditional, `{ store { phone @include(if: $all) } }`. The planner would
 * make the whole fetch conditional, and the object be null where the client must read `{}`. Returns the document itself
 * when there is nothing to add.
 */
export const anchorConditions = (document: DocumentNode): DocumentNode => {
  const fragments = fragmentsOf(document);
  const isConditional = (selection: SelectionNode): boolean => {
    if (hasCondition(selection)) return true;
    if (selection.kind === Kind.FIELD) return false;
    const inside =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return inside?.selectionSet.selections.every(isConditional) ?? false;
  };
  const anchored = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: [...set.selections, typename],
  });
  return visit(document, {
    Field: {
      leave: (field) =>
        field.selectionSet?.selections.every(isConditional)
          ? { ...field, selectionSet: anchored(field.selectionSet) }
          : undefined,
    },
  });
};
