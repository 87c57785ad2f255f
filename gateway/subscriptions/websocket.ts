import type { IncomingMessage } from 'node:http';
import type { Duplex, Writable } from 'node:stream';
import type {
  ExecutionArgs,
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
} from 'graphql';
import { GraphQLError as Refusal } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { Prepared } from '../execution/prepared.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { GatewayRequest } from '../request.ts';
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
  type Extra,
  leaveSocket,
  letIn,
  renew,
  type SocketAccess,
  type SocketContext,
} from './socket-access.ts';
import type { SocketSession } from './socket-session.ts';
import type { Outlet } from './subscriber.ts';

/** What the WebSocket transport needs besides the hub. */
export interface WebSocketOptions extends SocketAccess {
  readonly hub: SubscriptionHub;
  readonly limits: ConnectionLimits;
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

/** What a query or mutation over the socket needs when its turn comes. */
interface Queried {
  readonly prepared: Prepared;
  readonly request: OperationRequest;
  readonly session: Session;
}

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

/** Plans one operation. Everything that can be refused is refused here: anything thrown would close the whole socket. */
const prepareOperation = async (
  { hub, limits }: WebSocketOptions,
  context: SocketContext,
  [id, payload]: readonly [string, SubscribePayload],
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const { socket, holder } = context.extra;
  if (holder === undefined) throw new Error('An operation came before its connection.');
  const session = holder.current;
  const request: OperationRequest = {
    query: payload.query,
    operationName: payload.operationName ?? undefined,
    variables: payload.variables ?? undefined,
    extensions: payload.extensions ?? undefined,
    documentId: undefined,
  };
  try {
    checkOperations(limits, context);
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
    const subscribed: Subscribed = { opened, request, session, holder, id, socket, forget };
    return { ...args, contextValue: subscribed };
  } catch (error) {
    return graphQLErrorsOf(error);
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

const serverTypes: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

/** graphql-ws takes what only a server may send for a fault of its own (4500); this makes it the invalid message that it is. */
const refuseServerMessages = (key: string, value: unknown): unknown => {
  if (key === '' && serverTypes.has((value as { readonly type?: unknown } | null)?.type))
    throw new Error('This is for the server to send.');
  return value;
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
      // The result is text that was parsed: its errors are plain already, where graphql-ws would turn them into that.
      onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
      onComplete: async ({ extra }, id, payload) => {
        await extra.ids?.pass(id, payload);
        extra.ids?.end(id);
      },
      execute: (args) => runQuery(args.contextValue as Queried, options.operationWithinMs),
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
