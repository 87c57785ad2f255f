import type { IncomingMessage } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { GraphQLError as Refusal } from 'graphql';
import { CloseCode, type Context, type SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { Prepared } from '../execution/prepared.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { GatewayRequest } from '../request.ts';
import { textFrame } from './frame.ts';
import {
  type OpenedSubscription,
  openSubscription,
  type SubscriptionHub,
} from './open-subscription.ts';
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

/** What a query or mutation over the socket needs when its turn comes. */
interface Queried {
  readonly prepared: Prepared;
  readonly request: OperationRequest;
  readonly session: Session;
}

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

const graphQLErrorsOf = (error: unknown): readonly GraphQLError[] => {
  if (error instanceof OperationRefused) return error.errors;
  if (error instanceof Refusal) return [error];
  return [new Refusal('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR' } })];
};

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

const nobody: Session = { identity: null, expiresAt: null };

/** Lets a client in, or closes with 4403, which tells stock clients to come back with a fresh token. */
const connect = async (
  { hub, authenticate }: WebSocketOptions,
  context: Context<Record<string, unknown>, Extra>,
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
  { hub }: WebSocketOptions,
  context: Context<Record<string, unknown>, Extra>,
  [id, payload]: readonly [string, SubscribePayload],
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const session = context.extra.session ?? nobody;
  const request: OperationRequest = {
    query: payload.query,
    operationName: payload.operationName ?? undefined,
    variables: payload.variables ?? undefined,
    extensions: payload.extensions ?? undefined,
    documentId: undefined,
  };
  try {
    const admitted = await hub.admit(request, session.identity);
    const { prepared } = admitted;
    const args = {
      schema: hub.engine().apiSchema,
      document: prepared.document,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? {},
    };
    if (prepared.kind !== 'subscription') {
      const queried: Queried = { prepared, request, session };
      return { ...args, contextValue: queried };
    }
    const opened = openSubscription(hub, { request, admitted }, session);
    const forget = (): void => {
      Reflect.deleteProperty(context.subscriptions, id);
    };
    const subscribed: Subscribed = { opened, id, socket: context.extra.socket, forget };
    return { ...args, contextValue: subscribed };
  } catch (error) {
    return graphQLErrorsOf(error);
  }
};

const runQuery = async (
  { prepared, request, session }: Queried,
  withinMs: number,
): Promise<ExecutionResult> => {
  const gatewayRequest: GatewayRequest = {
    identity: session.identity,
    forward: {},
    deadlineAt: performance.now() + withinMs,
    signal: AbortSignal.timeout(withinMs),
  };
  return JSON.parse(await prepared.execute(request.variables, gatewayRequest));
};

/** Closes the clients one after the other, so that they do not all come back at once. */
const closeInTurn = async (clients: readonly WebSocket[], withinMs: number): Promise<void> => {
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
};

/** Opens the WebSocket door. graphql-ws keeps the protocol; the fan-out writes the messages. */
export const openWebSocketDoor = (options: WebSocketOptions): WebSocketDoor => {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: options.maxMessageBytes,
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
      execute: (args) => runQuery(args.contextValue as Queried, options.operationWithinMs),
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
