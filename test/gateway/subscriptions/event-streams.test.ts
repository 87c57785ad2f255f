import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../../support/until.ts';
import { type OrderHub, startOrderHub } from './order-hub.ts';

/*
 * GraphQL over Server-Sent Events (distinct connections) and Apollo's multipart subscriptions, on the bytes of the response.
 */

const query = 'subscription { orderChanged { to } }';

let hub: OrderHub;
beforeAll(async () => {
  hub = await startOrderHub();
});
afterAll(() => hub.close());

const open: AbortController[] = [];
afterEach(async () => {
  for (const controller of open.splice(0)) controller.abort();
  await until(() => hub.fanOut.stats().subscribers === 0);
});

interface Streamed {
  readonly response: Response;
  /** All that has come. */
  readonly text: () => string;
  readonly ended: () => boolean;
}

const sse = 'text/event-stream';
const mixed = 'multipart/mixed;subscriptionSpec=1.0, application/json';

const read = (response: Response): Streamed => {
  let text = '';
  let ended = false;
  const run = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
    ended = true;
  };
  // An aborted reading has read what it was to read.
  run().catch(() => undefined);
  return { response, text: () => text, ended: () => ended };
};

const request = (address: string, init: RequestInit): Promise<Response> => {
  const controller = new AbortController();
  open.push(controller);
  return fetch(address, { ...init, signal: controller.signal });
};

const post = async (
  accept: string,
  body: object = { query },
  headers: Readonly<Record<string, string>> = {},
): Promise<Streamed> =>
  read(
    await request(hub.http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: JSON.stringify(body),
    }),
  );

const get = async (search: Readonly<Record<string, string>>, accept = sse): Promise<Streamed> =>
  read(await request(`${hub.http}?${new URLSearchParams(search)}`, { headers: { accept } }));

const live = (): Promise<void> => until(() => hub.fanOut.stats().live === 1);

/** Events as a browser would take them: fields by name, comments left out. */
const eventsIn = (text: string): Readonly<Record<string, string>>[] =>
  text
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith(':')))
    .filter((lines) => lines.length > 0)
    .map((lines) => Object.fromEntries(lines.map((line) => line.split(/: ?(.*)/s, 2))));

/** The JSON of each part, by the boundary that the response names. */
const partsIn = ({ response, text }: Streamed): unknown[] => {
  const boundary = /boundary="([^"]+)"/.exec(response.headers.get('content-type') ?? '')?.[1];
  const [before, ...parts] = text().split(`--${boundary}`);
  expect(before).toBe('');
  return parts
    .filter((part) => part !== '' && !part.startsWith('--'))
    .map((part) => {
      const [, head, body] = /^\r\n(.*?)\r\n\r\n(.*)\r\n$/s.exec(part) ?? [];
      expect(head).toBe('Content-Type: application/json');
      return JSON.parse(body ?? '');
    });
};

/** Lets the time of the keep-alive pass: the first comes after 15 seconds at the most, and no other soon after it. */
const beat = async (accept: string): Promise<Streamed> => {
  const stream = await post(accept);
  await live();
  await until(() => stream.text().length > 0);
  const before = stream.text().length;
  const now = performance.now();
  hub.sweep.run(now + 14_000);
  hub.sweep.run(now + 15_000);
  await until(() => stream.text().length > before);
  return stream;
};

