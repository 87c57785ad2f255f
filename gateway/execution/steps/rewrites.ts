import type { FetchDataRewrite } from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import type { DataObject } from './run.ts';

const fragmentPrefix = '... on ';

/** Is this the type's name, or the name of a type that implements it or belongs to it? */
export const isNameOfType = (schema: GraphQLSchema, name: string, condition: string): boolean => {
  if (name === condition) return true;
  const type = schema.getType(name);
  const wanted = schema.getType(condition);
  return (
    isAbstractType(wanted) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(wanted, type)
  );
};

const rename = (object: DataObject, from: string, to: string): void => {
  if (!Object.hasOwn(object, from) || object[from] === undefined) return;
  object[to] = object[from];
  delete object[from];
};

const rewriteField = (rewrite: FetchDataRewrite, object: DataObject, field: string): void => {
  if (rewrite.kind === 'ValueSetter') object[field] = rewrite.setValueTo;
  else rename(object, field, rewrite.renameKeyTo);
};

const rewriteAt = (
  schema: GraphQLSchema,
  rewrite: FetchDataRewrite,
  place: { readonly value: unknown; readonly depth: number },
): void => {
  const { value, depth } = place;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(schema, rewrite, { value: item, depth });
    return;
  }
  const object = value as DataObject;
  const segment = rewrite.path[depth];
  if (segment === undefined) return;
  if (segment.startsWith(fragmentPrefix)) {
    // Without a name every condition is taken to hold: the planner asks for the name wherever it matters.
    const name = object['__typename'];
    if (
      typeof name !== 'string' ||
      isNameOfType(schema, name, segment.slice(fragmentPrefix.length))
    )
      rewriteAt(schema, rewrite, { value: object, depth: depth + 1 });
  } else if (depth === rewrite.path.length - 1) {
    rewriteField(rewrite, object, segment);
  } else if (Object.hasOwn(object, segment)) {
    rewriteAt(schema, rewrite, { value: object[segment], depth: depth + 1 });
  }
};

/**
 * Changes names and values on the way to or from a subgraph, as the plan says: the `__typename` that a subgraph with an
 * interface object knows, and response names that were changed because two types use one name for different things.
 */
export const applyRewrites = (
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
): void => {
  for (const rewrite of rewrites) rewriteAt(schema, rewrite, { value, depth: 0 });
};
