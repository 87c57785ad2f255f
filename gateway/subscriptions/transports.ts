import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from '../../platform/identity.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { OperationRunner } from '../http/operation-runner.ts';
import type { SubscriptionTransports } from '../http/subscription-transports.ts';
import {
  type ConnectionLimits,
  ConnectionQuota,
  defaultConnectionLimits,
} from './connection-quota.ts';
import { ConnectionSweep } from './connection-sweep.ts';
import type { Authenticate } from './session.ts';
import { serveStream, streamWanted } from './stream-door.ts';
import { headCursor, hubStats, type SubscriptionHub } from './subscription-hub.ts';
import { openWebSocketDoor } from './websocket.ts';

/** What the doors of subscriptions need. */
export interface TransportOptions {
  readonly hub: SubscriptionHub;
  readonly authenticate: Authenticate;
  /** Runs queries and mutations, and words refusals. */
  readonly operations: OperationRunner;
  readonly maxMessageBytes: number;
  readonly limits?: Partial<ConnectionLimits>;
  /** Looks after all connections; one of its own unless said otherwise. */
  readonly sweep?: ConnectionSweep;
}

/** Over how long the sockets are closed on a restart, so that not all clients come back at once; in milliseconds. */
const drainMs = 3000;

/** WebSocket, Server-Sent Events and multipart for all that the hub's sources bring. */
export const openSubscriptionTransports = (options: TransportOptions): SubscriptionTransports => {
  const { hub, operations, authenticate, sweep = new ConnectionSweep() } = options;
  const limits = { ...defaultConnectionLimits, ...options.limits };
  const quota = new ConnectionQuota(limits.connectionsPerPrincipal);
  const door = openWebSocketDoor({
    ...options,
    limits,
    quota,
    sweep,
    headCursor: () => headCursor(hub),
  });
  const handle = async (
    incoming: IncomingMessage,
    response: ServerResponse,
    ...[request, identity]: [OperationRequest, Identity | null]
  ): Promise<boolean> => {
    const wording = streamWanted(incoming);
    if (wording === null) return false;
    const session = await authenticate(incoming.headers.authorization);
    await serveStream(
      { hub, operations, quota, sweep },
      { incoming, response, wording },
      { request, session: { ...session, identity } },
    );
    return true;
  };
  return {
    upgrade: door.upgrade,
    handle,
    counts: () => ({ connections: door.connections(), ...hubStats(hub) }),
    drain: async () => {
      await door.drain(drainMs);
      for (const source of hub.sources) source.close();
    },
  };
};
