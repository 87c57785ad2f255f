import type { Tracer } from '@opentelemetry/api';
import { collectDefaultMetrics } from 'prom-client';
import type { CallObserver } from './clients/call-observer.ts';
import { observeCalls } from './clients/observe-calls.ts';
import { createMetrics, type GatewayMetrics } from './metrics.ts';

/** What watches the gateway of a process: its metrics, its tracer, and both of them for its calls to subgraphs. */
export interface Watch {
  readonly metrics: GatewayMetrics;
  /** Null: nobody records traces. */
  readonly tracer: Tracer | null;
  readonly observer: CallObserver;
}

/** Opens the watch, with memory, CPU and event loop of the process among its metrics. */
export const openWatch = (tracer: Tracer | null): Watch => {
  const metrics = createMetrics();
  collectDefaultMetrics({ register: metrics.registry });
  return { metrics, tracer, observer: observeCalls(metrics, tracer) };
};
