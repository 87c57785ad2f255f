import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import { OperationRefused } from './operation-refused.ts';
import type { Values } from './steps/run.ts';
import { compileUnchanged } from './unchanged-variables.ts';

const mostErrors = 20;
const none: Values = Object.freeze({});

/** Coerces the variables of an operation, with defaults. Throws OperationRefused when they do not fit. */
export type CoerceVariables = (given: Values) => Values;

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
