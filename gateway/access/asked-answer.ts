import {
  type FieldNode,
  type GraphQLFormattedError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type CollectedField, OperationFields } from '../execution/answer/operation-fields.ts';
import { type CoerceVariables, compileVariables } from '../execution/client-variables.ts';
import { own } from '../execution/generated-code.ts';
import type { DataObject, Values } from '../execution/steps/run.ts';
import { unauthorized } from './unauthorized.ts';

export interface AskedSource {
  readonly schema: GraphQLSchema;
  /** What the client asked, without fragment spreads. */
  readonly operation: OperationDefinitionNode;
  /** May objects of this type be read? */
  readonly mayMeet: (type: string) => boolean;
  /** The alias under which an answer says what type an object has that may be of several. */
  readonly typeAlias: string;
}

interface Answer {
  readonly data: DataObject | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** More places are null without an error of their own, so that no answer grows beyond what it holds. */
const mostErrors = 1_000;

/** A null that its place does not allow: the place above becomes null in its stead. */
const forbidden = Symbol('forbidden null');

/** Writes one answer: null and an error in each place that was asked for and may not be read. */
class Restoring {
  readonly errors: GraphQLFormattedError[] = [];
  readonly #source: AskedSource;
  readonly #fields: OperationFields;
  readonly #variables: Values;
  readonly #path: (string | number)[] = [];

  constructor(source: AskedSource, fields: OperationFields, variables: Values) {
    this.#source = source;
    this.#fields = fields;
    this.#variables = variables;
  }

  /** Null when a place in it is null that must not be. */
  object(
    type: GraphQLObjectType,
    data: object,
    selections: readonly SelectionSetNode[],
  ): DataObject | null {
    const completed: DataObject = {};
    // All of it is read, for the client to hear of every place and not of the first alone.
    let allowed = true;
    for (const field of this.#fields.of(type, selections, this.#variables)) {
      this.#path.push(field.responseName);
      const done = this.#field(type, field, data);
      this.#path.pop();
      if (done === forbidden) allowed = false;
      completed[field.responseName] = done;
    }
    return allowed ? completed : null;
  }

  #field(type: GraphQLObjectType, field: CollectedField, data: object): unknown {
    const value = own(data, field.responseName);
    const definition = type.getFields()[field.name];
    // The executor answers every field that it was asked for, if only by null: what is missing was not allowed.
    if (definition)
      return this.#value(
        definition.type,
        value === undefined ? this.#denied() : value,
        field.selections,
      );
    // It is __typename, __schema or __type, which nobody has to be allowed.
    return field.name === '__typename' ? type.name : value;
  }

  #value(type: GraphQLOutputType, value: unknown, below: readonly SelectionSetNode[]): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, value, below) ?? forbidden;
    if (value === null) return null;
    if (isListType(type)) return this.#list(type.ofType, value as readonly unknown[], below);
    if (!isCompositeType(type)) return value;
    const { schema, mayMeet, typeAlias } = this.#source;
    const name = isObjectType(type) ? type.name : String(own(value as object, typeAlias));
    const runtime = schema.getType(name);
    if (!isObjectType(runtime)) throw new Error(`An object of unknown type "${name}".`);
    return mayMeet(name) ? this.object(runtime, value as object, below) : this.#denied();
  }

  #list(
    type: GraphQLOutputType,
    values: readonly unknown[],
    below: readonly SelectionSetNode[],
  ): unknown {
    const completed = values.map((value, at) => {
      this.#path.push(at);
      const done = this.#value(type, value, below);
      this.#path.pop();
      return done;
    });
    return completed.includes(forbidden) ? null : completed;
  }

  #denied(): null {
    if (this.errors.length < mostErrors) this.errors.push(unauthorized([...this.#path]));
    return null;
  }
}

/** Makes the answer to what a client asked out of the answer to what of it was allowed. */
export class AskedAnswer {
  readonly #source: AskedSource;
  readonly #fields: OperationFields;
  readonly #root: GraphQLObjectType;
  readonly #coerce: CoerceVariables;

  constructor(source: AskedSource) {
    const { schema, operation } = source;
    const root = schema.getRootType(operation.operation);
    if (!root) throw new Error(`The schema has no type for a ${operation.operation}.`);
    const names = { of: ({ alias, name }: FieldNode) => (alias ?? name).value };
    this.#source = source;
    this.#root = root;
    this.#coerce = compileVariables(schema, operation);
    this.#fields = new OperationFields(
      schema,
      { kind: Kind.DOCUMENT, definitions: [operation] },
      names,
    );
  }

  /**
   * The body as JSON text, `errors` first; `allowed` is such a body, for the same variables. Throws OperationRefused when
   * they do not fit.
   */
  restore(allowed: string, variables: Values): string {
    const { data, errors = [] }: Answer = JSON.parse(allowed);
    const restoring = new Restoring(this.#source, this.#fields, this.#coerce(variables));
    const selections = [this.#source.operation.selectionSet];
    const restored = data && restoring.object(this.#root, data, selections);
    const all = [...errors, ...restoring.errors];
    return JSON.stringify(all.length > 0 ? { errors: all, data: restored } : { data: restored });
  }
}
