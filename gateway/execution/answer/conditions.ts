import { type DocumentNode, Kind, visit } from 'graphql';

/** The variables that any @skip or @include of the document reads, in alphabetical order. */
export const conditionVariables = (document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = directive.arguments?.[0]?.value;
      const name = directive.name.value;
      if ((name === 'skip' || name === 'include') && value?.kind === Kind.VARIABLE)
        names.add(value.name.value);
    },
  });
  return [...names].sort((a, b) => (a < b ? -1 : 1));
};
