import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type HttpClientOptions, httpClient } from '../../../gateway/clients/http-client.ts';
import type { GatewayRequest } from '../../../gateway/request.ts';
import type { SubgraphClient, SubgraphFetch } from '../../../gateway/subgraph-client.ts';
import { SystemUnavailable } from '../../../platform/system-error.ts';
import { until } from '../../support/until.ts';
import { answering, type FaultyUpstream, json, startFaultyUpstream } from './faulty-upstream.ts';

const query: SubgraphFetch = {
  operation: '{ me }',
  operationName: undefined,
  kind: 'query',
  variables: '{}',
};
const mutation: SubgraphFetch = { ...query, operation: 'mutation { rename }', kind: 'mutation' };

const request = (ms = 2_000): GatewayRequest => ({
  identity: null,
  forward: {},
  deadlineAt: performance.now() + ms,
  signal: new AbortController().signal,
});

let upstream: FaultyUpstream;
let client: SubgraphClient;
const use = (options: Partial<HttpClientOptions> = {}): void => {
  client = httpClient({ name: 'erp', url: upstream.url, ...options });
};
beforeEach(async () => {
  upstream = await startFaultyUpstream('{"data":{"me":"nora"}}');
  use();
});
afterEach(async () => {
  await upstream.stop();
  await client.close();
});

/** The failure of a call; fails when there is none. */
const failure = async (fetch = query, given = request()): Promise<SystemUnavailable> => {
  const outcome = await client.send(fetch, given).catch((error: unknown) => error);
  if (outcome instanceof SystemUnavailable) return outcome;
  throw new Error(`This is no failure: ${JSON.stringify(outcome)}`);
};

const sendMany = async (count: number, fetch = query): Promise<void> => {
  for (let at = 0; at < count; at += 1) await client.send(fetch, request()).catch(() => undefined);
};

describe('an answer', () => {
  test.each([
    ['is plain when no string needs escaping', '{"data":{"me":"Nora é 🏃"}}', true],
    ['is not plain when one does', '{"data":{"me":"No\\"ra"}}', false],
  ])('%s', async (_, body, plain) => {
    upstream.fail(answering('200 OK', json, body));
    expect((await client.send(query, request())).plain).toBe(plain);
  });

  test('that explains a request error by 400 in JSON is passed on', async () => {
    upstream.fail(answering('400 Bad Request', json, '{"errors":[{"message":"No such field."}]}'));
    const { data, errors } = await client.send(query, request());
    expect({ data, errors }).toEqual({ data: null, errors: [{ message: 'No such field.' }] });
  });
});

describe('retries', () => {
  test('add at most a tenth to the calls of a failing subgraph', async () => {
    // Two kinds of trouble in turn, so that the circuit stays closed.
    let turn = 0;
    upstream.fail((socket) => {
      turn += 1;
      if (turn % 3 === 0) answering('502 Bad Gateway', {})(socket);
      else answering('200 OK', json, '{"data":{"me":"x"}}')(socket);
    });
    await sendMany(300);
    expect(upstream.requests()).toBeGreaterThan(300);
    expect(upstream.requests()).toBeLessThanOrEqual(330);
  });

  test('make up for a connection that broke', async () => {
    await sendMany(10);
    let broken = false;
    upstream.fail((socket) => {
      if (broken) answering('200 OK', json, '{"data":{"me":"x"}}')(socket);
      else socket.resetAndDestroy();
      broken = true;
    });
    expect((await client.send(query, request())).data).toEqual({ me: 'x' });
  });

  test('wait as long as a throttling subgraph asks', async () => {
    await sendMany(10);
    const arrivals: number[] = [];
    upstream.fail((socket) => {
      arrivals.push(performance.now());
      if (arrivals.length === 1) answering('429 Too Many Requests', { 'retry-after': 1 })(socket);
      else answering('200 OK', json, '{"data":{"me":"x"}}')(socket);
    });
    expect((await client.send(query, request())).data).toEqual({ me: 'x' });
    const [first = 0, second = 0] = arrivals;
    expect(second - first).toBeGreaterThanOrEqual(990);
  });

  test('are not made when the wait is longer than the deadline, and the wait is told', async () => {
    await sendMany(10);
    upstream.fail(answering('429 Too Many Requests', { 'retry-after': 30 }));
    const { kind, retryAfterMs } = await failure();
    expect({ kind, retryAfterMs }).toEqual({ kind: 'throttled', retryAfterMs: 30_000 });
    expect(upstream.requests()).toBe(11);
  });

  test('are never made for a mutation', async () => {
    await sendMany(100);
    upstream.fail(answering('503 Busy', { 'retry-after': 0 }));
    expect((await failure(mutation)).kind).toBe('ambiguous');
    expect(upstream.requests()).toBe(101);
  });
});

describe('the circuit', () => {
  const open = async (): Promise<void> => {
    upstream.fail(answering('500 Oops', {}));
    await sendMany(15);
  };

  test('opens for a subgraph that keeps failing, and then nothing is sent', async () => {
    await open();
    const before = upstream.requests();
    await sendMany(20);
    expect(upstream.requests()).toBe(before);
    expect((await failure()).retryable).toBe(true);
  });

  test('closes within two seconds after the subgraph has recovered', async () => {
    await open();
    upstream.fail(null);
    const recoveredAt = performance.now();
    await until(() =>
      client.send(query, request()).then(
        () => true,
        () => false,
      ),
    );
    expect(performance.now() - recoveredAt).toBeLessThan(2_000);
  });

  test('is not opened by clients with impossible deadlines, or by clients that go away', async () => {
    upstream.fail(() => undefined);
    await Promise.all(Array.from({ length: 20 }, () => failure(query, request(1))));
    const gone = new AbortController();
    const leaving = Array.from({ length: 20 }, () =>
      failure(query, { ...request(), signal: gone.signal }),
    );
    gone.abort();
    await Promise.all(leaving);
    upstream.fail(null);
    expect((await client.send(query, request())).data).toEqual({ me: 'nora' });
  });
});

test('calls beyond the bound are refused at once instead of piling up', async () => {
  use({ maxInFlight: 5 });
  upstream.fail(() => undefined);
  const waiting = Array.from({ length: 5 }, () => failure(query, request(300)));
  const startedAt = performance.now();
  expect((await failure()).kind).toBe('transient');
  expect(performance.now() - startedAt).toBeLessThan(50);
  await Promise.all(waiting);
});
