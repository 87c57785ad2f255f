import { type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { describeFailure } from '../errors.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphFetch } from '../subgraph-client.ts';
import { startSpan, traceparentOf } from '../trace-span.ts';
import type { CallObserver, ObservedCall } from './call-observer.ts';

const spanOf = (
  tracer: Tracer,
  subgraph: string,
  { fetch, request }: { fetch: SubgraphFetch; request: GatewayRequest },
): Span => {
  const attributes = { 'syncline.subgraph': subgraph, 'graphql.operation.type': fetch.kind };
  return startSpan(
    tracer,
    { name: `subgraph ${subgraph}`, kind: SpanKind.CLIENT, attributes },
    request.forward['traceparent'],
  );
};

/** Counts and times every call to a subgraph, and traces it where there is a tracer. */
export const observeCalls = (metrics: GatewayMetrics, tracer: Tracer | null): CallObserver => ({
  start: (subgraph, fetch, request): ObservedCall => {
    const startedAt = performance.now();
    const span = tracer ? spanOf(tracer, subgraph, { fetch, request }) : null;
    return {
      traceparent: span ? traceparentOf(span) : undefined,
      end: (failure) => {
        metrics.subgraphCall(subgraph, performance.now() - startedAt, failure);
        if (failure !== null) {
          const code = String(describeFailure(failure).extensions?.['code']);
          span?.setStatus({ code: SpanStatusCode.ERROR, message: code });
        }
        span?.end();
      },
    };
  },
});
