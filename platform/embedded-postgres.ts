import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { isAlive, lockFolder } from './folder-lock.ts';
import { freePort, isFreePort } from './free-port.ts';
import { type Binaries, findBinaries, reachableFolder } from './postgres-binaries.ts';

const startPatienceMs = 20_000;
const watchEveryMs = 100;
const logLimitBytes = 10_000_000;

/** For a small machine: the server and all its children stay far below 600 MB. fsync stays on. */
const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '80',
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  max_wal_senders: '2',
  max_worker_processes: '4',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  autovacuum_naptime: '15s',
  // PostgreSQL 18 would keep three more processes for reading ahead.
  io_method: 'sync',
  jit: 'off',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
};

export interface PostgresOptions {
  /** Where the data lives; made when missing. */
  readonly dir: string;
  /** Below 32768; without it, the port of the last start, else a free one. */
  readonly port?: number;
  readonly onProgress?: (line: string) => void;
}

export interface RunningPostgres {
  readonly url: string;
  /** The process at the time of starting; a restart after a crash has another one. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** One cluster's places and what is needed to run it. */
interface Cluster {
  readonly dir: string;
  readonly data: string;
  readonly binaries: Binaries;
  readonly onProgress: (line: string) => void;
}

interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

const own = ({ binaries }: Cluster, path: string): void => {
  const { uid, gid } = binaries.owner;
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
};

const addressOf = (dir: string, port: number): string =>
  `postgres://hub:${readFileSync(join(dir, 'password'), 'utf8')}@127.0.0.1:${port}/postgres`;

/** Made beside and then moved, so that a crash in the middle leaves no half cluster behind. */
const initialise = (cluster: Cluster): void => {
  const { dir, data, binaries, onProgress } = cluster;
  if (existsSync(join(data, 'PG_VERSION'))) return;
  onProgress('Preparing the database (once)');
  const password = join(dir, 'password');
  writeFileSync(password, randomBytes(18).toString('base64url'), { mode: 0o600 });
  own(cluster, password);
  const unfinished = `${data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  execFileSync(
    join(binaries.folder, 'bin/initdb'),
    ['-D', unfinished, '-U', 'hub', '-E', 'UTF8', ...locale, '--data-checksums'].concat([
      '-A',
      'scram-sha-256',
      '--pwfile',
      password,
    ]),
    { env: environment(binaries), cwd: '/', ...binaries.owner, stdio: 'pipe' },
  );
  renameSync(unfinished, data);
};

const environment = (binaries: Binaries): NodeJS.ProcessEnv => ({
  ...process.env,
  LC_ALL: 'C',
  TZ: 'UTC',
  ...binaries.env,
});

/** What postmaster.pid says: process id, folder, start, port, socket folder, address, shared memory, status; a line each. */
const readPostmaster = ({ data }: Cluster): Postmaster | null => {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || !isAlive(pid)) return null;
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
};

/** Process ids are reused: only a process that lets us in with our password is ours. */
const letsUsIn = async (cluster: Cluster, port: number): Promise<boolean> => {
  const client = new pg.Client({
    connectionString: addressOf(cluster.dir, port),
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("select current_setting('data_directory') as data");
    return rows[0]?.data === cluster.data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const spawnServer = (cluster: Cluster, port: number): Promise<Postmaster | null> => {
  const { dir, data, binaries } = cluster;
  const settings = Object.entries(serverSettings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = openSync(join(dir, 'server.log'), 'a', 0o600);
  // Detached: Ctrl-C in the terminal is for the hub, which then stops its database in order.
  const child = spawn(
    join(binaries.folder, 'bin/postgres'),
    ['-D', data, '-p', String(port), ...settings],
    {
      env: environment(binaries),
      cwd: '/',
      ...binaries.owner,
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  child.unref();
  return new Promise((resolve) => {
    let ended = false;
    child.once('error', () => (ended = true));
    child.once('exit', () => (ended = true));
    const look = (): void => {
      const server = readPostmaster(cluster);
      if (server?.ready && server.pid === child.pid) resolve(server);
      else if (ended) resolve(null);
      else setTimeout(look, 15);
    };
    look();
  });
};

const lastLines = ({ dir }: Cluster): string =>
  readFileSync(join(dir, 'server.log'), 'utf8').trim().split('\n').slice(-5).join('\n');

/** Starts the server, or adopts the one a killed hub left running. Tries for 20 seconds: the children of a killed postmaster need a moment to end. */
const startOrAdopt = async (cluster: Cluster, port: number): Promise<Postmaster> => {
  const giveUpAt = performance.now() + startPatienceMs;
  for (;;) {
    const running = readPostmaster(cluster);
    if (running !== null && (await letsUsIn(cluster, running.port))) return running;
    const started = running === null ? await spawnServer(cluster, port) : null;
    if (started !== null) return started;
    if (performance.now() > giveUpAt)
      throw new Error(
        `PostgreSQL did not start in ${cluster.dir}. Its last words:\n${lastLines(cluster)}`,
      );
    await wait(200);
  }
};

/** Starts the server again whenever it is gone, until told to stop. */
const superviseServer = (cluster: Cluster, first: Postmaster): (() => Promise<Postmaster>) => {
  let current = first;
  let stopped = false;
  const startAgain = async (): Promise<void> => {
    cluster.onProgress('The database is gone; starting it again');
    try {
      current = await startOrAdopt(cluster, first.port);
    } catch (error) {
      // A full disk, for example: it goes on by itself once there is room.
      cluster.onProgress(error instanceof Error ? error.message : String(error));
    }
  };
  const supervise = async (): Promise<void> => {
    while (!stopped) {
      await wait(watchEveryMs, undefined, { ref: false });
      if (!stopped && !isAlive(current.pid)) await startAgain();
    }
  };
  const supervision = supervise();
  return async () => {
    stopped = true;
    await Promise.race([supervision, wait(watchEveryMs * 3, undefined, { ref: true })]);
    return readPostmaster(cluster) ?? current;
  };
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
};

/** Fast shutdown: open transactions are rolled back, nothing committed is lost. After 10 seconds, immediate shutdown. */
const stopServer = async (server: Postmaster): Promise<void> => {
  signal(server.pid, 'SIGINT');
  const hurryAt = performance.now() + 10_000;
  while (isAlive(server.pid)) {
    if (performance.now() > hurryAt) signal(server.pid, 'SIGQUIT');
    await wait(20);
  }
};

const choosePort = async ({ dir }: Cluster, wanted: number | undefined): Promise<number> => {
  const file = join(dir, 'port');
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  const port = wanted ?? (last !== undefined && (await isFreePort(last)) ? last : await freePort());
  writeFileSync(file, String(port));
  return port;
};

/** The address of the PostgreSQL that a hub runs in the folder; throws when none was ever prepared there. */
export const embeddedAddress = (wanted: string): string => {
  const dir = reachableFolder(wanted, () => undefined);
  const file = join(dir, 'port');
  if (!existsSync(file))
    throw new Error(`There is no database in ${dir}. Start the hub first, or set DATABASE_URL.`);
  return addressOf(dir, Number(readFileSync(file, 'utf8')));
};

/**
 * The hub's own PostgreSQL. Works as root and as a normal user; adopts the server that a killed hub left running; starts
 * it again when it dies, on the same port; refuses a folder that another living hub works in.
 */
export const startPostgres = async (options: PostgresOptions): Promise<RunningPostgres> => {
  const onProgress = options.onProgress ?? (() => undefined);
  const dir = reachableFolder(options.dir, onProgress);
  const unlock = lockFolder(join(dir, 'hub.lock'));
  try {
    const cluster: Cluster = {
      dir,
      data: join(dir, 'data'),
      binaries: findBinaries(dir),
      onProgress,
    };
    initialise(cluster);
    const log = join(dir, 'server.log');
    if (existsSync(log) && statSync(log).size > logLimitBytes) truncateSync(log);
    const running = readPostmaster(cluster);
    const server = await startOrAdopt(
      cluster,
      running?.port ?? (await choosePort(cluster, options.port)),
    );
    const halt = superviseServer(cluster, server);
    // An end without stop(), for example by an uncaught error, must not leave the server behind.
    const onExit = (): void => signal(readPostmaster(cluster)?.pid ?? server.pid, 'SIGINT');
    process.once('exit', onExit);
    const stop = async (): Promise<void> => {
      await stopServer(await halt());
      process.removeListener('exit', onExit);
      unlock();
    };
    return { url: addressOf(cluster.dir, server.port), pid: server.pid, stop };
  } catch (error) {
    unlock();
    throw error;
  }
};
