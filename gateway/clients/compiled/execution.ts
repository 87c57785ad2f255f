import type { GraphQLError, ResponsePath } from 'graphql';

/** One execution of a compiled operation. */
export class Execution {
  readonly rootValue: unknown;
  readonly context: unknown;
  /** Coerced, with defaults. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly errors: GraphQLError[] = [];
  readonly #nulled = new Set<ResponsePath | undefined>();

  constructor(rootValue: unknown, context: unknown, variables: Readonly<Record<string, unknown>>) {
    this.rootValue = rootValue;
    this.context = context;
    this.variables = variables;
  }

  /** Takes the error that makes a place null; one below a place that is null already has nothing left to explain. */
  add(error: GraphQLError, place: ResponsePath | undefined): void {
    for (let above = place; above; above = above.prev) if (this.#nulled.has(above)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(place);
    this.errors.push(error);
  }
}
