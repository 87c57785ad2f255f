import { describe, expect, test } from '@jest/globals';
import type { GraphQLError } from 'graphql';
import { FanOut } from '../../../gateway/subscriptions/fan-out.ts';
import type { LagPolicy, Outlet, Subscriber } from '../../../gateway/subscriptions/subscriber.ts';
import type { SubscriptionField } from '../../../gateway/subscriptions/subscription-field.ts';
import type { Event } from '../../../platform/event.ts';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { ringLog } from './ring-log.ts';

const field: SubscriptionField = {
  name: 'changed',
  shows: () => true,
  keys: (event) => ({ facilityId: event.facilityId, documentId: event.subjectId }),
  filter: () => ({ equals: {}, after: null }),
  mayRead: () => true,
  documentKey: (event) => event.subjectId,
  toRoot: (event) => ({ changed: event }),
};

/** Ends every microtask that is under way. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

interface Reader {
  readonly got: string[];
  readonly subscriber: Subscriber;
  readonly errors: GraphQLError[];
  cursor: string | null;
  network: { backlog: number; drained: () => void };
}

const answer = async (event: Event) =>
  JSON.stringify({ data: { changed: { id: event.id, to: event.data['to'] } } });

const join = (
  hub: FanOut,
  options: {
    after?: string | null;
    equals?: Record<string, string[]>;
    policy?: LagPolicy;
    mayRead?: (event: Event) => boolean;
    key?: string;
  } = {},
): Reader => {
  const got: string[] = [];
  const errors: GraphQLError[] = [];
  const network = { backlog: 0, drained: () => undefined };
  const start = hub.startOf(options.after ?? null);
  const reader = { got, errors, cursor: options.after ?? null, network } as unknown as Reader;
  const outlet: Outlet = {
    send: (payload) => {
      got.push(JSON.parse(payload.text).data.changed.id);
      reader.cursor = payload.cursor;
    },
    backlog: () => reader.network.backlog,
    onDrain: (resume) => {
      reader.network.drained = resume;
    },
    fail: (error) => errors.push(error),
    complete: () => got.push('complete'),
    disconnect: () => got.push('disconnected'),
  };
  const subscriber: Subscriber = {
    field,
    filter: { equals: options.equals ?? {}, after: null },
    mayRead: options.mayRead ?? (() => true),
    policy: options.policy ?? 'REPLAY',
    outlet,
    seen: start,
    sent: start,
    live: false,
    closed: false,
    group: null,
  };
  Object.assign(reader, { subscriber });
  hub.join(subscriber, options.key ?? 'same', () => answer);
  return reader;
};

/** The ids of the events that have one of the values of each key. */
const wantedIds = (events: readonly Event[], equals: Record<string, string[]>): string[] =>
  events
    .filter((event) =>
      Object.entries(equals).every(([key, values]) =>
        values.includes(String(field.keys(event)[key])),
      ),
    )
    .map((event) => event.id);

