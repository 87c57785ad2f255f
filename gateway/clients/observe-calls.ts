import { type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { describeFailure } from '../errors.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer, SubgraphFetch } from '../subgraph-client.ts';
import { startSpan, traceparentOf } from '../trace-span.ts';
import type { CallObserver, ObservedCall } from './call-observer.ts';

/** The code of a usable answer with errors in it, as metrics and traces show it. */
const answeredErrors = 'ANSWERED_ERRORS';

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

/** Why a call is no success: our code for the failure, never a word of the subgraph's; null for a clean answer. */
const codeOf = (failure: unknown, answer: Pick<SubgraphAnswer, 'errors'> = {}): string | null => {
  if (failure !== null) return String(describeFailure(failure).extensions?.['code']);
  return answer.errors?.length ? answeredErrors : null;
};

/** Counts and times every call to a subgraph, and traces it where there is a tracer. */
export const observeCalls = (metrics: GatewayMetrics, tracer: Tracer | null): CallObserver => ({
  start: (subgraph, fetch, request): ObservedCall => {
    const startedAt = performance.now();
    const span = tracer ? spanOf(tracer, subgraph, { fetch, request }) : null;
    return {
      traceparent: span ? traceparentOf(span) : undefined,
      end: (failure, answer) => {
        const code = codeOf(failure, answer);
        metrics.subgraphCall(subgraph, performance.now() - startedAt, code);
        if (code !== null) span?.setStatus({ code: SpanStatusCode.ERROR, message: code });
        span?.end();
      },
    };
  },
});
