import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { browserCursor } from '../../client/cursor-store.ts';
import { fileCursor } from '../../client/file-cursor.ts';
import { type Following, type FollowOptions, FollowRefused, follow } from '../../client/follow.ts';
import type { TypedDocument } from '../../client/typed-document.ts';
import type { Authenticate } from '../../gateway/subscriptions/session.ts';
import { InvalidToken } from '../../platform/tokens.ts';
import {
  type OrderHub,
  type OrderHubOptions,
  startOrderHub,
} from '../gateway/subscriptions/order-hub.ts';
import { ringLog } from '../gateway/subscriptions/ring-log.ts';
import { openRoad, type Road } from '../gateway/subscriptions/road.ts';
import { until } from '../support/until.ts';
import { backoff, collect, type Data, kept, query } from './reading.ts';

let road: Road;
let hub: OrderHub;
const open: Following<Data>[] = [];
beforeEach(async () => {
  road = await openRoad();
  hub = await startOrderHub();
  road.leadTo(hub.http);
});
afterEach(async () => {
  for (const following of open.splice(0)) following.close();
  await road.close();
  await hub.close();
});

const start = (options: Partial<FollowOptions<Data, object>> = {}): Following<Data> => {
  const following = follow<Data, object>({ url: road.http, query, backoff, ...options });
  open.push(following);
  return following;
};

const append = (count: number): string[] =>
  Array.from({ length: count }, () => hub.log.append({}).id);

/** Cuts the hub off without a word; another one over the same log takes its place, unless it is to stay away. */
const stop = async (): Promise<void> => {
  road.cut();
  await hub.close();
};
const restart = async (options: OrderHubOptions = {}): Promise<void> => {
  await stop();
  hub = await startOrderHub({ log: hub.log, ...options });
  road.leadTo(hub.http);
};

describe('a follower', () => {
  test('gets every event once and in order while its hub is cut off and restarted ten times', async () => {
    const { ids } = collect(start());
    await until(() => hub.fanOut.stats().live === 1);
    const all = append(3);
    for (let times = 0; times < 10; times += 1) {
      await restart();
      all.push(...append(5));
    }
    await until(() => ids.length === all.length);
    expect(ids).toEqual(all);
  });

  test('loses nothing of what happens before its first event and while it is away', async () => {
    const { ids } = collect(start());
    await until(() => hub.fanOut.stats().live === 1);
    await stop();
    const missed = append(4);
    hub = await startOrderHub({ log: hub.log });
    road.leadTo(hub.http);
    await until(() => ids.length === 4);
    expect(ids).toEqual(missed);
  });

  test('goes on, started anew, with the event that was not handled to its end', async () => {
    const store = kept();
    const first = start({ store });
    const read = first.next();
    await until(() => hub.fanOut.stats().live === 1);
    const all = append(4);
    const seen = [await read, await first.next(), await first.next()];
    expect(seen.map(({ value }) => value?.data.orderChanged.id)).toEqual(all.slice(0, 3));
    // The third is in hand when its reader dies.
    first.close();
    const { ids } = collect(start({ store }));
    await until(() => ids.length === 2);
    expect(ids).toEqual(all.slice(2));
  });

  test('keeps its place in a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'follow-'));
    const store = fileCursor(join(folder, 'cursor'));
    const first = start({ store });
    const { ids } = collect(first);
    await until(() => hub.fanOut.stats().live === 1);
    append(2);
    await until(() => ids.length === 2);
    expect(await store.read()).toMatch(/^test\./);
    first.close();
    const after = append(2);
    const { ids: more } = collect(start({ store }));
    await until(() => more.length === 2);
    expect(more).toEqual(after);
    await rm(folder, { recursive: true });
  });

  test('keeps its place in a browser, under the key it is given', async () => {
    const held = new Map<string, string>();
    Object.assign(globalThis, {
      localStorage: {
        getItem: (key: string) => held.get(key) ?? null,
        setItem: (key: string, value: string) => held.set(key, value),
      },
    });
    const following = start({ store: browserCursor('orders of nora') });
    const { ids } = collect(following);
    await until(() => hub.fanOut.stats().live === 1);
    append(1);
    await until(() => ids.length === 1 && held.get('orders of nora') === hub.fanOut.headCursor());
    following.close();
    await until(() => hub.fanOut.stats().subscribers === 0);
    const missed = append(2);
    const { ids: more } = collect(start({ store: browserCursor('orders of nora') }));
    await until(() => more.length === 2);
    expect(more).toEqual(missed);
    Reflect.deleteProperty(globalThis, 'localStorage');
  });

  test('takes variables, and a document that carries its types', async () => {
    const document: TypedDocument<Data, { f: string }> = { loc: { source: { body: query } } };
    const following = follow({ url: road.ws, query: document, variables: { f: 'f-2' } });
    const { ids } = collect(following);
    await until(() => hub.fanOut.stats().live === 1);
    const all = append(6);
    await until(() => ids.length === 2);
    expect(ids).toEqual([all[1], all[4]]);
    following.close();
  });

  test('takes no more than its reader can, and leaves the rest in the log', async () => {
    const following = start({ ahead: 10 });
    const first = following.next();
    await until(() => hub.fanOut.stats().live === 1);
    const all = append(200);
    await until(() => hub.fanOut.stats().subscribers === 0);
    const ids = [(await first).value?.data.orderChanged.id];
    while (ids.length < 200) ids.push((await following.next()).value?.data.orderChanged.id);
    expect(ids).toEqual(all);
  });

  test('ends when it is closed, and leaves nothing behind', async () => {
    const following = start();
    const { ended } = collect(following);
    await until(() => hub.fanOut.stats().live === 1);
    following.close();
    expect(await ended).toBeUndefined();
    await until(() => hub.fanOut.stats().subscribers === 0);
  });

  test.each([
    [
      'for an operation that the hub does not know',
      { query: 'subscription { nothing }' },
      /Cannot query/,
    ],
    [
      'for a cursor of another hub, when it has no snapshot to begin with',
      { store: { ...kept(), cursor: 'other' } },
      /not written by this hub/,
    ],
  ])('gives up with the reason %s', async (_, options, message) => {
    const why = await collect(start(options)).ended;
    expect(why).toBeInstanceOf(FollowRefused);
    expect(why).toMatchObject({ message: expect.stringMatching(message) });
  });
});

