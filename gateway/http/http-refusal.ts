import type { GraphQLError } from 'graphql';
import { refusal } from '../errors.ts';
import { refusalText } from './respond.ts';

/** The request is refused before GraphQL begins, with a status of its own that no Accept header changes. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  readonly error: GraphQLError;
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the answer, made once: an overloaded server refuses thousands a second. */
  readonly text: string;

  constructor(
    status: number,
    error: { readonly code: string; readonly message: string },
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(error.message);
    this.status = status;
    this.error = refusal(error.code, error.message);
    this.headers = headers;
    this.text = refusalText([this.error], true);
  }

  /** The operation is sent in more bytes than are read; so many or more. */
  static tooLarge(
    bytes: number,
    limit: number,
    headers: Readonly<Record<string, string>> = {},
  ): HttpRefusal {
    const message = `The body has ${bytes} bytes or more; the limit is ${limit}.`;
    return new HttpRefusal(413, { code: 'BODY_LIMIT_EXCEEDED', message }, headers);
  }

  /** The request is not one that GraphQL over HTTP knows. */
  static badRequest(message: string): HttpRefusal {
    return new HttpRefusal(400, { code: 'BAD_REQUEST', message });
  }
}
