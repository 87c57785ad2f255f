import {
  type DocumentNode,
  type OperationDefinitionNode,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import { inlineFragments } from './inline-fragments.ts';

export interface SharingKey {
  /** The selection without the root field's arguments, fragments written out, free of names and layout that mean nothing. */
  readonly selection: string;
  /** The variables that the selection still uses, in alphabetical order. */
  readonly variables: readonly string[];
}

/** Two subscriptions of one selection say the same about an event, whatever each of them filters by. */
export const sharingKey = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
): SharingKey => {
  let depth = 0;
  const selections = visit(inlineFragments(document, operation).selectionSet, {
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
    variables: [...variables].sort((a, b) => (a < b ? -1 : 1)),
  };
};
