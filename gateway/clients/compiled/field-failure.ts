import {
  type FieldNode,
  type GraphQLOutputType,
  isNonNullType,
  locatedError,
  type ResponsePath,
  responsePathAsArray,
} from 'graphql';
import type { Execution } from './execution.ts';

/** Tells what was thrown at a place and answers its null, or throws it on to the place above where none is allowed. */
export const compileFailure = (
  nodes: readonly FieldNode[],
  type: GraphQLOutputType,
): ((execution: Execution, path: ResponsePath, thrown: unknown) => null) => {
  const isRequired = isNonNullType(type);
  return (execution, path, thrown) => {
    const error = locatedError(thrown, nodes, responsePathAsArray(path));
    if (isRequired) throw error;
    execution.add(error, path);
    return null;
  };
};
