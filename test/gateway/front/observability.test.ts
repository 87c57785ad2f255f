import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { observeCalls } from '../../../gateway/clients/observe-calls.ts';
import { createMetrics } from '../../../gateway/metrics.ts';
import { until } from '../../support/until.ts';
import { openSocket } from './raw-socket.ts';
import { type StreamBed, startStreamBed } from './stream-doors.ts';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer('test');
const metrics = createMetrics();

let bed: StreamBed;
beforeAll(async () => {
  bed = await startStreamBed({ tracer, metrics }, { observer: observeCalls(metrics, tracer) });
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

  test('goes on over a WebSocket, where each operation names the span that it belongs to', async () => {
    exporter.reset();
    const { socket, subscribe, answerTo } = await openSocket(bed.server.url);
    const traceparent = `00-${trace}-${caller}-01`;
    subscribe('q', { query: 'query Me { me }', extensions: { traceparent } });
    await answerTo('q');
    socket.close();
    const [call, operation] = exporter.getFinishedSpans();
    expect(operation).toMatchObject({ name: 'query Me', parentSpanContext: { spanId: caller } });
    expect(call).toMatchObject({
      name: 'subgraph catalogue',
      parentSpanContext: { spanId: operation?.spanContext().spanId },
    });
  });

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
  expect(
    value(/operation_duration_seconds_count\{kind="query",outcome="ok"\} (\d+)/),
  ).toBeGreaterThan(3);
  expect(
    value(/operation_duration_seconds_bucket\{le="\+Inf",kind="query",outcome="errors"\} (\d+)/),
  ).toBe(1);
  expect(value(/refused_total\{code="GRAPHQL_VALIDATION_FAILED"\} (\d+)/)).toBe(1);
  expect(value(/subgraph_duration_seconds_count\{subgraph="opinions"\} (\d+)/)).toBeGreaterThan(3);
  expect(
    value(/subgraph_errors_total\{subgraph="opinions",code="SYSTEM_UNAVAILABLE"\} (\d+)/),
  ).toBe(1);
  expect(value(/plans_made_total (\d+)/)).toBe(2);
  expect(value(/operations_in_flight (\d+)/)).toBe(0);
  expect(value(/plan_cache_misses_total (\d+)/)).toBeGreaterThan(0);
  expect(text).not.toContain('4711');
});

test('an error in the answer of a subgraph is counted apart from calls that failed', async () => {
  bed.opinions.behave((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":null,"errors":[{"message":"patient 4711"}]}');
  });
  await bed.post({ query, variables: { id: '1' } });
  bed.opinions.behave(null);
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/subgraph_errors_total\{subgraph="opinions",code="ANSWERED_ERRORS"\} 1/);
  expect(text).not.toContain('4711');
});

test('metrics count connections, subscribers and their messages, and queries over them', async () => {
  const metric = async (name: string): Promise<number> =>
    Number(new RegExp(`${name} (\\d+)`).exec(await metrics.registry.metrics())?.[1]);
  const ok = 'operation_duration_seconds_count{kind="query",outcome="ok"}';
  const before = await metric(ok);
  const { socket, subscribe, answerTo } = await openSocket(bed.server.url);
  subscribe('s', { query: 'subscription { renamed { id } }' });
  await until(async () => (await metric('subscribers_live')) === 1);
  bed.log.append({});
  await answerTo('s');
  subscribe('q', { query: '{ me }' });
  await answerTo('q');
  subscribe('bad', { query: '{' });
  await answerTo('bad');
  expect(await metric('websocket_connections')).toBe(1);
  expect(await metric('gateway_subscribers')).toBe(1);
  expect(await metric('subscription_selections')).toBe(1);
  expect(await metric('subscription_executions_total')).toBe(1);
  expect(await metric(ok)).toBe(before + 1);
  expect(await metric('refused_total{code="GRAPHQL_PARSE_FAILED"}')).toBe(1);
  socket.close();
  await until(async () => (await metric('gateway_subscribers')) === 0);
});

test('metrics are named as Prometheus wants: totals count up, times are seconds, and each says what it is', async () => {
  const described = await metrics.registry.getMetricsAsJSON();
  expect(described.length).toBeGreaterThan(15);
  for (const { name, help, type } of described) {
    expect(name).toMatch(/^syncline_gateway_[a-z_]+$/);
    expect(help).toMatch(/\.$/);
    expect(name.endsWith('_total')).toBe(String(type) === 'counter');
    expect(name).not.toMatch(/_(ms|millis|minutes)(_|$)/);
    if (String(type) === 'histogram') expect(name).toMatch(/_seconds$/);
  }
});
