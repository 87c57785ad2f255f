import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database, migrate, openDatabase } from '../../platform/database.ts';
import { createDurable, type Durable, type Workflow } from '../../platform/durable.ts';
import { type RunningPostgres, startPostgres } from '../../platform/embedded-postgres.ts';
import { type EventLog, openEventLog } from '../../platform/event-log.ts';
import { createLogger } from '../../platform/logger.ts';
import { whileAway } from '../../platform/patient-pool.ts';
import { seededRandom } from '../../platform/seeded-random.ts';
import { crashTables, defineSaga } from '../support/crash-child.ts';
import { migrationsFolder } from '../support/postgres.ts';
import { until } from '../support/until.ts';

let dir: string;
let server: RunningPostgres;
let database: Database;
let log: EventLog;
/** Only starts sagas; the children run them. */
let starter: Durable;
let saga: Workflow<string>;
let child: ChildProcess | undefined;

const childFile = fileURLToPath(new URL('../support/crash-child.ts', import.meta.url));

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'syncline-crash-'));
  await chmod(dir, 0o755);
  server = await startPostgres({ dir: join(dir, 'postgres') });
  database = await openDatabase(server.url);
  await migrate(database, migrationsFolder);
  await database.pool.query(crashTables);
  log = await openEventLog(database);
  starter = createDurable({
    database,
    log,
    logger: createLogger({ level: 'silent', pretty: false }),
  });
  saga = defineSaga(starter, database.pool);
  await launch();
});

afterAll(async () => {
  await kill();
  await starter.close();
  await log.close();
  await database.close();
  await server.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Starts a child and answers how long it took until it was ready for work, in milliseconds. */
const launch = async (): Promise<number> => {
  const begun = performance.now();
  const started = spawn('node', [childFile, server.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  await new Promise<void>((resolve, reject) => {
    started.stdout.once('data', () => resolve());
    started.once('exit', () => reject(new Error('The child ended before it was ready.')));
  });
  return performance.now() - begun;
};

const kill = async (): Promise<void> => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child?.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
};

/** Immediate shutdown, as by a power cut: no checkpoint, no goodbye. The supervisor starts it again. */
const crashServer = async (): Promise<void> => {
  const postmaster = async (): Promise<number> => {
    const file = await readFile(join(dir, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
    return Number(file.split('\n')[0]);
  };
  await until(async () => (await postmaster()) > 1);
  process.kill(await postmaster(), 'SIGQUIT');
};

const count = async (sql: string): Promise<number> => {
  const { rows } = await whileAway(() => database.pool.query(sql));
  return Number(rows[0].count);
};

const closed = (): Promise<number> =>
  count(`select count(*) from crash.request where state = 'CLOSED'`);

const startSagas = async (prefix: string, howMany: number): Promise<void> => {
  let next = 0;
  const startSome = async (): Promise<void> => {
    while (next < howMany) {
      next += 1;
      const id = `${prefix}-${next}`;
      await starter.transact(async (tx) => tx.start(saga, id, { id, correlationId: id }));
    }
  };
  await Promise.all(Array.from({ length: 4 }, startSome));
};

/** How many of these things there are not exactly once for each saga. */
const expectEachOnce = async (howMany: number): Promise<void> => {
  const groups = {
    bookings: 'select reference as thing from crash.ledger',
    rows: `select id || state as thing from crash.request`,
    events: `select subject_id || type as thing from hub.event`,
    'audit lines': `select subject_id || action as thing from hub.audit_entry`,
    'recorded steps': `select workflow_id || step as thing from hub.process_step where step in ('record', 'close')`,
  };
  for (const [name, things] of Object.entries(groups)) {
    const all = await count(`select count(*) from (${things}) t`);
    const different = await count(`select count(distinct thing) from (${things}) t`);
    expect([name, all, different]).toEqual([name, howMany * 2, howMany * 2]);
  }
  expect(await count('select count(*) from hub.dead_letter')).toBe(0);
};

test('every effect happens once, through kills of the process and of the database at any moment', async () => {
  const random = seededRandom(20_261_123);
  const sagas = 400;
  const starting = startSagas('a', sagas);
  for (let round = 0; round < 8; round += 1) {
    await wait(50 + random() * 500);
    if (round % 3 === 1) await crashServer();
    else {
      await kill();
      await launch();
    }
  }
  await starting;
  await until(async () => (await closed()) === sagas, 40_000);
  await expectEachOnce(sagas);
}, 90_000);

test('what a killed process left in the middle goes on within 5 seconds of the next start', async () => {
  const before = await closed();
  await startSagas('b', 60);
  await kill();
  expect(await closed()).toBeLessThan(before + 60);
  const begun = performance.now();
  await launch();
  await until(async () => (await closed()) === before + 60);
  expect(performance.now() - begun).toBeLessThan(5000);
  await expectEachOnce(before + 60);
}, 30_000);

test('a process takes over within 5 seconds from another one that died beside it', async () => {
  const before = await closed();
  const first = child;
  await launch();
  const second = child;
  await startSagas('c', 100);
  child = first;
  const begun = performance.now();
  await kill();
  child = second;
  await until(async () => (await closed()) === before + 100);
  expect(performance.now() - begun).toBeLessThan(6000);
  await expectEachOnce(before + 100);
}, 30_000);
