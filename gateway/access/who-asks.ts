import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../../platform/identity.ts';
import { InvalidToken as InvalidBearer, type Tokens } from '../../platform/tokens.ts';
import { HttpRefusal } from '../http/http-refusal.ts';
import { InvalidToken } from '../http/invalid-token.ts';
import type { Session } from '../subscriptions/session.ts';
import { KeysUnavailable } from './remote-keys.ts';

/** Finds out who asks, for each of the gateway's doors. */
export interface WhoAsks {
  /** Null for whoever brings no token. Rejects with InvalidToken, or with HttpRefusal while no token can be checked. */
  readonly identity: (headers: IncomingHttpHeaders) => Identity | null | Promise<Identity | null>;
  /** By the value of an Authorization header. */
  readonly session: (authorization: string | undefined) => Promise<Session>;
}

const nobody: Session = { identity: null, expiresAt: null };

const unavailable = (): HttpRefusal =>
  new HttpRefusal(
    503,
    { code: 'TOKENS_UNCHECKED', message: 'Nobody can sign in at the moment. Try again later.' },
    { 'retry-after': '5' },
  );

const asRefusal = (error: unknown): unknown => {
  if (error instanceof InvalidBearer) return new InvalidToken(error.message);
  return error instanceof KeysUnavailable ? unavailable() : error;
};

/** Lets everybody in, and knows those who bring a token that holds. Null: there is nothing to check tokens by, nobody is known. */
export const whoAsks = (tokens: Pick<Tokens, 'verify'> | null): WhoAsks => {
  if (tokens === null) return { identity: () => null, session: async () => nobody };
  const session = async (authorization: string | undefined): Promise<Session> => {
    if (!authorization) return nobody;
    const [, token] = /^Bearer +([^ ]+)$/i.exec(authorization) ?? [];
    return tokens.verify(token ?? '');
  };
  return {
    session,
    identity: ({ authorization }) =>
      authorization
        ? session(authorization).then(
            ({ identity }) => identity,
            (error: unknown) => {
              throw asRefusal(error);
            },
          )
        : null,
  };
};
