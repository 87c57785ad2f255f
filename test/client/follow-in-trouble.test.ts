import { describe, expect, jest, test } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { type Following, type FollowOptions, follow } from '../../client/follow.ts';
import { freePort } from '../../platform/free-port.ts';
import { until } from '../support/until.ts';
import { backoff, collect, type Data, kept, query } from './reading.ts';

const start = (options: Partial<FollowOptions<Data, object>> & { url: string }): Following<Data> =>
  follow<Data, object>({ query, backoff, ...options });

/** A server that only takes connections and does with them as it is told. */
const fakeServer = async (
  onSocket: (say: (message: object) => void, close: (code: number) => void) => void,
) => {
  const port = await freePort();
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  const connections: number[] = [];
  server.on('connection', (socket) => {
    connections.push(performance.now());
    onSocket(
      (message) => socket.send(JSON.stringify(message)),
      (code) => socket.close(code),
    );
  });
  return { url: `ws://127.0.0.1:${port}`, connections, close: () => server.close() };
};

describe('a follower before a hub that is in trouble', () => {
  test('takes one that falls silent for gone', async () => {
    const server = await fakeServer(() => undefined);
    const following = start({ url: server.url, silenceMs: 20 });
    const { ended } = collect(following);
    await until(() => server.connections.length >= 3);
    following.close();
    await ended;
    server.close();
  });

  test.each([4403, 4290, 1012, 1013, 4500])('comes back after %i', async (code) => {
    const server = await fakeServer((_, close) => close(code));
    const following = start({ url: server.url });
    const { ended } = collect(following);
    await until(() => server.connections.length >= 4);
    following.close();
    expect(await ended).toBeUndefined();
    server.close();
  });

  test('says when it is cut off and when it is heard again', async () => {
    const told: boolean[] = [];
    const server = await fakeServer((say, close) => {
      say({ type: 'connection_ack', payload: { cursor: 'c' } });
      if (server.connections.length < 3) close(1012);
    });
    const following = start({ url: server.url, onConnection: (is) => told.push(is) });
    const { ended } = collect(following);
    await until(() => told.length >= 5);
    following.close();
    await ended;
    expect(told).toEqual([true, false, true, false, true]);
    server.close();
  });

  test('comes back soon when the last connection held, however many attempts it took', async () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(0);
    let cut: (code: number) => void = () => undefined;
    const attempts = 9;
    const server = await fakeServer((say, close) => {
      if (server.connections.length <= attempts) return close(1012);
      say({ type: 'connection_ack', payload: { cursor: 'c' } });
      cut = close;
    });
    let heardAt = Number.POSITIVE_INFINITY;
    const following = start({
      url: server.url,
      backoff: { firstMs: 1, longestMs: 60_000 },
      onConnection: (is) => {
        if (is) heardAt = performance.now();
      },
    });
    const { ended } = collect(following);
    const pauseAfterAll = 2 ** attempts;
    await until(() => performance.now() - heardAt > pauseAfterAll);
    random.mockReturnValue(1);
    const cutAt = performance.now();
    cut(1012);
    await until(() => server.connections.length > attempts + 1);
    expect(performance.now() - cutAt).toBeLessThan(pauseAfterAll);
    random.mockRestore();
    following.close();
    await ended;
    server.close();
  });

  test('waits long after 4429, which says that it is one too many', async () => {
    const server = await fakeServer((_, close) => close(4429));
    const following = start({ url: server.url, backoff: { firstMs: 1, longestMs: 200 } });
    void collect(following);
    await until(() => server.connections.length >= 3);
    const [first = 0, second = 0] = server.connections;
    expect(second - first).toBeGreaterThan(99);
    following.close();
    server.close();
  });

  test.each([4400, 4401, 4406, 4409])('stays away after %i', async (code) => {
    const server = await fakeServer((_, close) => close(code));
    expect(await collect(start({ url: server.url })).ended).toMatchObject({
      name: 'FollowRefused',
    });
    expect(server.connections).toHaveLength(1);
    server.close();
  });

  test('asks again for an event that was not answered, and gives up after the fifth time', async () => {
    const server = await fakeServer((say) => {
      say({ type: 'connection_ack', payload: { cursor: 'a' } });
      say({
        ...{ id: '1', type: 'next' },
        payload: { data: null, errors: [{ message: 'Down' }], extensions: { cursor: 'b' } },
      });
    });
    const store = kept();
    expect(await collect(start({ url: server.url, store })).ended).toMatchObject({
      errors: [{ message: 'Down' }],
    });
    expect(server.connections).toHaveLength(5);
    expect(store.cursor).toBe('a');
    server.close();
  });
});