describe('Server-Sent Events', () => {
  test.each([
    ['POST', () => post(sse)],
    ['GET', () => get({ query })],
    [
      'an Accept header with other types beside it',
      () => post('application/json;q=0.5, text/event-stream'),
    ],
  ])('by %s: the stream is open at once and nobody on the way may keep it', async (_, ask) => {
    const { response } = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toContain('no-cache');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
  });

  test('each event is `next` with a result, and its id is its cursor', async () => {
    const stream = await post(sse);
    await live();
    const { data } = hub.log.append({});
    await until(() => stream.text().includes('event: next'));
    const [event] = eventsIn(stream.text());
    const cursor = hub.fanOut.headCursor();
    expect(event).toEqual({ id: cursor, event: 'next', data: expect.any(String) });
    expect(JSON.parse(event?.['data'] ?? '')).toEqual({
      data: { orderChanged: { to: data['to'] } },
      extensions: { cursor },
    });
  });

  test('a text with line breaks stays one event', async () => {
    const stream = await post(sse);
    await live();
    hub.log.append({ data: { to: 'a\n\nb\r\nevent: complete' } });
    await until(() => stream.text().includes('event: next'));
    const events = eventsIn(stream.text());
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0]?.['data'] ?? '').data.orderChanged.to).toBe(
      'a\n\nb\r\nevent: complete',
    );
  });

  test('Last-Event-ID brings what was missed, as `after` and extensions.cursor do', async () => {
    const cursor = hub.fanOut.headCursor();
    const missed = [hub.log.append({}), hub.log.append({})].map(({ data: { to } }) => to);
    const streams = [
      await post(sse, { query }, { 'last-event-id': cursor }),
      await post(sse, { query, extensions: { cursor } }),
      await get({ query, extensions: JSON.stringify({ cursor }) }),
      await post(sse, { query: query.replace('orderChanged', `orderChanged(after: "${cursor}")`) }),
    ];
    for (const { text } of streams) {
      await until(() => eventsIn(text()).length === 2);
      expect(
        eventsIn(text()).map(({ data = '' }) => JSON.parse(data).data.orderChanged.to),
      ).toEqual(missed);
    }
  });

  test('a query is one `next`, one `complete`, and the end', async () => {
    const stream = await post(sse, { query: '{ order(id: "7") { number } }' });
    await until(stream.ended);
    const [next, complete, ...more] = eventsIn(stream.text());
    expect(JSON.parse(next?.['data'] ?? '')).toEqual({ data: { order: { number: 'No. 7' } } });
    expect(complete).toEqual({ event: 'complete', data: '' });
    expect(more).toEqual([]);
  });

  test('a comment keeps the connection alive', async () => {
    const stream = await beat(sse);
    expect(stream.text()).toMatch(/^(:\n\n)+$/);
  });

  test('a client that goes away leaves nothing behind', async () => {
    await post(sse);
    await live();
    open.pop()?.abort();
    await until(() => hub.fanOut.stats().subscribers === 0);
  });

  test.each([
    ['a syntax error', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: 'subscription { nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a made-up cursor', { query, extensions: { cursor: 'x' } }, 'CURSOR_INVALID'],
  ])('%s is refused as JSON, with its code, before any stream begins', async (_, body, code) => {
    const { response, text, ended } = await post(sse, body);
    await until(ended);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(JSON.parse(text()).errors[0].extensions.code).toBe(code);
  });
});

describe('multipart', () => {
  test('each event is a part with a payload, between the boundaries that the response names', async () => {
    const stream = await post(mixed);
    await live();
    expect(stream.response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
    );
    const events = [hub.log.append({}), hub.log.append({})];
    await until(() => stream.text().split('--graphql').length === 4);
    expect(partsIn(stream)).toEqual(
      events.map(({ data: { to } }) => ({
        payload: { data: { orderChanged: { to } }, extensions: { cursor: expect.any(String) } },
      })),
    );
  });

  test('an empty part keeps the connection alive', async () => {
    expect(partsIn(await beat(mixed))).toEqual([{}]);
  });

  test('what was missed comes first', async () => {
    const cursor = hub.fanOut.headCursor();
    const { data } = hub.log.append({});
    const stream = await post(mixed, { query, extensions: { cursor } });
    await until(() => stream.text().split('--graphql').length === 3);
    expect(partsIn(stream)).toMatchObject([
      { payload: { data: { orderChanged: { to: data['to'] } } } },
    ]);
  });

  test('a refusal is JSON, before any part', async () => {
    const { response, ended } = await post(mixed, { query: 'subscription { nothing }' });
    await until(ended);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('when the hub stops', () => {
  test.each([
    ['an event stream ends with `complete`', sse, /event: complete\ndata:\n\n$/],
    ['a multipart answer ends with its last boundary', mixed, /--graphql--\r\n$/],
  ])('%s', async (_, accept, end) => {
    const stopping = await startOrderHub();
    const response = await fetch(stopping.http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
    });
    const stream = read(response);
    await until(() => stopping.fanOut.stats().live === 1);
    await stopping.close();
    await until(stream.ended);
    expect(stream.text()).toMatch(end);
  });
});
