import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { observeCalls } from '../../../gateway/clients/observe-calls.ts';
import { createMetrics } from '../../../gateway/metrics.ts';
import { type FrontBed, startBed } from './front-bed.ts';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer('test');
const metrics = createMetrics();

let bed: FrontBed;
beforeAll(async () => {
  bed = await startBed({ tracer, metrics }, { observer: observeCalls(metrics, tracer) });
});
afterAll(async () => {
  await bed.close();
  await provider.shutdown();
});

const trace = '0af7651916cd43dd8448eb211c80319c';
const caller = 'b7ad6b7169203331';
const query = 'query Card($id: ID!) { product(id: $id) { name reviews { body } } }';

const spansOf = async (headers: Readonly<Record<string, string>>): Promise<ReadableSpan[]> => {
  exporter.reset();
  await bed.post({ query, variables: { id: 'patient-4711' } }, headers);
  return exporter.getFinishedSpans();
};

describe('a trace', () => {
  test('goes on from the client through the gateway to every subgraph', async () => {
    const spans = await spansOf({ traceparent: `00-${trace}-${caller}-01` });
    const operation = spans.find(({ name }) => name === 'query Card');
    const calls = spans.filter(({ name }) => name.startsWith('subgraph'));
    expect(operation?.spanContext().traceId).toBe(trace);
    expect(operation?.parentSpanContext?.spanId).toBe(caller);
    expect(calls.map(({ name }) => name)).toEqual(['subgraph catalogue', 'subgraph opinions']);
    for (const call of calls)
      expect(call.parentSpanContext?.spanId).toBe(operation?.spanContext().spanId);
    const seen = [bed.catalogue, bed.opinions].map(
      ({ seen: requests }) => requests.at(-1)?.headers['traceparent'],
    );
    expect(seen).toEqual(calls.map((call) => `00-${trace}-${call.spanContext().spanId}-01`));
  });

  test.each([['none'], ['00-nonsense'], [`00-${'0'.repeat(32)}-${caller}-01`]])(
    'begins here when the client sends %s',
    async (traceparent) => {
      const spans = await spansOf(traceparent === 'none' ? {} : { traceparent });
      const traces = new Set(spans.map((span) => span.spanContext().traceId));
      expect(spans).toHaveLength(3);
      expect(traces.size).toBe(1);
    },
  );

  test('carries no values that a client sent', async () => {
    const spans = await spansOf({});
    expect(JSON.stringify(spans.map(({ name, attributes }) => [name, attributes]))).not.toContain(
      '4711',
    );
  });

  test('marks the call that failed', async () => {
    bed.opinions.behave((_request, response) => response.destroy());
    const spans = await spansOf({});
    bed.opinions.behave(null);
    const failed = spans.find(({ name }) => name === 'subgraph opinions');
    expect(failed?.status).toEqual({ code: 2, message: 'SYSTEM_UNAVAILABLE' });
  });
});

test('metrics count operations, refusals, plans and calls by subgraph', async () => {
  await bed.post({ query: '{ nothing }' });
  const text = await metrics.registry.metrics();
  const value = (line: RegExp) => Number(line.exec(text)?.[1]);
  expect(value(/operation_seconds_count\{kind="query",outcome="ok"\} (\d+)/)).toBeGreaterThan(3);
  expect(value(/operation_seconds_bucket\{le="\+Inf",kind="query",outcome="errors"\} (\d+)/)).toBe(
    1,
  );
  expect(value(/refused_total\{code="GRAPHQL_VALIDATION_FAILED"\} (\d+)/)).toBe(1);
  expect(value(/subgraph_seconds_count\{subgraph="opinions"\} (\d+)/)).toBeGreaterThan(3);
  expect(
    value(/subgraph_errors_total\{subgraph="opinions",code="SYSTEM_UNAVAILABLE"\} (\d+)/),
  ).toBe(1);
  expect(value(/plans_made (\d+)/)).toBe(1);
  expect(value(/operations_in_flight (\d+)/)).toBe(0);
  expect(text).not.toContain('4711');
});
