import { GraphQLError } from 'graphql';

/** The operation will not run, and nothing was sent to any subgraph. `status` is the HTTP status that says so. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
  readonly errors: readonly GraphQLError[];
  readonly status: number;

  constructor(errors: readonly GraphQLError[], status = 400) {
    super(errors.map((error) => error.message).join('\n'));
    this.errors = errors;
    this.status = status;
  }

  /** A refusal for one reason; the code is for programs, the message for people. */
  static because(code: string, message: string, status = 400): OperationRefused {
    return new OperationRefused([new GraphQLError(message, { extensions: { code } })], status);
  }
}
