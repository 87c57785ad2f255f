import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { until } from '../../support/until.ts';
import { startOrderHub } from './order-hub.ts';

let hub: Awaited<ReturnType<typeof startOrderHub>>;
const open = new Set<WebSocket>();
beforeEach(async () => {
  hub = await startOrderHub();
});
afterEach(async () => {
  for (const socket of open) socket.terminate();
  open.clear();
  await hub.close();
});

const query = 'subscription { orderChanged { id to } }';

interface Said {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly data?: { readonly orderChanged: { readonly id: string } } };
}

interface Follower {
  readonly socket: WebSocket;
  readonly said: Said[];
  /** Ids of the events it got, in the order they came. */
  readonly got: () => (string | undefined)[];
  closed: number | null;
}

const connect = async (autoPong = true): Promise<Follower> => {
  const socket = new WebSocket(hub.ws, 'graphql-transport-ws', { autoPong });
  open.add(socket);
  const said: Said[] = [];
  const got = (): (string | undefined)[] =>
    said.filter(({ type }) => type === 'next').map((one) => one.payload?.data?.orderChanged.id);
  const follower: Follower = { socket, said, got, closed: null };
  socket.on('message', (data) => said.push(JSON.parse(String(data))));
  socket.on('close', (code) => {
    follower.closed = code;
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send('{"type":"connection_init"}');
  await until(() => said.length === 1);
  return follower;
};

const follow = async (id = 's', extensions?: object): Promise<Follower> => {
  const follower = await connect();
  const before = hub.fanOut.stats().live;
  const message = { id, type: 'subscribe', payload: { query, extensions } };
  follower.socket.send(JSON.stringify(message));
  await until(() => hub.fanOut.stats().live === before + 1);
  return follower;
};

const followAll = async (count: number): Promise<Follower[]> => {
  const before = hub.fanOut.stats().live;
  const followers = await Promise.all(Array.from({ length: count }, () => connect()));
  const message = JSON.stringify({ id: 's', type: 'subscribe', payload: { query } });
  for (const { socket } of followers) socket.send(message);
  await until(() => hub.fanOut.stats().live === before + count);
  return followers;
};

describe('messages on a socket', () => {
  test('come in order and once, however many come at a time', async () => {
    const followers = [await follow('a'), await follow('b')];
    for (let page = 0; page < 4; page += 1) {
      for (let number = 0; number < 250; number += 1) hub.log.append({});
      await until(() => followers.some(({ said }) => said.length > 250 * page));
    }
    const ids = hub.log.all.map(({ id }) => id);
    for (const { got } of followers) {
      await until(() => got().length >= ids.length);
      expect(got()).toEqual(ids);
    }
  });

  test('come before the end of their subscription', async () => {
    const { said, got } = await follow();
    await Promise.all(Array.from({ length: 50 }, () => hub.log.append({})));
    await until(() => got().length > 0);
    hub.fanOut.close();
    await until(() => said.at(-1)?.type === 'complete');
    const ids = hub.log.all.map(({ id }) => id);
    expect(got()).toEqual(ids.slice(0, got().length));
  });

  test.each(['counter-1', 'größe "quoted" \\ 漢字 🏥'])(
    'carry the id of their operation: %s',
    async (id) => {
      const { said } = await follow(id);
      const { id: event } = hub.log.append({});
      await until(() => said.length === 2);
      expect(said[1]).toMatchObject({ id, payload: { data: { orderChanged: { id: event } } } });
    },
  );

  test.each([1, 100, 60_000, 70_000])(
    'arrive whole with %d characters of their own',
    async (length) => {
      const { said } = await follow();
      hub.log.append({ data: { to: 'ß'.repeat(length) } });
      await until(() => said.length === 2);
      expect(said[1]?.payload?.data?.orderChanged).toMatchObject({ to: 'ß'.repeat(length) });
    },
  );
});

describe('a reader that is too slow', () => {
  /** Writes changes of 20 KB until it is so; far more than the network takes for anybody who does not read. */
  const flood = async (isSo: () => boolean): Promise<void> => {
    const data = { to: 'x'.repeat(20_000) };
    for (let number = 0; number < 2000 && !isSo(); number += 1) {
      hub.log.append({ data });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(isSo()).toBe(true);
  };

  test('never has more than 64 KB and one message waiting for it and misses nothing; a hundred of them leave a hundred others alone', async () => {
    const ends: Socket[] = [];
    const take = (message: unknown): void => void ends.push((message as { socket: Socket }).socket);
    subscribe('net.server.socket', take);
    const slow = await followAll(100);
    const others = await followAll(100);
    unsubscribe('net.server.socket', take);
    for (const { socket } of slow) socket.pause();
    let most = 0;
    await flood(() => {
      for (const { writableLength } of ends) most = Math.max(most, writableLength);
      return hub.fanOut.stats().live === others.length;
    });
    const ids = hub.log.all.map(({ id }) => id);
    const hasAll = ({ got }: Follower): boolean => got().length >= ids.length;
    await until(() => others.every(hasAll));
    expect(most).toBeLessThan(64 * 1024 + 21_000);
    expect(slow.some(hasAll)).toBe(false);
    for (const { socket } of slow) socket.resume();
    await until(() => slow.every(hasAll));
    for (const { got } of [...slow, ...others]) expect(got()).toEqual(ids);
  }, 60_000);

  test('that asked for it is closed with 4290 (DISCONNECT)', async () => {
    const { socket } = await follow('s', { lag: 'DISCONNECT' });
    socket.pause();
    await flood(() => hub.fanOut.stats().lagged > 0);
    expect(hub.fanOut.stats().subscribers).toBe(0);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    expect(await closed).toBe(4290);
  });
});

describe('keep-alive', () => {
  const halfMinute = 30_000;

  test('asks silent clients every 30 seconds and hangs up on one that does not answer', async () => {
    const answering = await connect();
    const silent = await connect(false);
    const pings: Follower[] = [];
    for (const one of [answering, silent]) one.socket.on('ping', () => pings.push(one));
    const now = performance.now();
    hub.sweep.run(now + 1000);
    hub.sweep.run(now + halfMinute);
    await until(() => pings.length === 2);
    // The answer is on the wire before anything that is said after it.
    answering.socket.send('{"type":"ping"}');
    await until(() => answering.said.at(-1)?.type === 'pong');
    hub.sweep.run(now + 2 * halfMinute);
    await until(() => silent.closed !== null);
    expect(silent.closed).toBe(1006);
    expect(answering.closed).toBeNull();
    await until(() => pings.length === 3);
    expect(pings.at(-1)).toBe(answering);
  });

  test('closes a socket that does not begin within 3 seconds, with 4408', async () => {
    const begun = await connect();
    const idle = new WebSocket(hub.ws, 'graphql-transport-ws');
    open.add(idle);
    await new Promise((resolve) => idle.once('open', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    hub.sweep.run(performance.now() + 3000);
    expect(await closed).toBe(4408);
    expect(begun.closed).toBeNull();
  });
});