describe('a follower with a snapshot', () => {
  test('reads it before the first event, from a place that was fixed before', async () => {
    const steps: string[] = [];
    const following = start({
      snapshot: () => {
        steps.push('snapshot');
        // While it is read, things happen.
        steps.push(...append(1).map((id) => `during ${id}`));
      },
    });
    const { value } = await following.next();
    expect(steps).toEqual(['snapshot', `during ${value?.data.orderChanged.id}`]);
  });

  test('reads it again when the log no longer reaches its place, and goes on after it', async () => {
    const log = ringLog(3);
    await restart({ log });
    const store = kept();
    let snapshots = 0;
    const options = {
      store,
      snapshot: () => {
        snapshots += 1;
      },
    };
    const first = start(options);
    const read = collect(first);
    await until(() => hub.fanOut.stats().live === 1);
    append(1);
    await until(() => read.ids.length === 1);
    first.close();
    await until(() => hub.fanOut.stats().subscribers === 0);
    append(10);
    // The range of what is kept is read when a hub starts.
    await restart();
    const { ids } = collect(start(options));
    await until(() => snapshots === 2 && hub.fanOut.stats().live === 1);
    const after = append(2);
    await until(() => ids.length === 2);
    expect(ids).toEqual(after);
  });
});

describe('a follower with a token', () => {
  const authenticate: Authenticate = async (token = '') => {
    if (token === 'Bearer bad') throw new InvalidToken('bad');
    const forMs = token === 'Bearer short' ? 150 : 60_000;
    return {
      identity: { subject: 'nora', name: '', roles: [], facilityIds: 'ALL', clientId: 'test' },
      expiresAt: Date.now() + forMs,
    };
  };

  test('comes back with a fresh one when it has ended, and misses nothing', async () => {
    await restart({ authenticate });
    const refusals: boolean[] = [];
    const token = (refused: boolean): string => {
      refusals.push(refused);
      return refused ? 'long' : 'short';
    };
    const { ids } = collect(start({ token }));
    const all: string[] = [];
    await until(() => {
      all.push(...append(1));
      return refusals.length === 2;
    });
    all.push(...append(3));
    await until(() => ids.at(-1) === all.at(-1));
    expect(refusals).toEqual([false, true]);
    expect(ids).toEqual(all.slice(-ids.length));
    expect(ids.length).toBeGreaterThan(3);
  });

  test('gives up when the hub turns it away for good', async () => {
    await restart({ authenticate });
    expect(await collect(start({ token: () => 'bad' })).ended).toMatchObject({
      name: 'FollowRefused',
      message: 'The token is not valid',
    });
  });
});
