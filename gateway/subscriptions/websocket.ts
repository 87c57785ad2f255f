import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { OperationRunner } from '../http/operation-runner.ts';
import type { GatewayRequest } from '../request.ts';
import type { ConnectionLimits } from './connection-quota.ts';
import type { ConnectionSweep } from './connection-sweep.ts';
import { createGraphQLSockets } from './graphql-sockets.ts';
import { HeldSubscription } from './held-subscription.ts';
import type { OpenedSubscription } from './message-source.ts';
import { paramsAsHeaders } from './params-as-headers.ts';
import { ParkedIterator } from './parked-iterator.ts';
import type { Session } from './session.ts';
import {
  type Extra,
  leaveSocket,
  letIn,
  renew,
  type SocketAccess,
  type SocketContext,
} from './socket-access.ts';
import { answerOverSocket, operationInMessage, type SocketOperation } from './socket-operation.ts';
import { SocketOutlet, type WiredOperation } from './socket-outlet.ts';
import type { SocketSession } from './socket-session.ts';
import { openSubscription, type SubscriptionHub } from './subscription-hub.ts';

/** What the WebSocket transport needs besides the hub. */
export interface WebSocketOptions extends SocketAccess {
  readonly hub: SubscriptionHub;
  readonly limits: ConnectionLimits;
  /** Runs queries and mutations, and words refusals. */
  readonly operations: OperationRunner;
  /** The largest operation a client may send, in bytes. */
  readonly maxMessageBytes: number;
  /** Looks after the sockets. */
  readonly sweep: ConnectionSweep;
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
interface Subscribed extends WiredOperation {
  readonly opened: OpenedSubscription;
  readonly request: OperationRequest;
  readonly session: Session;
  readonly forward: GatewayRequest['forward'];
  readonly holder: SocketSession;
}

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
  { extra: { request, params } }: SocketContext,
  { extensions }: SubscribePayload,
): IncomingHttpHeaders => {
  const { traceparent, tracestate } = extensions ?? {};
  return { ...request.headers, ...params, ...paramsAsHeaders({ traceparent, tracestate }) };
};

/** Plans one operation. Everything that can be refused is refused here: anything thrown would close the whole socket. */
const prepareOperation = async (
  { hub, limits, operations, maxMessageBytes }: WebSocketOptions,
  context: SocketContext,
  [id, payload]: readonly [string, SubscribePayload],
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const { socket, link, holder } = context.extra;
  if (holder === undefined) throw new Error('An operation came before its connection.');
  const session = holder.current;
  try {
    checkOperations(limits, context);
    const request = operationInMessage(payload, maxMessageBytes);
    const headers = headersOf(context, payload);
    const admitted = await hub.admit(request, session.identity);
    const { prepared } = admitted;
    const args = {
      schema: hub.engine().apiSchema,
      document: prepared.document,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? {},
    };
    if (prepared.kind !== 'subscription') {
      const caller = { identity: session.identity, headers };
      const operation: SocketOperation = { admitted, caller, id, socket };
      return { ...args, contextValue: operation };
    }
    const forward = operations.forwarded(headers);
    const opened = openSubscription(hub, { request, admitted, session, forward });
    const forget = (): void => {
      Reflect.deleteProperty(context.subscriptions, id);
    };
    // graphql-ws keeps the message for as long as the subscription lasts; what is done with is let go.
    Object.assign(payload, { query: '', variables: undefined, extensions: undefined });
    const wire = { holder, id, link, forget };
    const subscribed: Subscribed = { opened, request, session, forward, ...wire };
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
  const { opened, request, session, forward, holder, ...operation } = subscribed;
  const asked = { hub, request, forward, outlet: new SocketOutlet(operation, parked) };
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
    clientTracking: false,
    perMessageDeflate: false,
    // An operation that is too large is refused by itself; the socket, with all that it carries, is closed for more only.
    maxPayload: options.maxMessageBytes * patience,
    handleProtocols: (protocols) =>
      protocols.has('graphql-transport-ws') ? 'graphql-transport-ws' : false,
  });
  const sockets = createGraphQLSockets<Extra>(
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
        Object.assign(args, { contextValue: undefined, variableValues: undefined });
        return new ParkedIterator((parked) => follow(options.hub, subscribed, parked));
      },
    },
    options.sweep,
  );
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) =>
        sockets.open(client, socket, request),
      ),
    connections: () => sockets.all.size,
    drain: async (withinMs) => {
      await closeInTurn([...sockets.all], withinMs);
      server.close();
    },
  };
};
