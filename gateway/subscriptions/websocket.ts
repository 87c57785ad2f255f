import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { OperationRunner } from '../http/operation-runner.ts';
import type { ConnectionLimits } from './connection-quota.ts';
import { textFrame } from './frame.ts';
import { HeldSubscription } from './held-subscription.ts';
import {
  type OpenedSubscription,
  openSubscription,
  type SubscriptionHub,
} from './open-subscription.ts';
import { type ParkedIterator, parkedIterator } from './parked-iterator.ts';
import type { Session } from './session.ts';
import {
  authorizationOf,
  type Extra,
  leaveSocket,
  letIn,
  renew,
  type SocketAccess,
  type SocketContext,
} from './socket-access.ts';
import { answerOverSocket, operationInMessage, type SocketOperation } from './socket-operation.ts';
import type { SocketSession } from './socket-session.ts';
import type { Outlet } from './subscriber.ts';

/** What the WebSocket transport needs besides the hub. */
export interface WebSocketOptions extends SocketAccess {
  readonly hub: SubscriptionHub;
  readonly limits: ConnectionLimits;
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

/** A message so many times larger than an operation may be is not even read. */
const patience = 4;

/** What a subscription needs when its turn comes. */
interface Subscribed {
  readonly opened: OpenedSubscription;
  readonly request: OperationRequest;
  readonly session: Session;
  readonly holder: SocketSession;
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

const checkOperations = (
  { operationsPerConnection: limit }: ConnectionLimits,
  { subscriptions }: SocketContext,
): void => {
  const open = Object.keys(subscriptions).length;
  if (open > limit)
    throw OperationRefused.because(
      'SUBSCRIPTION_LIMIT_EXCEEDED',
      `The connection has ${open} operations open; the limit is ${limit}.`,
      429,
    );
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

/** Plans one operation. Everything that can be refused is refused here: anything thrown would close the whole socket. */
const prepareOperation = async (
  { hub, limits, operations, maxMessageBytes }: WebSocketOptions,
  context: SocketContext,
  [id, payload]: readonly [string, SubscribePayload],
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const { socket, holder } = context.extra;
  if (holder === undefined) throw new Error('An operation came before its connection.');
  const session = holder.current;
  try {
    checkOperations(limits, context);
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
    const subscribed: Subscribed = { opened, request, session, holder, id, socket, forget };
    return { ...args, contextValue: subscribed };
  } catch (error) {
    return operations.errorsOf(error);
  }
};

/** Puts a subscription on the wire. Returns how to end it. */
const follow = (
  hub: SubscriptionHub,
  subscribed: Subscribed,
  parked: ParkedIterator,
): (() => void) => {
  const { opened, request, session, holder } = subscribed;
  const asked = { hub, request, outlet: outletFor(subscribed, parked) };
  return holder.hold(new HeldSubscription(asked, opened), session);
};

const serverTypes: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

/** graphql-ws takes what only a server may send for a fault of its own (4500); this makes it the invalid message that it is. */
const refuseServerMessages = (key: string, value: unknown): unknown => {
  if (key === '' && serverTypes.has((value as { readonly type?: unknown } | null)?.type))
    throw new Error('This is for the server to send.');
  return value;
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
      onConnect: (context) => letIn(options, context),
      onPing: (context, payload) => renew(options, context, payload),
      onClose: leaveSocket,
      jsonMessageReviver: refuseServerMessages,
      onSubscribe: async (context, id, payload) => {
        const { ids } = context.extra;
        ids?.begin(id, payload);
        const answer = await prepareOperation(options, context, [id, payload]);
        await ids?.pass(id, payload);
        if ('schema' in answer) return answer;
        ids?.end(id);
        return [...answer];
      },
      onOperation: ({ extra }, id, payload) => extra.ids?.pass(id, payload),
      onComplete: async ({ extra }, id, payload) => {
        await extra.ids?.pass(id, payload);
        extra.ids?.end(id);
      },
      onError: (_context, _id, _payload, errors) => options.operations.describe(errors),
      execute: (args) => answerOverSocket(options.operations, args.contextValue as SocketOperation),
      subscribe: (args) => {
        const subscribed = args.contextValue as Subscribed;
        return parkedIterator((parked) => follow(options.hub, subscribed, parked));
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
