import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type ResponsePath,
} from 'graphql';
import type { Compilation, SelectedField } from './compilation.ts';
import type { Execution } from './execution.ts';
import { compileFailure } from './field-failure.ts';
import { compileInfo } from './resolve-info.ts';
import { isThenable, throwAfter } from './settle.ts';

/** Makes what a resolver returned what is answered, or a promise of it. Throws, or rejects, where it cannot. */
export type Complete = (execution: Execution, path: ResponsePath, value: unknown) => unknown;

const isText = (value: unknown): boolean => typeof value === 'string';

/** What serialisation leaves as it is, for the scalars that GraphQL itself defines. */
const unchanged = new Map<GraphQLLeafType, (value: unknown) => boolean>([
  [GraphQLID, isText],
  [GraphQLString, isText],
  [GraphQLBoolean, (value) => value === true || value === false],
  [GraphQLFloat, (value) => Number.isFinite(value)],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
]);

const compileLeaf = (type: GraphQLLeafType): Complete => {
  const isUnchanged = unchanged.get(type) ?? (() => false);
  return (_, __, value) => {
    if (isUnchanged(value)) return value;
    const serialized = type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    throw new Error(`${type.name} serialised a value to nothing.`);
  };
};

const nameOf = ({ parentType, definition }: SelectedField): string =>
  `${parentType.name}.${definition.name}`;

/** One item of a list; its failure is its own where it may be null. */
const compileItem = (
  field: SelectedField,
  type: GraphQLOutputType,
  compilation: Compilation,
): Complete => {
  const complete = compileComplete(field, type, compilation);
  const failed = compileFailure(field.nodes, type);
  return (execution, path, item) => {
    try {
      const completed = isThenable(item)
        ? Promise.resolve(item).then((value) => complete(execution, path, value))
        : complete(execution, path, item);
      return completed instanceof Promise
        ? completed.catch((thrown) => failed(execution, path, thrown))
        : completed;
    } catch (thrown) {
      return failed(execution, path, thrown);
    }
  };
};

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

const compileList = (
  field: SelectedField,
  type: GraphQLOutputType,
  compilation: Compilation,
): Complete => {
  const completeItem = compileItem(field, type, compilation);
  const completeItems = (execution: Execution, path: ResponsePath, given: readonly unknown[]) => {
    const items: unknown[] = [];
    let isLate = false;
    try {
      for (const item of given) {
        const at = { prev: path, key: items.length, typename: undefined };
        const completed = completeItem(execution, at, item);
        if (completed instanceof Promise) isLate = true;
        items.push(completed);
      }
    } catch (thrown) {
      // The items that were not reached may reject as well, and nobody would hear of it.
      return throwAfter([...items, ...given], thrown);
    }
    return isLate ? Promise.all(items) : items;
  };
  return (execution, path, value) => {
    if (Array.isArray(value)) return completeItems(execution, path, value);
    if (isIterable(value)) return completeItems(execution, path, [...value]);
    throw new Error(`${nameOf(field)} was resolved to what is no list.`);
  };
};

const compileObject = (
  field: SelectedField,
  type: GraphQLObjectType,
  compilation: Compilation,
): Complete => {
  const execute = compilation.objectOf(type, field.nodes);
  const { isTypeOf } = type;
  if (!isTypeOf) return (execution, path, value) => execute(execution, value, path);
  const infoOf = compileInfo(field, compilation);
  return (execution, path, value) => {
    const go = (isOfType: boolean): unknown => {
      if (!isOfType) throw new Error(`${nameOf(field)} was resolved to what is no ${type.name}.`);
      return execute(execution, value, path);
    };
    const isOfType = isTypeOf(value, execution.context, infoOf(execution, path));
    return isThenable(isOfType) ? Promise.resolve(isOfType).then(go) : go(isOfType);
  };
};

/** An interface or union: each runtime type is compiled when it comes by first. */
const compileAbstract = (
  field: SelectedField,
  type: GraphQLAbstractType,
  compilation: Compilation,
): Complete => {
  const { schema } = compilation;
  const infoOf = compileInfo(field, compilation);
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const compiled = new Map<unknown, Complete>();
  const compile = (name: unknown): Complete => {
    const runtime = typeof name === 'string' ? schema.getType(name) : undefined;
    if (!isObjectType(runtime) || !schema.isSubType(type, runtime))
      throw new Error(`${nameOf(field)} was resolved to no possible type of ${type.name}.`);
    const complete = compileObject(field, runtime, compilation);
    compiled.set(name, complete);
    return complete;
  };
  return (execution, path, value) => {
    const go = (name: unknown): unknown =>
      (compiled.get(name) ?? compile(name))(execution, path, value);
    const name = resolveType(value, execution.context, infoOf(execution, path), type);
    return isThenable(name) ? Promise.resolve(name).then(go) : go(name);
  };
};

const compilePresent = (
  field: SelectedField,
  type: GraphQLOutputType,
  compilation: Compilation,
): Complete => {
  if (isListType(type)) return compileList(field, type.ofType, compilation);
  if (isLeafType(type)) return compileLeaf(type);
  if (isAbstractType(type)) return compileAbstract(field, type, compilation);
  if (isObjectType(type)) return compileObject(field, type, compilation);
  throw new Error(`Nothing is answered in the type ${type}.`);
};

/** Completes the values of a field, or of the items of its lists, by their type. */
export const compileComplete = (
  field: SelectedField,
  type: GraphQLOutputType,
  compilation: Compilation,
): Complete => {
  if (isNonNullType(type)) {
    const complete = compileComplete(field, type.ofType, compilation);
    return (execution, path, value) => {
      const completed = complete(execution, path, value);
      if (completed === null) throw new Error(`${nameOf(field)} must not be null, but it is.`);
      return completed;
    };
  }
  const present = compilePresent(field, type, compilation);
  return (execution, path, value) => {
    if (value instanceof Error) throw value;
    return value === null || value === undefined ? null : present(execution, path, value);
  };
};
