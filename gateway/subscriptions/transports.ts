import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SubscriptionTransports } from '../http/subscription-transports.ts';
import type { GatewayRequest } from '../request.ts';
import {
  type ConnectionLimits,
  ConnectionQuota,
  defaultConnectionLimits,
} from './connection-quota.ts';
import type { SubscriptionHub } from './open-subscription.ts';
import type { Authenticate } from './session.ts';
import { serveStream, streamWanted } from './stream-door.ts';
import { openWebSocketDoor } from './websocket.ts';

/** What the doors of subscriptions need. */
export interface TransportOptions {
  readonly hub: SubscriptionHub;
  readonly authenticate: Authenticate;
  readonly maxMessageBytes: number;
  readonly operationWithinMs: number;
  readonly limits?: Partial<ConnectionLimits>;
}

/** Over how long the sockets are closed on a restart, so that not all clients come back at once; in milliseconds. */
const drainMs = 3000;

/** WebSocket, Server-Sent Events and multipart on one fan-out. */
export const openSubscriptionTransports = (
  options: TransportOptions,
): SubscriptionTransports & { readonly connections: () => number } => {
  const { hub, authenticate, operationWithinMs } = options;
  const limits = { ...defaultConnectionLimits, ...options.limits };
  const quota = new ConnectionQuota(limits.connectionsPerPrincipal);
  const door = openWebSocketDoor({
    ...options,
    limits,
    quota,
    headCursor: () => hub.fanOut.headCursor(),
  });
  const deadline = (identity: GatewayRequest['identity']): GatewayRequest => ({
    identity,
    forward: {},
    deadlineAt: performance.now() + operationWithinMs,
    signal: AbortSignal.timeout(operationWithinMs),
  });
  const handle = async (
    incoming: IncomingMessage,
    response: ServerResponse,
    ...[request, identity]: [
      Parameters<SubscriptionTransports['handle']>[2],
      GatewayRequest['identity'],
    ]
  ): Promise<boolean> => {
    const wording = streamWanted(incoming);
    if (wording === null) return false;
    const session = await authenticate(incoming.headers.authorization);
    const gatewayRequest = deadline(identity);
    await serveStream(
      { hub, quota },
      { incoming, response, wording },
      { request, session: { ...session, identity }, gatewayRequest },
    );
    return true;
  };
  return {
    upgrade: door.upgrade,
    handle,
    connections: door.connections,
    drain: async () => {
      await door.drain(drainMs);
      hub.fanOut.close();
    },
  };
};
