import type { PreparedSubscription } from '../execution/prepared-subscription.ts';
import type { Admitted } from '../http/admission.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { GatewayRequest } from '../request.ts';
import type { FanOutStats } from './fan-out.ts';
import type { Session } from './session.ts';
import type { Outlet } from './subscriber.ts';

/** A subscription that may run, and who asks for it. */
export interface Subscribing {
  readonly request: OperationRequest;
  readonly admitted: Admitted;
  readonly subscription: PreparedSubscription;
  readonly session: Session;
  /** Headers of the client that subgraphs get to see, lower case. */
  readonly forward: GatewayRequest['forward'];
}

/** A subscription that is on its wire. */
export interface Joined {
  readonly leave: () => void;
  /** The cursor after which it would have to go on elsewhere; null where there are no cursors. */
  readonly cursor: () => string | null;
}

/** A subscription that is planned and allowed, and waits for its wire. */
export interface OpenedSubscription {
  /** Everything that the client is to get goes to the outlet from now on. */
  readonly begin: (outlet: Outlet) => Joined;
}

/** Counters for /metrics and the benchmarks. */
export type SourceStats = FanOutStats;

/** Where the messages of subscriptions come from: the event log, or subgraphs that have subscriptions of their own. */
export interface MessageSource {
  /** Null when the field is not of this source. Throws a GraphQLError or OperationRefused that the client sees. */
  readonly open: (subscribing: Subscribing) => OpenedSubscription | null;
  /** The cursor of now; null where there are no cursors. */
  readonly headCursor: () => string | null;
  readonly stats: () => SourceStats;
  /** Ends every subscription in order. */
  readonly close: () => void;
}
