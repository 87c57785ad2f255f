import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Identity } from '../../platform/identity.ts';
import type { StreamCounts } from '../metrics.ts';
import type { OperationRequest } from './operation-request.ts';

/** The doors of subscriptions, as the server sees them. */
export interface SubscriptionTransports {
  /** Takes over a connection that asks for WebSocket at the GraphQL path. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /**
   * Offered every operation of a client that accepts text/event-stream or multipart/mixed; body and identity are checked,
   * limits and safelist are not. False: not mine, the server answers in one piece.
   */
  readonly handle: (
    request: IncomingMessage,
    response: ServerResponse,
    operation: OperationRequest,
    identity: Identity | null,
  ) => boolean | Promise<boolean>;
  /** For /metrics. */
  readonly counts: () => StreamCounts;
  /** Ends all subscriptions in order, so that clients resume elsewhere. */
  readonly drain: () => Promise<void>;
}
