import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { OperationRefused } from './operation-refused.ts';

const parsed = (source: string, noLocation: boolean): DocumentNode => {
  try {
    return parse(source, { noLocation });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    error.extensions['code'] = 'GRAPHQL_PARSE_FAILED';
    throw new OperationRefused([error]);
  }
};

const validated = (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] => {
  try {
    return validate(schema, document);
  } catch (error) {
    // graphql-js 16 throws on @skip(if: $v) at the root of a subscription where $v is required.
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
};

/** Names that the executor cannot carry as they are, or that promise what it does not do. */
const unsupported = (document: DocumentNode): GraphQLError[] => {
  const errors: GraphQLError[] = [];
  visit(document, {
    Directive: (node) => {
      const name = node.name.value;
      if (name === 'defer' || name === 'stream')
        errors.push(
          new GraphQLError(
            `@${name} is not supported by this gateway: the answer comes in one piece. Ask for slow fields in an operation of their own.`,
            { nodes: node, extensions: { code: 'INCREMENTAL_DELIVERY_NOT_SUPPORTED' } },
          ),
        );
    },
    Field: (node) => {
      if (node.alias?.value === '__proto__')
        errors.push(
          new GraphQLError('The alias __proto__ cannot be used in an answer.', {
            nodes: node,
            extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
          }),
        );
    },
  });
  return errors;
};

const errorsIn = (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] => {
  const errors = unsupported(document);
  return errors.length > 0 ? errors : validated(schema, document);
};

/** A valid document of the client, without locations: they take more memory than the rest. Throws OperationRefused. */
export const readDocument = (schema: GraphQLSchema, source: string): DocumentNode => {
  const document = parsed(source, true);
  if (errorsIn(schema, document).length === 0) return document;
  // Read again, for errors that say where they are.
  const errors = errorsIn(schema, parsed(source, false));
  for (const error of errors) error.extensions['code'] ??= 'GRAPHQL_VALIDATION_FAILED';
  throw new OperationRefused(errors);
};

export const chooseOperation = (
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode => {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const count = document.definitions.filter(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ).length;
  const message =
    operationName === undefined
      ? `The document has ${count} operations: operationName must say which one to run.`
      : `Unknown operation named "${operationName}".`;
  throw OperationRefused.because('OPERATION_RESOLUTION_FAILURE', message);
};
