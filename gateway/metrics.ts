import { Counter, Gauge, Registry } from 'prom-client';
import { DurationHistogram } from './duration-histogram.ts';
import { describeFailure } from './errors.ts';
import type { Engine } from './execution/engine.ts';
import type { LoadShedder } from './http/load-shedder.ts';

/** How an operation ended: clean, with errors beside its data, or not executed. */
export type Outcome = 'ok' | 'errors' | 'refused';

/** What the gateway counts. Labels never carry anything that a client or a source system wrote. */
export interface GatewayMetrics {
  readonly registry: Registry;
  readonly operation: (kind: string, outcome: Outcome, ms: number) => void;
  readonly refused: (code: string) => void;
  readonly subgraphCall: (subgraph: string, ms: number, failure: unknown) => void;
}

const prefix = 'syncline_gateway_';

const operationMetrics = (registry: Registry) => ({
  operations: new DurationHistogram(
    {
      name: `${prefix}operation_seconds`,
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
      name: `${prefix}subgraph_seconds`,
      help: 'Time of calls to subgraphs.',
      labelNames: ['subgraph'],
    },
    registry,
  ),
  failures: new Counter({
    name: `${prefix}subgraph_errors_total`,
    help: 'Calls to subgraphs without a usable answer, by error code.',
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

/** The gateway's metrics in a registry of their own or in the given one. */
export const createMetrics = (registry = new Registry()): GatewayMetrics => {
  const { operations, refused, calls, failures } = operationMetrics(registry);
  return {
    registry,
    operation: (kind, outcome, ms) => operations.observe(ms, kind, outcome),
    refused: (code) => refused.inc({ code }),
    subgraphCall: (subgraph, ms, failure) => {
      calls.observe(ms, subgraph);
      if (failure === null) return;
      const code = String(describeFailure(failure).extensions?.['code']);
      failures.inc({ subgraph, code });
    },
  };
};

/** Shows what the engine of the moment and the load shedder count. */
export const watchGateway = (
  { registry }: GatewayMetrics,
  engine: () => Engine,
  shedder: LoadShedder,
): void => {
  gauge(
    registry,
    'plan_cache_hits',
    'Operations found prepared.',
    () => engine().stats().planCacheHits,
  );
  gauge(
    registry,
    'plan_cache_misses',
    'Operations that were not prepared.',
    () => engine().stats().planCacheMisses,
  );
  gauge(
    registry,
    'plans_made',
    'Plans made for the supergraph of the moment.',
    () => engine().stats().planned,
  );
  gauge(
    registry,
    'plan_seconds',
    'Time spent planning.',
    () => engine().stats().planMsTotal / 1_000,
  );
  gauge(registry, 'operations_in_flight', 'Operations being executed.', () => shedder.inFlight);
  gauge(registry, 'operations_shed', 'Operations refused because of load.', () => shedder.shed);
};
