import { Counter, Gauge, Registry } from 'prom-client';
import { DurationHistogram } from './duration-histogram.ts';
import type { Engine } from './execution/engine.ts';
import type { LoadShedder } from './http/load-shedder.ts';

/** How an operation ended: clean, with errors beside its data, or not executed. */
export type Outcome = 'ok' | 'errors' | 'refused';

/** What the gateway counts. Labels never carry anything that a client or a source system wrote. */
export interface GatewayMetrics {
  readonly registry: Registry;
  readonly operation: (kind: string, outcome: Outcome, ms: number) => void;
  readonly refused: (code: string) => void;
  /** The code is null for a clean answer. */
  readonly subgraphCall: (subgraph: string, ms: number, code: string | null) => void;
}

const prefix = 'syncline_gateway_';

const operationMetrics = (registry: Registry) => ({
  operations: new DurationHistogram(
    {
      name: `${prefix}operation_duration_seconds`,
      help: 'Time from the request to the answer, by kind and outcome.',
      labelNames: ['kind', 'outcome'],
    },
    registry,
  ),
  refused: new Counter({
    name: `${prefix}refused_total`,
    help: 'Requests that were not executed, by error code.',
    labelNames: ['code'],
    registers: [registry],
  }),
  calls: new DurationHistogram(
    {
      name: `${prefix}subgraph_duration_seconds`,
      help: 'Time of calls to subgraphs.',
      labelNames: ['subgraph'],
    },
    registry,
  ),
  failures: new Counter({
    name: `${prefix}subgraph_errors_total`,
    help: 'Calls to subgraphs that failed, by error code; ANSWERED_ERRORS where the answer held errors of its own.',
    labelNames: ['subgraph', 'code'],
    registers: [registry],
  }),
});

const gauge = (registry: Registry, name: string, help: string, read: () => number): void => {
  new Gauge({
    name: prefix + name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
};

/** A counter that somebody else counts. */
const counter = (registry: Registry, name: string, help: string, read: () => number): void => {
  new Counter({
    name: prefix + name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
};

/** The gateway's metrics in a registry of their own or in the given one. */
export const createMetrics = (registry = new Registry()): GatewayMetrics => {
  const { operations, refused, calls, failures } = operationMetrics(registry);
  return {
    registry,
    operation: (kind, outcome, ms) => operations.observe(ms, kind, outcome),
    refused: (code) => refused.inc({ code }),
    subgraphCall: (subgraph, ms, code) => {
      calls.observe(ms, subgraph);
      if (code !== null) failures.inc({ subgraph, code });
    },
  };
};

/** What happens on connections that stay open, added up since the start where it is no state. */
export interface StreamCounts {
  /** WebSocket connections. */
  readonly connections: number;
  readonly subscribers: number;
  /** Subscribers that have caught up. */
  readonly live: number;
  /** Selections that are executed once for all their subscribers. */
  readonly groups: number;
  readonly executions: number;
  readonly replayed: number;
  readonly lagged: number;
}

/** What the gateway counts elsewhere. */
export interface Watched {
  readonly engine: () => Engine;
  readonly shedder: LoadShedder;
  /** Null where there are no subscriptions. */
  readonly streams: (() => StreamCounts) | null;
}

const watchStreams = (registry: Registry, streams: () => StreamCounts): void => {
  const now = (name: string, help: string, key: keyof StreamCounts): void =>
    gauge(registry, name, help, () => streams()[key]);
  const total = (name: string, help: string, key: keyof StreamCounts): void =>
    counter(registry, name, help, () => streams()[key]);
  now('websocket_connections', 'WebSocket connections that are open.', 'connections');
  now('subscribers', 'Subscriptions that are open, on all transports.', 'subscribers');
  now('subscribers_live', 'Subscriptions that have caught up.', 'live');
  now('subscription_selections', 'Selections that subscriptions share.', 'groups');
  total('subscription_executions_total', 'Events executed, one for each selection.', 'executions');
  total('subscription_replayed_total', 'Messages sent from the log to catch up.', 'replayed');
  total('subscription_lagged_total', 'Times that a subscriber fell behind.', 'lagged');
};

/** Shows what the engine of the moment, the load shedder and the subscriptions count. */
export const watchGateway = (
  { registry }: GatewayMetrics,
  { engine, shedder, streams }: Watched,
): void => {
  const total = (name: string, help: string, read: () => number): void =>
    counter(registry, name, help, read);
  // An engine counts for its own supergraph; to Prometheus a reload is a restart of these four.
  const stats = () => engine().stats();
  total('plan_cache_hits_total', 'Operations found prepared.', () => stats().planCacheHits);
  total(
    'plan_cache_misses_total',
    'Operations that were not prepared.',
    () => stats().planCacheMisses,
  );
  total('plans_made_total', 'Plans made.', () => stats().planned);
  total('planning_seconds_total', 'Time spent planning.', () => stats().planMsTotal / 1_000);
  gauge(registry, 'operations_in_flight', 'Operations being executed.', () => shedder.inFlight);
  total('operations_shed_total', 'Operations refused because of load.', () => shedder.shed);
  if (streams) watchStreams(registry, streams);
};
