import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { AnswerSource } from '../answer/answer-text.ts';
import { inlineFragments } from '../inline-fragments.ts';
import { OperationRefused } from '../operation-refused.ts';

/** The type's fields can be asked for, but no object in the whole graph can have them. */
const hasNoObjects = (
  schema: GraphQLSchema,
  type: GraphQLOutputType | null | undefined,
): boolean => {
  const named = type ? getNamedType(type) : null;
  return isAbstractType(named) && schema.getPossibleTypes(named).length === 0;
};

/**
 * The planner leaves out, without a word, what no subgraph can answer: fields of an interface that nothing implements.
 * The client would read null for it. Throws OperationRefused, naming the field. Conditional parts are not looked at,
 * because the planner rightly leaves out what can never be included.
 */
export const checkAnswerable = (
  { apiSchema, document, operation, names }: AnswerSource,
  isPlanned: (path: string) => boolean,
): void => {
  const typeInfo = new TypeInfo(apiSchema);
  const path: string[] = [];
  const check = (field: FieldNode): void => {
    const type = typeInfo.getType();
    const isRelevant = path.length === 1 || hasNoObjects(apiSchema, type);
    const isData =
      isCompositeType(type && getNamedType(type)) && !field.name.value.startsWith('__');
    if (!(isRelevant && isData) || isPlanned(path.join('.'))) return;
    const name = `${typeInfo.getParentType()?.name}.${field.name.value}`;
    throw OperationRefused.because(
      'OPERATION_NOT_ANSWERABLE',
      `No subgraph can answer what is selected of ${name}: nothing in the graph implements its type ${type}.`,
    );
  };
  visit(
    inlineFragments(document, operation),
    visitWithTypeInfo(typeInfo, {
      InlineFragment: ({ directives }) => (directives?.length ? false : undefined),
      Field: {
        enter: (field) => {
          if (field.directives?.length) return false;
          path.push(names.of(field));
          check(field);
          return undefined;
        },
        leave: () => {
          path.pop();
        },
      },
    }),
  );
};
