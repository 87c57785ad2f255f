import type { GraphQLResolveInfo, ResponsePath } from 'graphql';
import type { Compilation, SelectedField } from './compilation.ts';
import type { Execution } from './execution.ts';

/** The field that an item of its lists belongs to. */
const fieldPath = (path: ResponsePath): ResponsePath => {
  let at = path;
  while (typeof at.key === 'number' && at.prev) at = at.prev;
  return at;
};

/** What resolvers of a field are told beside its arguments. */
export const compileInfo = (
  { nodes, parentType, definition }: SelectedField,
  { schema, fragments, operation }: Compilation,
): ((execution: Execution, path: ResponsePath) => GraphQLResolveInfo) => {
  const { name: fieldName, type: returnType } = definition;
  return ({ rootValue, variables: variableValues }, at) => ({
    fieldName,
    fieldNodes: nodes,
    returnType,
    parentType,
    path: fieldPath(at),
    schema,
    fragments: fragments as GraphQLResolveInfo['fragments'],
    rootValue,
    operation,
    variableValues: variableValues as GraphQLResolveInfo['variableValues'],
  });
};
