import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, migrate, openDatabase } from '../../platform/database.ts';
import { isConnectionError } from '../../platform/patient-pool.ts';
import { freshDatabase } from '../support/postgres.ts';
import { until } from '../support/until.ts';

let drop: () => Promise<void>;
let url: string;
let database: Database;
let folder: string;

beforeAll(async () => {
  ({ url, drop } = await freshDatabase());
  database = await openDatabase(url);
  folder = await mkdtemp(join(tmpdir(), 'syncline-migrations-'));
});

afterAll(async () => {
  await database.close();
  await drop();
  await rm(folder, { recursive: true });
});

test('columns are camelCase here, and the keys inside a json column stay as they are', async () => {
  const cursor = { next_page: 'a', innerKey: { deep_key: 1 } };
  const row = { system: 's', feed: 'f', cursor: JSON.stringify(cursor), polledAt: new Date(0) };
  await database.db.insertInto('hub.pollCursor').values(row).execute();
  const read = await database.db.selectFrom('hub.pollCursor').selectAll().executeTakeFirst();
  expect(read).toEqual({ system: 's', feed: 'f', cursor, polledAt: new Date(0) });
});

test('days are texts, for a day has no time zone; amounts are texts, for they are exact', async () => {
  const { rows } =
    await sql`select date '2026-03-29' as day, 12345678901234567.123456 as amount`.execute(
      database.db,
    );
  expect(rows).toEqual([{ day: '2026-03-29', amount: '12345678901234567.123456' }]);
});

describe('migrations', () => {
  const migrateFresh = async (files: Record<string, string>, times = 1): Promise<unknown> => {
    const dir = await mkdtemp(join(folder, 'm-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
    const fresh = await freshDatabase();
    const own = await Promise.all(Array.from({ length: times }, () => openDatabase(fresh.url)));
    try {
      const [first] = own;
      if (first === undefined) throw new Error('No database.');
      // As a new database: the template has our own migrations.
      await sql`drop table if exists hub.kysely_migration, hub.kysely_migration_lock`.execute(
        first.db,
      );
      const results = await Promise.allSettled(own.map((each) => migrate(each, dir)));
      const { rows } = await sql<{
        t: string | null;
      }>`select to_regclass('made')::text as t`.execute(first.db);
      return { results: results.map(({ status }) => status), made: rows[0]?.t, reasons: results };
    } finally {
      await Promise.all(own.map((each) => each.close()));
      await fresh.drop();
    }
  };

  test('run in the order of their names, once, also when several processes start together', async () => {
    const outcome = await migrateFresh(
      {
        '0002-b.sql': 'alter table made add column b int',
        '0001-a.sql': 'create table made (a int); insert into made values (1)',
      },
      4,
    );
    expect(outcome).toMatchObject({ results: Array(4).fill('fulfilled'), made: 'made' });
  });

  test('that fail leave nothing behind, and say which one it was', async () => {
    const outcome = await migrateFresh({
      '0001-a.sql': 'create table made (a int)',
      '0002-wrong.sql': 'create tabel x',
    });
    expect(outcome).toMatchObject({ results: ['rejected'], made: null });
    expect(outcome).toMatchObject({
      reasons: [{ reason: { message: expect.stringContaining('0002-wrong failed') } }],
    });
  });
});

test.each([
  ['a refused connection', { code: 'ECONNREFUSED' }, true],
  ['a server that is shutting down', { code: '57P01' }, true],
  ['a server that is starting', { code: '57P03' }, true],
  ['a connection that ended', { message: 'Connection terminated unexpectedly' }, true],
  ['all addresses refused', new AggregateError([{ code: 'ECONNREFUSED' }]), true],
  ['a duplicate key', { code: '23505' }, false],
  ['a bug', new TypeError('x is not a function'), false],
  ['nothing', undefined, false],
])('%s: is the database away?', (_, error, away) => {
  expect(isConnectionError(error)).toBe(away);
});

test('an idle connection that the server closes ends nothing', async () => {
  await sql`select 1`.execute(database.db);
  const other = await openDatabase(url);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(other.db);
  await other.close();
  await until(() => database.pool.idleCount === 0);
  const { rows } = await sql`select 2 as n`.execute(database.db);
  expect(rows).toEqual([{ n: 2 }]);
});

test('an address where nothing answers is an error after a while, not a hang', async () => {
  await expect(
    openDatabase('postgres://hub:wrong@127.0.0.1:1/none', { patienceMs: 200 }),
  ).rejects.toThrow('ECONNREFUSED');
});
