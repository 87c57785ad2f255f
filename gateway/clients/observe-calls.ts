import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { describeFailure } from '../errors.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { startSpan, traceparentOf } from '../trace-span.ts';
import type { CallObserver, ObservedCall } from './call-observer.ts';

/** Counts, times and traces every call to a subgraph. */
export const observeCalls = (metrics: GatewayMetrics, tracer: Tracer): CallObserver => ({
  start: (subgraph, fetch, request): ObservedCall => {
    const startedAt = performance.now();
    const attributes = { 'syncline.subgraph': subgraph, 'graphql.operation.type': fetch.kind };
    const span = startSpan(
      tracer,
      { name: `subgraph ${subgraph}`, kind: SpanKind.CLIENT, attributes },
      request.forward['traceparent'],
    );
    return {
      traceparent: traceparentOf(span),
      end: (failure) => {
        metrics.subgraphCall(subgraph, performance.now() - startedAt, failure);
        if (failure !== null)
          span.setStatus({
            code: SpanStatusCode.ERROR,
            message: String(describeFailure(failure).extensions?.['code']),
          });
        span.end();
      },
    };
  },
});
