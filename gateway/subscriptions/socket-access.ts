import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Context } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { InvalidToken } from '../../platform/tokens.ts';
import type { ConnectionQuota } from './connection-quota.ts';
import type { SocketOrigin } from './graphql-sockets.ts';
import { OperationIds } from './operation-ids.ts';
import { paramsAsHeaders } from './params-as-headers.ts';
import type { Authenticate } from './session.ts';
import { SocketSession } from './socket-session.ts';

/** How sockets are opened to people. */
export interface SocketAccess {
  readonly authenticate: Authenticate;
  readonly quota: ConnectionQuota;
  /** Where the event log ends at the moment; null where there is none. */
  readonly headCursor: () => string | null;
}

/** What is known of one socket. */
export interface Extra extends SocketOrigin {
  holder?: SocketSession;
  ids?: OperationIds;
  /** What the client says of itself instead of what its handshake said. */
  params?: IncomingHttpHeaders;
  /** Gives the place among the principal's connections back. */
  release?: () => void;
}

export type SocketContext = Context<Record<string, unknown>, Extra>;

/** Closes a socket whose token does not hold: 4403 brings stock clients back with a fresh token, 4401 keeps them away. */
const turnAway = (socket: WebSocket, error: unknown): false => {
  if (error instanceof InvalidToken && error.expired) socket.close(4403, 'The token has expired');
  else if (error instanceof InvalidToken) socket.close(4401, 'The token is not valid');
  else if (error instanceof GraphQLError) socket.close(4429, error.message);
  else socket.close(1013, 'Nobody can sign in at the moment');
  return false;
};

/** Lets a client in, as the bearer of its token. */
export const letIn = async (
  { headCursor, authenticate, quota }: SocketAccess,
  { extra, connectionParams }: SocketContext,
): Promise<Record<string, unknown> | boolean> => {
  const { socket, request } = extra;
  const params = paramsAsHeaders(connectionParams);
  try {
    const session = await authenticate(params.authorization ?? request.headers.authorization);
    if (socket.readyState !== socket.OPEN) return false;
    if (session.identity !== null) extra.release = quota.take(session.identity.subject);
    extra.holder = new SocketSession(session, () => socket.close(4403, 'The token has expired'));
    extra.ids = new OperationIds();
    extra.params = params;
    const cursor = headCursor();
    return cursor === null ? true : { cursor };
  } catch (error) {
    return turnAway(socket, error);
  }
};

/**
 * Takes a new token out of a client's ping and answers, in the pong, until when the session lasts. A token that does not hold
 * changes nothing: the old session goes on to its own end.
 */
export const renew = async (
  { authenticate }: SocketAccess,
  { extra }: SocketContext,
  payload: Record<string, unknown> | null = null,
): Promise<void> => {
  const { holder } = extra;
  const token = payload?.['authorization'];
  if (holder === undefined || payload === null || typeof token !== 'string') return;
  const refused = await authenticate(token)
    .then((session) => holder.renew(session))
    .then(
      () => {
        extra.params = { ...extra.params, ...paramsAsHeaders({ authorization: token }) };
        return undefined;
      },
      (error: unknown) =>
        error instanceof GraphQLError
          ? error.message
          : 'The token is not valid; the old one still counts.',
    );
  // graphql-ws answers with this same object; a token is nothing to send back.
  for (const key in payload) delete payload[key];
  Object.assign(payload, { refused, expiresAt: holder.current.expiresAt });
};

/** For when the socket is gone. */
export const leaveSocket = ({ extra }: SocketContext): void => {
  extra.holder?.close();
  extra.release?.();
};
