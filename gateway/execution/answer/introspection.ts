import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { DataObject, Values } from '../steps/run.ts';
import type { AnswerSource } from './answer-text.ts';

const isSchemaField = (field: FieldNode): boolean =>
  field.name.value === '__schema' || field.name.value === '__type';

const keepSchemaFields = (
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionNode[] =>
  set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return isSchemaField(selection) ? [selection] : [];
    const below =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? fragments.get(selection.name.value)?.selectionSet
        : selection.selectionSet;
    const selections = below ? keepSchemaFields(below, fragments) : [];
    if (selections.length === 0) return [];
    const { directives = [] } = selection;
    const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
    return [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet }];
  });

/** Answers `__schema` and `__type` from the API schema, under the names of the data; null where neither is asked for. */
export const compileIntrospection = ({
  apiSchema: schema,
  names,
  operation: { name },
}: AnswerSource): ((variables: Values) => DataObject) | null => {
  const { document } = names;
  const operation = getOperationAST(document, name?.value);
  if (!operation) return null;
  const fragments = document.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  const selections = keepSchemaFields(operation.selectionSet, byName);
  if (selections.length === 0) return null;
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  const introspection: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, directives: [], selectionSet }, ...fragments],
  };
  return (variableValues) => {
    const { data, errors } = executeSync({ schema, document: introspection, variableValues });
    // The schema was validated and the variables coerced: nothing is left to fail.
    if (!data) throw new Error('Introspection failed.', { cause: errors });
    return data;
  };
};
