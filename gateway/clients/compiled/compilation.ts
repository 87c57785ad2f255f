import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  ResponsePath,
} from 'graphql';
import type { Execution } from './execution.ts';

/** Answers the selected fields of an object, or a promise of them. Throws, or rejects, for a null that must not be. */
export type ExecuteObject = (
  execution: Execution,
  source: unknown,
  path: ResponsePath | undefined,
) => unknown;

/** What the parts of one operation share while they are compiled, for one outcome of its conditions. */
export interface Compilation {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly operation: OperationDefinitionNode;
  /** The variables that conditions read. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Compiles what these fields select of an object of this type. */
  readonly objectOf: (type: GraphQLObjectType, nodes: readonly FieldNode[]) => ExecuteObject;
}

/** One response name of an object. */
export interface SelectedField {
  readonly responseName: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
}
