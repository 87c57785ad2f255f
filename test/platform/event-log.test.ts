import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../platform/database.ts';
import { comparePositions, type Event, type NewEvent, zeroPosition } from '../../platform/event.ts';
import { appendEvents, type EventLog, openEventLog } from '../../platform/event-log.ts';
import { seededRandom } from '../../platform/seeded-random.ts';
import { freshDatabase } from '../support/postgres.ts';
import { until } from '../support/until.ts';

let drop: () => Promise<void>;
let database: Database;
let log: EventLog;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = await openDatabase(fresh.url, { max: 20 });
  log = await openEventLog(database);
});

afterAll(async () => {
  await log.close();
  await database.close();
  await drop();
});

const event = (subjectId: string, data: Record<string, unknown> = {}): NewEvent => ({
  type: 'RequisitionApproved',
  subjectType: 'Requisition',
  subjectId,
  correlationId: 'c-1',
  facilityId: 'north',
  departmentId: null,
  data,
});

const append = async (...events: NewEvent[]): Promise<void> => {
  await database.db.transaction().execute((tx) => appendEvents(tx, events));
  log.notify();
};

test('an event comes back as it was written, with its place, version and times', async () => {
  const from = await log.head();
  await append({
    ...event('r-1', { Total: 'a', nested_key: 1 }),
    occurredAt: '2026-01-02T03:04:05.678Z',
  });
  const [read] = await log.read(from, 10);
  expect(read).toEqual({
    ...event('r-1', { Total: 'a', nested_key: 1 }),
    position: { xid: expect.any(Number), seq: expect.any(Number) },
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    version: 1,
    occurredAt: '2026-01-02T03:04:05.678Z',
    recordedAt: expect.stringMatching(/Z$/),
  });
  expect(read?.position).toEqual(await log.head());
});

test('several events of one transaction keep the order they were given in', async () => {
  const from = await log.head();
  await append(event('r-3'), event('r-2'), event('r-3'), event('r-2'));
  const read = await log.read(from, 10);
  expect(read.map((e) => [e.subjectId, e.version])).toEqual([
    ['r-3', 1],
    ['r-2', 1],
    ['r-3', 2],
    ['r-2', 2],
  ]);
});

test('a transaction that rolled back leaves no event and no gap in the versions', async () => {
  const from = await log.head();
  const failed = database.db.transaction().execute(async (tx) => {
    await appendEvents(tx, [event('r-4')]);
    throw new Error('changed my mind');
  });
  await expect(failed).rejects.toThrow('changed my mind');
  await append(event('r-4'));
  expect((await log.read(from, 10)).map((e) => e.version)).toEqual([1]);
});

test('an event stays unreadable while an older transaction may still write before it', async () => {
  const from = await log.head();
  const older = await database.pool.connect();
  await older.query('begin');
  await older.query('select pg_current_xact_id()');
  await append(event('r-5'));
  expect(await log.read(from, 10)).toEqual([]);
  await older.query('rollback');
  older.release();
  expect(await log.read(from, 10)).toHaveLength(1);
});

test('a transaction that began earlier but wrote to the subject later comes later', async () => {
  const from = await log.head();
  const early = await database.db.startTransaction().execute();
  await sql`select pg_current_xact_id()`.execute(early);
  await append(event('r-6', { by: 'late' }));
  await appendEvents(early, [event('r-6', { by: 'early' })]);
  await early.commit().execute();
  const read = await log.read(from, 10);
  expect(read.map((e) => [e.version, e.data['by']])).toEqual([
    [1, 'late'],
    [2, 'early'],
  ]);
});

test('a follower starts where it is told and reads on in pages', async () => {
  const from = await log.head();
  await append(...Array.from({ length: 2500 }, (_, n) => event(`p-${n}`)));
  await append(event('p-last'));
  const got: string[] = [];
  const follower = log.follow(from, (events) => {
    got.push(...events.map((e) => e.subjectId));
  });
  await until(() => got.length === 2501);
  follower.stop();
  expect(got.at(0)).toBe('p-0');
  expect(got.at(-1)).toBe('p-last');
  expect(new Set(got).size).toBe(2501);
});

test('a listener that fails gets the same events again', async () => {
  const from = await log.head();
  const tries: string[][] = [];
  const follower = log.follow(from, (events) => {
    tries.push(events.map((e) => e.subjectId));
    if (tries.length === 1) throw new Error('not yet');
  });
  await append(event('again'));
  await until(() => tries.length === 2);
  follower.stop();
  expect(tries).toEqual([['again'], ['again']]);
});

