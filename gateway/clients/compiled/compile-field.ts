import {
  defaultFieldResolver,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  type ResponsePath,
  type ValueNode,
  visit,
} from 'graphql';
import type { Compilation, ExecuteObject, SelectedField } from './compilation.ts';
import { type Complete, compileComplete } from './complete-value.ts';
import { compileFailure } from './field-failure.ts';
import { isEntitiesField, resolveEntities } from './resolve-entities.ts';
import { compileInfo } from './resolve-info.ts';
import { isThenable } from './settle.ts';

/** Answers one field of an object: its value, null where it failed and may be null, or a promise of these. */
export interface CompiledField {
  /** By its resolver; without one, by the object's property or method. */
  readonly resolve: ExecuteObject;
  /** From a value that was resolved already. `path` is the object's. */
  readonly complete: (
    execution: Parameters<Complete>[0],
    path: ResponsePath | undefined,
    value: unknown,
  ) => unknown;
}

type Values = Readonly<Record<string, unknown>>;

const readsVariables = (value: ValueNode): boolean => {
  let found = false;
  visit(value, {
    [Kind.VARIABLE]: () => {
      found = true;
    },
  });
  return found;
};

/** Each call gets an object of its own: resolvers may change it. */
const compileArguments = ({
  definition,
  nodes,
}: SelectedField): ((variables: Values) => Values) => {
  const [node] = nodes;
  if (!node || definition.args.length === 0) return () => ({});
  if (node.arguments?.some(({ value }) => readsVariables(value)))
    return (variables) => getArgumentValues(definition, node, variables);
  let constant: Values | undefined;
  return () => {
    constant ??= getArgumentValues(definition, node);
    return { ...constant };
  };
};

const resolverOf = ({ definition }: SelectedField, schema: GraphQLSchema) => {
  const { resolve } = definition;
  if (!resolve) return defaultFieldResolver;
  return isEntitiesField(definition, schema) ? resolveEntities(resolve) : resolve;
};

export const compileField = (field: SelectedField, compilation: Compilation): CompiledField => {
  const { definition, nodes, responseName: key, parentType } = field;
  const typename = parentType.name;
  const resolver = resolverOf(field, compilation.schema);
  const argumentsOf = compileArguments(field);
  const infoOf = compileInfo(field, compilation);
  const complete = compileComplete(field, definition.type, compilation);
  const failed = compileFailure(nodes, definition.type);
  const settled = (
    execution: Parameters<Complete>[0],
    at: ResponsePath,
    value: unknown,
  ): unknown => {
    const completed = isThenable(value)
      ? Promise.resolve(value).then((resolved) => complete(execution, at, resolved))
      : complete(execution, at, value);
    return completed instanceof Promise
      ? completed.catch((thrown) => failed(execution, at, thrown))
      : completed;
  };
  return {
    resolve: (execution, source, prev) => {
      const at = { prev, key, typename };
      try {
        const args = argumentsOf(execution.variables);
        const value = resolver(source, args, execution.context, infoOf(execution, at));
        return settled(execution, at, value);
      } catch (thrown) {
        return failed(execution, at, thrown);
      }
    },
    complete: (execution, prev, value) => {
      const at = { prev, key, typename };
      try {
        return settled(execution, at, value);
      } catch (thrown) {
        return failed(execution, at, thrown);
      }
    },
  };
};
