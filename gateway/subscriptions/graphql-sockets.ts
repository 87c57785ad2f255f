import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { makeServer, type ServerOptions } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { ConnectionSweep } from './connection-sweep.ts';
import { Outbox } from './outbox.ts';
import { SocketLink } from './socket-link.ts';

/** What is known of a socket from its beginning. */
export interface SocketOrigin extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly link: SocketLink;
  /** What is kept of the request that opened the socket: all of it would be several KB for as long as the socket lives. */
  readonly request: { readonly headers: IncomingHttpHeaders };
}

/** Headers that say something to the handshake alone. */
const handshakeOnly =
  /^(?:host|connection|upgrade|sec-.*|accept.*|cache-control|pragma|content-length)$/;

const keptHeaders = ({ headers }: IncomingMessage): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !handshakeOnly.test(name)));

/** What a client sends wrong, `ws` has answered with a close frame when this is told. */
const alreadyAnswered = (): void => undefined;

/** Sockets under the protocol of graphql-ws. */
export interface GraphQLSockets {
  readonly open: (socket: WebSocket, stream: Duplex, request: IncomingMessage) => void;
  readonly all: ReadonlySet<WebSocket>;
}

/** Puts sockets under graphql-ws: its protocol, our writing and our keep-alive. */
export const createGraphQLSockets = <Extra extends SocketOrigin>(
  options: ServerOptions<Record<string, unknown>, Extra>,
  sweep: ConnectionSweep,
): GraphQLSockets => {
  const server = makeServer<Record<string, unknown>, Extra>({
    ...options,
    // The sweep closes those who never begin.
    connectionInitWaitTimeout: 0,
    onConnect: (context) => {
      context.extra.link.initiate();
      return options.onConnect?.(context);
    },
  });
  const outbox = new Outbox();
  const all = new Set<WebSocket>();
  return {
    all,
    open: (socket, stream, request) => {
      const link = new SocketLink(socket, stream, outbox);
      const origin: SocketOrigin = { socket, link, request: { headers: keptHeaders(request) } };
      const closed = server.opened(link, origin as Extra);
      all.add(socket);
      sweep.add(link);
      socket.on('error', alreadyAnswered);
      socket.on('close', (code, reason) => {
        all.delete(socket);
        sweep.delete(link);
        void closed(code, String(reason));
      });
    },
  };
};
