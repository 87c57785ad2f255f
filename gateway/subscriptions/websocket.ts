import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode, type Context, type SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { OperationRunner } from '../http/operation-runner.ts';
import { textFrame } from './frame.ts';
import {
  type OpenedSubscription,
  openSubscription,
  type SubscriptionHub,
} from './open-subscription.ts';
import { type ParkedIterator, parkedIterator } from './parked-iterator.ts';
import type { Authenticate, Session } from './session.ts';
import { answerOverSocket, operationInMessage, type SocketOperation } from './socket-operation.ts';
import type { Outlet } from './subscriber.ts';

/** What the WebSocket transport needs besides the hub. */
export interface WebSocketOptions {
  readonly hub: SubscriptionHub;
  readonly authenticate: Authenticate;
  /** Runs queries and mutations, and words refusals. */
  readonly operations: OperationRunner;
  /** The largest operation a client may send, in bytes. */
  readonly maxMessageBytes: number;
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

/** A message so many times larger than an operation may be is not even read. */
const patience = 4;

type SocketContext = Context<Record<string, unknown>, Extra>;

/** What a subscription needs when its turn comes. */
interface Subscribed {
  readonly opened: OpenedSubscription;
  readonly id: string;
  readonly socket: WebSocket;
  /** Makes the protocol library forget the operation, so that it sends nothing more for it. */
  readonly forget: () => void;
}

const closing = Buffer.from('}');

const rawSocketOf = (socket: WebSocket): Writable =>
  (socket as unknown as { readonly _socket: Writable })._socket;

/** Sends one subscription's messages as `next` frames straight to the socket: shared bytes, own id. */
const outletFor = ({ socket, id, forget }: Subscribed, parked: ParkedIterator): Outlet => {
  const raw = rawSocketOf(socket);
  const prefix = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return {
    send: (payload) => {
      if (socket.readyState !== socket.OPEN) return;
      if (!raw.writableCorked) {
        // Frames written while the loop turns are joined into one write.
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
      // An error ends the operation by itself; forgotten, it gets no `complete` after it.
      forget();
      parked.end();
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

/** The headers of the handshake, with what the client says for all operations or for this one instead. */
const headersOf = (
  { connectionParams, extra: { request } }: SocketContext,
  { extensions }: SubscribePayload,
): IncomingHttpHeaders => {
  const authorization = authorizationOf(connectionParams, request);
  const traceparent = extensions?.['traceparent'];
  return {
    ...request.headers,
    ...(authorization === undefined ? {} : { authorization }),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
};

const nobody: Session = { identity: null, expiresAt: null };

/** Lets a client in, or closes with 4403, which tells stock clients to come back with a fresh token. */
const connect = async (
  { hub, authenticate }: WebSocketOptions,
  context: SocketContext,
): Promise<Record<string, unknown> | false> => {
  const { extra } = context;
  const session = await authenticate(
    authorizationOf(context.connectionParams, extra.request),
  ).catch(() => null);
  if (session === null) {
    extra.socket.close(CloseCode.Forbidden, 'The token is not valid');
    return false;
  }
  extra.session = session;
  if (session.expiresAt !== null)
    extra.expiry = setTimeout(
      () => extra.socket.close(CloseCode.Forbidden, 'The token has expired'),
      Math.min(session.expiresAt - Date.now(), 2 ** 31 - 1),
    );
  return { cursor: hub.fanOut.headCursor() };
};

/** Plans one operation. Everything that can be refused is refused here: anything thrown would close the whole socket. */
const prepareOperation = async (
  { hub, operations, maxMessageBytes }: WebSocketOptions,
  context: SocketContext,
  [id, payload]: readonly [string, SubscribePayload],
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const { socket, session = nobody } = context.extra;
  try {
    const request = operationInMessage(payload, maxMessageBytes);
    const admitted = await hub.admit(request, session.identity);
    const { prepared } = admitted;
    const args = {
      schema: hub.engine().apiSchema,
      document: prepared.document,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? {},
    };
    if (prepared.kind !== 'subscription') {
      const caller = { identity: session.identity, headers: headersOf(context, payload) };
      const operation: SocketOperation = { admitted, caller, id, socket };
      return { ...args, contextValue: operation };
    }
    const opened = openSubscription(hub, { request, admitted }, session);
    const forget = (): void => {
      Reflect.deleteProperty(context.subscriptions, id);
    };
    const subscribed: Subscribed = { opened, id, socket, forget };
    return { ...args, contextValue: subscribed };
  } catch (error) {
    return operations.errorsOf(error);
  }
};

/** How long a client may take to answer a close; ws itself would wait for half a minute. */
const farewellMs = 1_000;

/** Closes the clients one after the other, so that they do not all come back at once. */
const closeInTurn = async (clients: readonly WebSocket[], withinMs: number): Promise<void> => {
  const pause = withinMs / Math.max(clients.length, 1);
  await Promise.all(
    clients.map(
      (client, index) =>
        new Promise<void>((resolve) => {
          const late = setTimeout(() => client.terminate(), withinMs + farewellMs);
          client.once('close', () => {
            clearTimeout(late);
            resolve();
          });
          setTimeout(() => client.close(1012, 'The hub restarts'), index * pause);
        }),
    ),
  );
};

/** Opens the WebSocket door. graphql-ws keeps the protocol; the fan-out writes the messages. */
export const openWebSocketDoor = (options: WebSocketOptions): WebSocketDoor => {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    // An operation that is too large is refused by itself; the socket, with all that it carries, is closed for more only.
    maxPayload: options.maxMessageBytes * patience,
    handleProtocols: (protocols) =>
      protocols.has('graphql-transport-ws') ? 'graphql-transport-ws' : false,
  });
  useServer<Record<string, unknown>, Extra>(
    {
      onConnect: (context) => connect(options, context),
      onDisconnect: (context) => clearTimeout(context.extra.expiry),
      onClose: (context) => clearTimeout(context.extra.expiry),
      onSubscribe: async (context, id, payload) => {
        const answer = await prepareOperation(options, context, [id, payload]);
        return 'schema' in answer ? answer : [...answer];
      },
      onError: (_context, _id, _payload, errors) => options.operations.describe(errors),
      execute: (args) => answerOverSocket(options.operations, args.contextValue as SocketOperation),
      subscribe: (args) => {
        const subscribed = args.contextValue as Subscribed;
        return parkedIterator((parked) => subscribed.opened.begin(outletFor(subscribed, parked)));
      },
    },
    server,
    30_000,
  );
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) =>
        server.emit('connection', client, request),
      ),
    connections: () => server.clients.size,
    drain: async (withinMs) => {
      await closeInTurn([...server.clients], withinMs);
      server.close();
    },
  };
};
