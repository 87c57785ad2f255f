import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { describeRefusal } from '../errors.ts';
import type { ResponseType } from './negotiate.ts';

export interface Answer {
  readonly status: number;
  readonly type: ResponseType;
  readonly text: string;
  readonly headers?: Iterable<readonly [string, string]> | undefined;
}

const contentTypes: Readonly<Record<ResponseType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
};

/** Sends an answer, unless one has been sent already or the client has gone. */
export const respond = (response: ServerResponse, answer: Answer): void => {
  if (response.headersSent || response.destroyed) return;
  const { text } = answer;
  const bytes = Buffer.byteLength(text);
  const headers: Record<string, string | number> = {
    'content-type': contentTypes[answer.type],
    'content-length': bytes,
    // An answer depends on who asks; nothing between here and the client may keep it.
    'cache-control': 'no-store',
  };
  for (const [name, value] of answer.headers ?? []) headers[name] = value;
  response.writeHead(answer.status, headers);
  // Text of as many bytes as characters is ASCII, and Node writes that faster when it is told so.
  response.end(text, bytes === text.length ? 'latin1' : 'utf8');
};

/** The body that tells a client why nothing was executed. */
export const refusalText = (errors: readonly GraphQLError[], production: boolean): string =>
  JSON.stringify({ errors: errors.map((error) => describeRefusal(error, production)) });
