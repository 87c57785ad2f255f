import type { IncomingMessage } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { GraphQLError as Refusal } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { GatewayRequest } from '../request.ts';
import { textFrame } from './frame.ts';
import { openSubscription, type SubscribeRequest, type SubscriptionHub } from './open-subscription.ts';
import { type ParkedIterator, parkedIterator } from './parked-iterator.ts';
import type { Authenticate, Session } from './session.ts';
import type { Outlet } from './subscriber.ts';

/** What the WebSocket transport needs besides the hub. */
export interface WebSocketOptions {
  readonly hub: SubscriptionHub;
  readonly authenticate: Authenticate;
  /** The largest message a client may send, in bytes. */
  readonly maxMessageBytes: number;
  /** How long a query or mutation over the socket may take, in milliseconds. */
  readonly operationWithinMs: number;
  /** Refuses an operation before it is planned: limits, safelist. */
  readonly check: (request: SubscribeRequest, session: Session) => readonly GraphQLError[];
}

/** The WebSocket door: protocol graphql-transport-ws. */
export interface WebSocketDoor {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Closes all sockets, spread over the time given, with 1012 (service restart): clients reconnect and resume. */
  readonly drain: (withinMs: number) => Promise<void>;
  readonly connections: () => number;
}

interface Extra extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  session?: Session;
  expiry?: NodeJS.Timeout;
}

/** Frames written while the loop turns are joined into one write. */
const closing = Buffer.from('}');

const rawSocketOf = (socket: WebSocket): Writable =>
  (socket as unknown as { readonly _socket: Writable })._socket;

const graphQLErrorsOf = (error: unknown): readonly GraphQLError[] => {
  if (error instanceof OperationRefused) return error.errors;
  if (error instanceof Refusal) return [error];
  return [new Refusal('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR' } })];
};

/** Sends one subscription's messages as `next` frames straight to the socket: shared bytes, own id. */
const outletFor = (socket: WebSocket, id: string, parked: ParkedIterator): Outlet => {
  const raw = rawSocketOf(socket);
  const prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return {
    send: (payload) => {
      if (socket.readyState !== socket.OPEN) return;
      if (!raw.writableCorked) {
        raw.cork();
        setImmediate(() => raw.uncork());
      }
      raw.write(textFrame(prefix, payload.bytes, closing));
    },
    backlog: () => raw.writableLength,
    onDrain: (resume) => raw.once('drain', resume),
    fail: (error) => {
      if (socket.readyState === socket.OPEN)
        socket.send(JSON.stringify({ id, type: 'error', payload: [error.toJSON()] }));
      parked.discard();
    },
    complete: () => parked.end(),
    disconnect: () => socket.close(4290, 'Too slow: subscribe again after your last cursor'),
  };
};

const authorizationOf = (
  params: Readonly<Record<string, unknown>> | undefined,
  request: IncomingMessage,
): string | undefined => {
  const given = params?.['authorization'] ?? params?.['Authorization'];
  return typeof given === 'string' ? given : request.headers.authorization;
};

/** Opens the WebSocket door. graphql-ws keeps the protocol; the fan-out writes the messages. */
export const openWebSocketDoor = (options: WebSocketOptions): WebSocketDoor => {
  const { hub } = options;
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: options.maxMessageBytes,
    handleProtocols: (protocols) =>
      protocols.has('graphql-transport-ws') ? 'graphql-transport-ws' : false,
  });
  const requestOf = (session: Session): GatewayRequest => ({
    identity: session.identity,
    forward: {},
    deadlineAt: performance.now() + options.operationWithinMs,
    signal: AbortSignal.timeout(options.operationWithinMs),
  });

  useServer<Record<string, unknown>, Extra>(
    {
      onConnect: async (context) => {
        const authorization = authorizationOf(context.connectionParams, context.extra.request);
        const session = await options.authenticate(authorization).catch(() => null);
        if (session === null) {
          context.extra.socket.close(CloseCode.Forbidden, 'The token is not valid');
          return false;
        }
        context.extra.session = session;
        if (session.expiresAt !== null)
          context.extra.expiry = setTimeout(
            // 4403 tells stock clients to reconnect, with a fresh token.
            () => context.extra.socket.close(CloseCode.Forbidden, 'The token has expired'),
            Math.min(session.expiresAt - Date.now(), 2 ** 31 - 1),
          );
        return { cursor: hub.fanOut.headCursor() };
      },
      onDisconnect: (context) => clearTimeout(context.extra.expiry),
      onClose: (context) => clearTimeout(context.extra.expiry),
      // Everything that can be refused is refused here, as an error of this one operation: anything thrown would close the socket.
      onSubscribe: async (context, id, payload) => {
        const session = context.extra.session ?? { identity: null, expiresAt: null };
        const request: SubscribeRequest = {
          query: payload.query,
          operationName: payload.operationName ?? undefined,
          variables: payload.variables ?? undefined,
          extensions: payload.extensions ?? undefined,
        };
        try {
          const refusals = options.check(request, session);
          if (refusals.length > 0) return [...refusals];
          const prepared = await hub.engine().prepare(request.query, request.operationName);
          const base = {
            schema: hub.engine().apiSchema,
            document: prepared.document,
            operationName: request.operationName ?? null,
            variableValues: request.variables ?? {},
          };
          if (prepared.kind !== 'subscription')
            return { ...base, contextValue: { prepared, request, session } };
          const opened = await openSubscription(hub, request, session);
          return { ...base, contextValue: { opened, id, socket: context.extra.socket } };
        } catch (error) {
          return [...graphQLErrorsOf(error)];
        }
      },
      execute: async (args): Promise<ExecutionResult> => {
        const { prepared, request, session } = args.contextValue;
        const text: string = await prepared.execute(request.variables, requestOf(session));
        return JSON.parse(text);
      },
      subscribe: (args) => {
        const { opened, id, socket } = args.contextValue;
        return parkedIterator((parked) => opened.begin(outletFor(socket, id, parked)));
      },
    },
    server,
    // The server's own ping, which also finds dead connections; one timer a socket is what the library offers.
    30_000,
  );

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) =>
        server.emit('connection', client, request),
      ),
    connections: () => server.clients.size,
    drain: async (withinMs) => {
      const clients = [...server.clients];
      const pause = withinMs / Math.max(clients.length, 1);
      await Promise.all(
        clients.map(
          (client, index) =>
            new Promise<void>((resolve) => {
              client.once('close', () => resolve());
              setTimeout(() => client.close(1012, 'The hub restarts'), index * pause);
            }),
        ),
      );
      server.close();
    },
  };
};
