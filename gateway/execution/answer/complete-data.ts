import {
  type GraphQLCompositeType,
  type GraphQLFormattedError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { own } from '../generated-code.ts';
import type { DataObject, Values } from '../steps/run.ts';
import { ErrorPlaces } from './error-places.ts';
import type { OperationFields, RuntimeType } from './operation-fields.ts';

export interface CompleteSource {
  readonly schema: GraphQLSchema;
  readonly fields: OperationFields;
  readonly root: GraphQLObjectType;
  readonly selections: SelectionSetNode;
  readonly variables: Values;
}

interface Completed {
  readonly data: DataObject | null;
  /** What has to be told besides the errors that were known. */
  readonly errors: readonly GraphQLFormattedError[];
}

/** A null that its place does not allow: the place above becomes null in its stead. */
const forbidden = Symbol('forbidden null');

interface Position {
  readonly type: GraphQLOutputType;
  readonly selections: readonly SelectionSetNode[];
  /** For messages: the field that the value belongs to. */
  readonly field: string;
}

const longestInt = 2 ** 31;

const fitsLeaf = (type: GraphQLLeafType, value: unknown): boolean => {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
  switch (type.name) {
    case 'String':
      return typeof value === 'string';
    case 'ID':
      return typeof value === 'string' || Number.isSafeInteger(value);
    case 'Int':
      return Number.isInteger(value) && Number(value) < longestInt && Number(value) >= -longestInt;
    case 'Float':
      return Number.isFinite(value);
    case 'Boolean':
      return typeof value === 'boolean';
    default:
      // A custom scalar is between the subgraph and the client.
      return true;
  }
};

/** Walks the data once, and nulls what does not fit the schema as the specification says (6.4.3, 6.4.4). */
class Completion {
  readonly errors: GraphQLFormattedError[] = [];
  readonly #source: CompleteSource;
  readonly #places: ErrorPlaces;
  readonly #path: (string | number)[] = [];

  constructor(source: CompleteSource, known: readonly GraphQLFormattedError[]) {
    this.#source = source;
    this.#places = new ErrorPlaces(known);
  }

  object(
    type: RuntimeType,
    data: object,
    selections: readonly SelectionSetNode[],
  ): DataObject | null {
    const completed: DataObject = {};
    const { fields, variables } = this.#source;
    for (const collected of fields.of(type, selections, variables)) {
      const { responseName, dataName, name, selections: below } = collected;
      if (name === '__typename') {
        if (!isObjectType(type)) return this.#unknownType(type);
        completed[responseName] = type.name;
        continue;
      }
      const value = own(data, dataName);
      const definition = type.getFields()[name];
      const field = `${type.name}.${name}`;
      this.#path.push(responseName);
      // Without a definition it is __schema or __type, which was answered from the schema itself.
      const done = definition
        ? this.#value(value, { type: definition.type, selections: below, field })
        : (value ?? null);
      this.#path.pop();
      if (done === forbidden) return null;
      completed[responseName] = done;
    }
    return completed;
  }

  #value(value: unknown, position: Position): unknown {
    const { type, field } = position;
    if (!isNonNullType(type))
      return value === null || value === undefined ? null : this.#present(value, type, position);
    const completed = this.#value(value, { ...position, type: type.ofType });
    if (completed !== null) return completed;
    if (!this.#places.explain(this.#path))
      this.#tell(`Cannot return null for non-nullable field ${field}.`);
    return forbidden;
  }

  #present(value: unknown, type: GraphQLOutputType, position: Position): unknown {
    if (isListType(type)) return this.#list(value, { ...position, type: type.ofType });
    if (isLeafType(type)) return fitsLeaf(type, value) ? value : this.#invalid(position);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.#invalid(position);
    const runtime = this.#runtimeType(type as GraphQLCompositeType, own(value, '__typename'));
    return runtime ? this.object(runtime, value, position.selections) : this.#invalid(position);
  }

  #list(value: unknown, position: Position): unknown {
    if (!Array.isArray(value)) return this.#invalid(position);
    let allowed = true;
    const completed = value.map((item, at) => {
      this.#path.push(at);
      const done = this.#value(item, position);
      this.#path.pop();
      if (done === forbidden) allowed = false;
      return done;
    });
    return allowed ? completed : null;
  }

  #runtimeType(type: GraphQLCompositeType, name: unknown): RuntimeType | null {
    const { schema } = this.#source;
    if (name === undefined || name === null || name === type.name)
      return isObjectType(type) || isInterfaceType(type) ? type : null;
    const runtime = typeof name === 'string' ? schema.getType(name) : null;
    if (!(isObjectType(runtime) || isInterfaceType(runtime))) return null;
    return isAbstractType(type) && schema.isSubType(type, runtime) ? runtime : null;
  }

  /** An interface object whose implementation no subgraph told cannot say what it is. */
  #unknownType(type: RuntimeType): null {
    this.#tell(`The type of an object is not known beyond ${type.name}.`);
    return null;
  }

  #invalid({ field }: Position): null {
    this.#tell(`Invalid value found for field ${field}.`);
    return null;
  }

  #tell(message: string): void {
    const path = [...this.#path];
    this.errors.push({ message, path, extensions: { code: 'INVALID_SUBGRAPH_DATA' } });
    this.#places.add(path);
  }
}

/** The slow path: the answer's data as the GraphQL specification completes it, with an error for every null that it forces. */
export const completeData = (
  source: CompleteSource,
  data: DataObject,
  known: readonly GraphQLFormattedError[],
): Completed => {
  const completion = new Completion(source, known);
  const completed = completion.object(source.root, data, [source.selections]);
  return { data: completed, errors: completion.errors };
};
