import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database, migrate, openDatabase } from '../../platform/database.ts';
import { type RunningPostgres, startPostgres } from '../../platform/embedded-postgres.ts';
import type { NewEvent } from '../../platform/event.ts';
import { appendEvents, openEventLog } from '../../platform/event-log.ts';
import { migrationsFolder } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const root = mkdtempSync(join(tmpdir(), 'syncline-follow-'));
const dir = join(root, 'postgres');
let server: RunningPostgres;
let database: Database;

beforeAll(async () => {
  chmodSync(root, 0o755);
  server = await startPostgres({ dir });
  database = await openDatabase(server.url);
  await migrate(database, migrationsFolder);
});

afterAll(async () => {
  await database.close();
  await server.stop();
  rmSync(root, { recursive: true });
});

/** Immediate shutdown, as by a power cut. */
const crash = (): void => {
  const pid = Number(readFileSync(join(dir, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  if (!(pid > 1)) throw new Error('There is no database running.');
  process.kill(pid, 'SIGQUIT');
};

const event = (n: number): NewEvent => ({
  type: 'Counted',
  subjectType: 'Counter',
  subjectId: `c-${n % 7}`,
  correlationId: null,
  facilityId: null,
  departmentId: null,
  data: { n },
});

test('a follower of the event log gets every event once and in order through restarts of the database', async () => {
  const log = await openEventLog(database);
  const got: number[] = [];
  const follower = log.follow(await log.head(), (events) => {
    got.push(...events.map((e) => Number(e.data['n'])));
  });
  const written: number[] = [];
  const stopAt = performance.now() + 4000;
  const write = async (): Promise<void> => {
    for (let n = 0; performance.now() < stopAt; n += 1) {
      // An append whose answer was lost may have happened: only those that surely did are counted.
      await database.db
        .transaction()
        .execute((tx) => appendEvents(tx, [event(n)]))
        .then(
          () => written.push(n),
          () => undefined,
        );
      log.notify();
      await wait(2);
    }
  };
  const crashTwice = async (): Promise<void> => {
    for (let n = 0; n < 2; n += 1) {
      await wait(1000);
      crash();
    }
  };
  await Promise.all([write(), crashTwice()]);
  const last = written.at(-1) ?? -1;
  await until(() => got.includes(last));
  follower.stop();
  expect(written.filter((n) => !got.includes(n))).toEqual([]);
  expect(got).toEqual([...new Set(got)].sort((a, b) => a - b));
  expect(written.length).toBeGreaterThan(20);
  await log.close();
}, 40_000);
