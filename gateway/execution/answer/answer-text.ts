import type {
  DocumentNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { PlannedNames } from '../planning/planned-names.ts';
import type { Run } from '../steps/run.ts';
import { compileShape, type Shape } from './compile-shape.ts';
import { completeData } from './complete-data.ts';
import { conditionVariables } from './conditions.ts';
import { OperationFields } from './operation-fields.ts';

export interface AnswerSource {
  readonly apiSchema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly names: PlannedNames;
}

// Every combination of conditions has its own code; a client that varies many of them gets the oldest one rebuilt.
const mostShapes = 16;

/** Turns what a run fetched into the body of the answer. */
export class AnswerText {
  readonly #schema: GraphQLSchema;
  readonly #fields: OperationFields;
  readonly #root: GraphQLObjectType;
  readonly #operation: OperationDefinitionNode;
  readonly #conditions: readonly string[];
  readonly #shapes = new Map<string, Shape>();

  constructor({ apiSchema: schema, document, operation, names }: AnswerSource) {
    const root = schema.getRootType(operation.operation);
    if (!root) throw new Error(`The schema has no type for a ${operation.operation}.`);
    this.#schema = schema;
    this.#fields = new OperationFields(schema, document, names);
    this.#root = root;
    this.#operation = operation;
    this.#conditions = conditionVariables(document);
  }

  /** `{"data":…}`, with `"errors"` first when there are any. */
  of(run: Run): string {
    const data = this.#shapeFor(run)(run.data);
    if (data === null) return this.#completed(run);
    return run.errors.length === 0
      ? `{"data":${data}}`
      : `{"errors":${JSON.stringify(run.errors)},"data":${data}}`;
  }

  #completed(run: Run): string {
    const source = { ...this.#source(), variables: run.coerced };
    const { data, errors } = completeData(source, run.data, run.errors);
    const all = [...run.errors, ...errors];
    return JSON.stringify(all.length > 0 ? { errors: all, data } : { data });
  }

  #source() {
    return {
      schema: this.#schema,
      fields: this.#fields,
      root: this.#root,
      selections: this.#operation.selectionSet,
    };
  }

  #shapeFor(run: Run): Shape {
    let key = run.plain ? 'p' : 'e';
    for (const variable of this.#conditions) key += run.coerced[variable] === true ? '1' : '0';
    let shape = this.#shapes.get(key);
    if (!shape) {
      shape = compileShape({ ...this.#source(), variables: run.coerced, plain: run.plain });
      if (this.#shapes.size >= mostShapes) {
        const [oldest] = this.#shapes.keys();
        if (oldest !== undefined) this.#shapes.delete(oldest);
      }
      this.#shapes.set(key, shape);
    }
    return shape;
  }
}
