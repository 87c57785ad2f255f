import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

/** What an entity fetch sends along. */
export type Sent = readonly QueryPlanSelectionNode[];

/** The fields of a selection set, each with the type that it is asked of. */
export const fieldsOf = (
  set: SelectionSetNode,
  type: string,
): { readonly type: string; readonly field: FieldNode }[] =>
  set.selections.flatMap((selection: SelectionNode) => {
    if (selection.kind === Kind.FIELD)
      return selection.name.value.startsWith('__') ? [] : [{ type, field: selection }];
    return selection.kind === Kind.INLINE_FRAGMENT
      ? fieldsOf(selection.selectionSet, selection.typeCondition?.name.value ?? type)
      : [];
  });

/** What is sent of one field; null when it is not. */
export const sentOf = (sent: Sent, name: string): Sent | null => {
  const found = sent.flatMap((selection): Sent[] => {
    if (selection.kind === 'InlineFragment') return [sentOf(selection.selections, name) ?? []];
    return selection.name === name ? [selection.selections ?? [selection]] : [];
  });
  const all = found.flat();
  return all.length > 0 ? all : null;
};

/** Is everything that is selected sent, at any depth? */
export const isSent = (set: SelectionSetNode, sent: Sent): boolean =>
  fieldsOf(set, '').every(({ field }) => {
    const below = sentOf(sent, field.name.value);
    return below !== null && (!field.selectionSet || isSent(field.selectionSet, below));
  });