describe('fan-out', () => {
  test('executes once per event and selection, whatever the number of clients and their filters', async () => {
    const log = ringLog();
    const hub = await FanOut.open(log, 'secret');
    const everyone = Array.from({ length: 30 }, (_, n) =>
      join(hub, { equals: n % 2 === 0 ? {} : { facilityId: [`f-${n % 3}`] } }),
    );
    await settle();
    for (let n = 0; n < 12; n += 1) log.append({});
    await settle();
    expect(hub.stats().executions).toBe(12);
    for (const [n, reader] of everyone.entries())
      expect(reader.got).toEqual(
        log.all
          .filter((event) => n % 2 === 0 || event.facilityId === `f-${n % 3}`)
          .map((event) => event.id),
      );
  });

  test('delivers every event once and in order over 500 hard kills of its readers', async () => {
    const random = seededRandom(11);
    const log = ringLog();
    const hub = await FanOut.open(log, 'secret');
    const origin = hub.headCursor();
    const filters: Record<string, string[]>[] = [
      {},
      { facilityId: ['f-1'] },
      { documentId: ['po-2', 'po-5'] },
    ];
    const clients = filters.map((equals) => ({
      equals,
      got: [] as string[],
      reader: join(hub, { equals, after: origin }),
    }));
    let kills = 0;
    const kill = (client: (typeof clients)[number]): void => {
      hub.leave(client.reader.subscriber);
      client.got.push(...client.reader.got);
      client.reader = join(hub, { equals: client.equals, after: client.reader.cursor });
      kills += 1;
    };
    while (kills < 500) {
      Array.from({ length: Math.floor(random() * 4) }, () => log.append({}));
      for (const client of clients.filter(() => random() < 0.5)) kill(client);
      if (random() < 0.3) await settle();
    }
    await settle();
    await settle();
    for (const { equals, got, reader } of clients)
      expect([...got, ...reader.got]).toEqual(wantedIds(log.all, equals));
  });

  test('lets a slow reader fall back to the log and catch up without a gap (REPLAY)', async () => {
    const log = ringLog();
    const hub = await FanOut.open(log, 'secret');
    const slow = join(hub);
    await settle();
    slow.network.backlog = 65 * 1024;
    for (let n = 0; n < 20; n += 1) log.append({});
    await settle();
    expect(slow.got).toHaveLength(1);
    slow.network.backlog = 0;
    slow.network.drained();
    await settle();
    log.append({});
    await settle();
    expect(slow.got).toEqual(log.all.map((event) => event.id));
  });

  test('skips a slow reader to the latest state of each document (LATEST)', async () => {
    const log = ringLog();
    const hub = await FanOut.open(log, 'secret');
    const slow = join(hub, { policy: 'LATEST' });
    await settle();
    slow.network.backlog = 65 * 1024;
    for (let n = 0; n < 21; n += 1) log.append({});
    await settle();
    slow.network.backlog = 0;
    slow.network.drained();
    await settle();
    expect(slow.got).toEqual(['event-1', ...log.all.slice(-7).map((event) => event.id)]);
  });

  test('closes a slow reader that asked for it (DISCONNECT)', async () => {
    const log = ringLog();
    const hub = await FanOut.open(log, 'secret');
    const slow = join(hub, { policy: 'DISCONNECT' });
    await settle();
    slow.network.backlog = 65 * 1024;
    log.append({});
    await settle();
    expect(slow.got).toEqual(['event-1', 'disconnected']);
    expect(hub.stats().subscribers).toBe(0);
  });

  test('asks for row-level access on every event, live and replayed', async () => {
    const log = ringLog();
    const hub = await FanOut.open(log, 'secret');
    const origin = hub.headCursor();
    let allowed = new Set(['f-1']);
    const mayRead = (event: Event) => allowed.has(event.facilityId ?? '');
    for (let n = 0; n < 6; n += 1) log.append({});
    const reader = join(hub, { after: origin, mayRead });
    await settle();
    allowed = new Set();
    for (let n = 0; n < 6; n += 1) log.append({});
    await settle();
    expect(reader.got).toEqual(['event-1', 'event-4']);
  });

  test('answers a cursor that the log no longer reaches with CURSOR_EXPIRED and the range that exists', async () => {
    const log = ringLog(5);
    for (let n = 0; n < 12; n += 1) log.append({});
    const hub = await FanOut.open(log, 'secret');
    const old = hub.cursors.write({ xid: 0, seq: 2 });
    expect(() => hub.startOf(old)).toThrow(
      expect.objectContaining({ extensions: { code: 'CURSOR_EXPIRED', ...hub.range() } }),
    );
    expect(hub.startOf(hub.range().tail)).toEqual({ xid: 1, seq: 7 });
  });

  test.each([
    ['is made up', 'test.1.1.AAAAAAAAAAA', 'CURSOR_INVALID'],
    ['is no cursor', 'garbage', 'CURSOR_INVALID'],
    ['is empty', '', 'CURSOR_INVALID'],
  ])('refuses a cursor that %s', async (_, cursor, code) => {
    const hub = await FanOut.open(ringLog(), 'secret');
    expect(() => hub.startOf(cursor)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code }) }),
    );
  });

  test('tells the client when an event could not be answered, instead of saying nothing', async () => {
    const log = ringLog();
    const hub = await FanOut.open(log, 'secret');
    const sent: string[] = [];
    const { subscriber } = join(hub);
    hub.leave(subscriber);
    const outlet: Outlet = { ...subscriber.outlet, send: (payload) => sent.push(payload.text) };
    hub.join({ ...subscriber, outlet, closed: false }, 'broken', () => async () => {
      throw new Error('the database password is hunter2');
    });
    await settle();
    log.append({});
    await settle();
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      extensions: { cursor: expect.any(String) },
    });
    expect(sent[0]).not.toContain('hunter2');
  });
});
