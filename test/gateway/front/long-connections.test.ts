import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { until } from '../../support/until.ts';
import { openSocket } from './raw-socket.ts';
import { type StreamBed, startStreamBed } from './stream-doors.ts';

const across = '{ product(id: "1") { name reviews { body } } }';
const hang = () => undefined;

let bed: StreamBed;
beforeAll(async () => {
  bed = await startStreamBed({ deadlineMs: 3_000 });
  await bed.post({ query: across });
});
afterEach(() => {
  bed.catalogue.behave(null);
  bed.opinions.behave(null);
});
afterAll(() => bed.close());

/** Milliseconds from the end of waiting until the subgraph that hangs is let go. */
const releasedAfter = async (begin: () => Promise<() => void>): Promise<number> => {
  bed.catalogue.behave(hang);
  const { seen, abandoned } = bed.catalogue;
  const before = { seen: seen.length, abandoned: abandoned() };
  const leave = await begin();
  await until(() => seen.length > before.seen);
  const leftAt = performance.now();
  leave();
  await until(() => abandoned() > before.abandoned);
  return performance.now() - leftAt;
};

const stream = (accept: string) => async (): Promise<() => void> => {
  const gone = new AbortController();
  const response = fetch(bed.server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: across }),
    signal: gone.signal,
  });
  response.then((answer) => answer.text()).catch(() => undefined);
  return () => gone.abort();
};

describe('what a client does not wait for is called off at the subgraphs within 100 ms', () => {
  test('when it completes the operation on its WebSocket, which stays open', async () => {
    const { socket, said, subscribe, complete, answerTo } = await openSocket(bed.server.url);
    const ms = await releasedAfter(async () => {
      subscribe('q', { query: across });
      return () => complete('q');
    });
    expect(ms).toBeLessThan(100);
    bed.catalogue.behave(null);
    subscribe('next', { query: across });
    expect((await answerTo('next')).type).toBe('next');
    expect(said.filter(({ id }) => id === 'q')).toEqual([]);
    socket.close();
  });

  test('when it closes its WebSocket', async () => {
    const { socket, subscribe } = await openSocket(bed.server.url);
    const ms = await releasedAfter(async () => {
      subscribe('q', { query: across });
      return () => socket.terminate();
    });
    expect(ms).toBeLessThan(100);
  });

  test.each(['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0, application/json'])(
    'when it leaves its %s',
    async (accept) => expect(await releasedAfter(stream(accept))).toBeLessThan(100),
  );
});

describe('an operation on a WebSocket', () => {
  test('is answered beside others, each once', async () => {
    const { socket, said, subscribe } = await openSocket(bed.server.url);
    for (let at = 0; at < 20; at += 1)
      subscribe(`q${at}`, { query: `{ product(id: "${at}") { name } }` });
    await until(() => said.filter(({ type }) => type === 'complete').length === 20);
    for (let at = 0; at < 20; at += 1)
      expect(said.filter(({ id }) => id === `q${at}`)).toEqual([
        { id: `q${at}`, type: 'next', payload: { data: { product: { name: `Product ${at}` } } } },
        { id: `q${at}`, type: 'complete' },
      ]);
    socket.close();
  });

  test('of which a subgraph fails shows the rest and the typed error, and the socket stays open', async () => {
    bed.opinions.behave((_request, response) => response.destroy());
    const { socket, subscribe, answerTo } = await openSocket(bed.server.url);
    subscribe('q', { query: '{ product(id: "1") { name } me products { reviews { id } } }' });
    expect(await answerTo('q')).toMatchObject({
      type: 'next',
      payload: { errors: [{ extensions: { code: 'SYSTEM_UNAVAILABLE' } }] },
    });
    subscribe('me', { query: '{ me }' });
    expect(await answerTo('me')).toMatchObject({ payload: { data: { me: null } } });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  test('is answered in time when a subgraph is not, and may ask for less time in the handshake', async () => {
    bed.catalogue.behave(hang);
    const { socket, subscribe, answerTo } = await openSocket(bed.server.url, {
      'x-deadline-ms': '250',
    });
    const askedAt = performance.now();
    subscribe('q', { query: across });
    expect(await answerTo('q')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] },
    });
    expect(performance.now() - askedAt).toBeLessThan(350);
    socket.close();
  });

  test('tells the subgraphs what is left of its time, who asks, and whose trace it is', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${trace}-b7ad6b7169203331-01`;
    const { socket, subscribe, answerTo } = await openSocket(bed.server.url, {
      authorization: 'Bearer nora',
    });
    subscribe('q', { query: '{ me }', extensions: { traceparent } });
    expect(await answerTo('q')).toMatchObject({ payload: { data: { me: 'Bearer nora' } } });
    const headers = bed.catalogue.seen.at(-1)?.headers;
    expect(headers).toMatchObject({ authorization: 'Bearer nora', traceparent });
    expect(Number(headers?.['x-deadline-ms'])).toBeGreaterThan(2_000);
    expect(Number(headers?.['x-deadline-ms'])).toBeLessThanOrEqual(3_000);
    socket.close();
  });
});
