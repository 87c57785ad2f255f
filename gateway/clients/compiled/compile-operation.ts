import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { conditionVariables } from '../../execution/answer/conditions.ts';
import { fragmentsOf } from '../../execution/inline-fragments.ts';
import { compileUnchanged } from '../../execution/unchanged-variables.ts';
import type { Compilation, ExecuteObject } from './compilation.ts';
import { compileField } from './compile-field.ts';
import { compileObject } from './compile-object.ts';
import { Execution } from './execution.ts';
import { selectFields } from './select-fields.ts';

type Values = Readonly<Record<string, unknown>>;

/** Executes the operation it was compiled from; a promise only where a resolver made one. */
export type CompiledOperation = (
  rootValue: unknown,
  context: unknown,
  variables: Values,
) => ExecutionResult | Promise<ExecutionResult>;

// Every combination of conditions has its own code; a client that varies many of them gets the oldest one rebuilt.
const mostCombinations = 16;

const setsOf = (nodes: readonly FieldNode[]): SelectionSetNode[] =>
  nodes.flatMap(({ selectionSet }) => selectionSet ?? []);

/** The fields of a mutation, one after the other. */
const compileSerially = (
  type: GraphQLObjectType,
  set: SelectionSetNode,
  compilation: Compilation,
): ExecuteObject => {
  const fields = selectFields(type, [set], compilation).map((field) => ({
    name: field.responseName,
    resolve: compileField(field, compilation).resolve,
  }));
  return async (execution, source, path) => {
    const data: Record<string, unknown> = {};
    for (const { name, resolve } of fields) data[name] = await resolve(execution, source, path);
    return data;
  };
};

/** The operation for one outcome of its conditions. */
const compileRoot = (
  schema: GraphQLSchema,
  { document, operation }: { document: DocumentNode; operation: OperationDefinitionNode },
  variables: Values,
): ExecuteObject => {
  const type = schema.getRootType(operation.operation);
  if (!type) throw new Error(`The schema has no type for a ${operation.operation}.`);
  const compilation: Compilation = {
    schema,
    fragments: Object.fromEntries(fragmentsOf(document)),
    operation,
    variables,
    objectOf: (below, nodes) => compileObject(below, setsOf(nodes), compilation),
  };
  return operation.operation === 'mutation'
    ? compileSerially(type, operation.selectionSet, compilation)
    : compileObject(type, [operation.selectionSet], compilation);
};

const run = (
  root: ExecuteObject,
  execution: Execution,
): ExecutionResult | Promise<ExecutionResult> => {
  const { errors } = execution;
  const answer = (data: unknown): ExecutionResult => ({
    ...(errors.length > 0 && { errors }),
    data: data as NonNullable<ExecutionResult['data']>,
  });
  const failed = (thrown: unknown): ExecutionResult => {
    execution.add(thrown as GraphQLError, undefined);
    return answer(null);
  };
  try {
    const data = root(execution, execution.rootValue, undefined);
    return data instanceof Promise ? data.then(answer, failed) : answer(data);
  } catch (thrown) {
    return failed(thrown);
  }
};

/**
 * An operation as a function that answers what `execute` of graphql-js would, with these differences: what does not fit the
 * schema is never quoted in a message, and an entity whose `__resolveReference` throws at once fails alone.
 * The document must be valid. Throws when it has no operation.
 */
export const compileOperation = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string,
): CompiledOperation => {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('There is no such operation to compile.');
  const { variableDefinitions = [] } = operation;
  const conditions = conditionVariables(document);
  const roots = new Map<string, ExecuteObject>();
  const rootFor = (variables: Values): ExecuteObject => {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const known = roots.get(key);
    if (known) return known;
    const root = compileRoot(schema, { document, operation }, variables);
    const [oldest] = roots.keys();
    if (oldest !== undefined && roots.size >= mostCombinations) roots.delete(oldest);
    roots.set(key, root);
    return root;
  };
  const isUnchanged = compileUnchanged(variableDefinitions);
  return (rootValue, context, given) => {
    const { coerced, errors } = isUnchanged(given)
      ? { coerced: given }
      : getVariableValues(schema, variableDefinitions, given);
    if (!coerced) return { errors };
    return run(rootFor(coerced), new Execution(rootValue, context, coerced));
  };
};
