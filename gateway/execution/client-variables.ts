import {
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { OperationRefused } from './operation-refused.ts';
import type { Values } from './steps/run.ts';

const mostErrors = 20;
const none: Values = Object.freeze({});

/** Coerces the variables of an operation, with defaults. Throws OperationRefused when they do not fit. */
export type CoerceVariables = (given: Values) => Values;

const largestInt = 2_147_483_647;

const isText = (value: unknown): boolean => typeof value === 'string';

/** What coercion leaves as it is, for the scalars that GraphQL itself defines. */
const unchanged = new Map<string, (value: unknown) => boolean>([
  ['ID', isText],
  ['String', isText],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['Float', (value) => typeof value === 'number' && Number.isFinite(value)],
  ['Int', (value) => Number.isInteger(value) && Math.abs(value as number) <= largestInt],
]);

/** Whether given values need no coercion: each variable is there, and is a scalar of its own type. */
const compileUnchanged = (
  definitions: readonly VariableDefinitionNode[],
): ((given: Values) => boolean) => {
  const checks = definitions.map(({ type, variable }) => {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    const check = named.kind === Kind.NAMED_TYPE ? unchanged.get(named.name.value) : undefined;
    return { name: variable.name.value, check };
  });
  return (given) => {
    for (const { name, check } of checks) if (!check?.(given[name])) return false;
    return true;
  };
};

export const compileVariables = (
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): CoerceVariables => {
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return () => none;
  const isUnchanged = compileUnchanged(definitions);
  return (given) => {
    // getVariableValues resolves every type anew; for most operations that would be half the work of the executor.
    if (isUnchanged(given)) return given;
    const { coerced, errors } = getVariableValues(schema, definitions, given, {
      maxErrors: mostErrors,
    });
    if (coerced) return coerced;
    for (const error of errors) error.extensions['code'] ??= 'BAD_USER_INPUT';
    throw new OperationRefused(errors);
  };
};