test('a follower that stopped hears nothing more', async () => {
  const got: Event[] = [];
  const stopped = log.follow(await log.head(), (events) => void got.push(...events));
  const seen: Event[] = [];
  const witness = log.follow(await log.head(), (events) => void seen.push(...events));
  await append(event('s-1'));
  await until(() => got.length === 1 && seen.length === 1);
  stopped.stop();
  await append(event('s-2'));
  await until(() => seen.length === 2);
  witness.stop();
  expect(got).toHaveLength(1);
});

/** One transaction of one to three events; some begin early, some pause, some roll back. Answers how many were committed. */
const writeOnce = async (random: () => number): Promise<number> => {
  const count = 1 + Math.floor(random() * 3);
  const pauseMs = random() < 0.3 ? random() * 8 : 0;
  const [early, rollBack] = [random() < 0.5, random() < 0.1];
  const tx = await database.db.startTransaction().execute();
  if (early) await sql`select pg_current_xact_id()`.execute(tx);
  if (early) await wait(pauseMs);
  const subject = (): string => `w-${Math.floor(random() * 20)}`;
  await appendEvents(
    tx,
    Array.from({ length: count }, () => event(subject())),
  );
  if (!early) await wait(pauseMs);
  await (rollBack ? tx.rollback() : tx.commit()).execute();
  return rollBack ? 0 : count;
};

/** Sixteen writers at once; answers how many events were committed. */
const writeConcurrently = async (forMs: number): Promise<number> => {
  const random = seededRandom(7);
  const endAt = performance.now() + forMs;
  let committed = 0;
  const write = async (): Promise<void> => {
    while (performance.now() < endAt) {
      const count = await writeOnce(random);
      committed += count;
      log.notify();
    }
  };
  await Promise.all(Array.from({ length: 16 }, write));
  return committed;
};

test('under 16 writers a follower gets every event once, in order, and versions without a gap', async () => {
  const from = await log.head();
  const got: Event[] = [];
  const follower = log.follow(from, (events) => void got.push(...events));
  const committed = await writeConcurrently(3000);
  await until(() => got.length >= committed);
  follower.stop();
  expect(got.length).toBe(committed);
  const ordered = got.every(
    (e, i) => i === 0 || comparePositions((got[i - 1] as Event).position, e.position) < 0,
  );
  expect(ordered).toBe(true);
  const versions = new Map<string, number>();
  for (const { subjectId, version } of got) {
    expect([subjectId, version]).toEqual([subjectId, (versions.get(subjectId) ?? 0) + 1]);
    versions.set(subjectId, version);
  }
  expect(committed).toBeGreaterThan(500);
}, 20_000);

test('half of all commits reach a listener within 25 ms', async () => {
  const delays: number[] = [];
  const follower = log.follow(await log.head(), (events) => {
    for (const e of events)
      delays.push(performance.timeOrigin + performance.now() - Number(e.data['at']));
  });
  for (let n = 0; n < 100; n += 1) {
    await append(event('latency', { at: performance.timeOrigin + performance.now() }));
    await wait(5);
  }
  await until(() => delays.length === 100);
  follower.stop();
  delays.sort((a, b) => a - b);
  expect(delays[50]).toBeLessThan(25);
});

test('the range that exists runs from the first event to the last', async () => {
  const [first] = await log.read(zeroPosition, 1);
  expect(await log.tail()).toEqual(first?.position);
  expect(comparePositions(await log.tail(), await log.head())).toBeLessThan(0);
});

test('an event is never changed', async () => {
  const change = sql`update hub.event set type = 'Forged'`.execute(database.db);
  await expect(change).rejects.toThrow('append-only');
});

test('the same data opened again is the same epoch; restored data begins a new one and positions go on', async () => {
  const again = await openEventLog(database);
  expect(again.epoch).toBe(log.epoch);
  const head = await log.head();
  await sql`update hub.epoch set incarnation = 'another cluster'`.execute(database.db);
  const restored = await openEventLog(database);
  expect(restored.epoch).not.toBe(log.epoch);
  await append(event('after-restore'));
  const [read] = await restored.read(head, 10);
  expect(read?.subjectId).toBe('after-restore');
  await Promise.all([again.close(), restored.close()]);
});
