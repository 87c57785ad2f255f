import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from './logger.ts';

const tickMs = 1000;
const reconnectMs = 100;

/** Keys of advisory locks, apart from all others in the database. */
const executorLocks = 'hub.executor';
const workLocks = 'hub.work';

interface ExecutorOptions {
  readonly url: string;
  readonly id: string;
  readonly logger: Logger;
  /** Takes over what a dead process left behind; answers how many workflows. */
  readonly takeOver: (executorId: string) => Promise<number>;
  /** Done once a second by each process, after the look for dead ones. */
  readonly onTick: () => Promise<void>;
}

/**
 * This process among those that share the database. Being alive is a session advisory lock: the server gives it free the
 * moment the process or its machine is gone, and then another process takes the work over.
 */
export interface Executor {
  /** Takes the lock and takes over what dead processes left. */
  start(): Promise<void>;
  /** True when this process may do the work of this name; it stays so until its connection ends. */
  leads(work: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** The connection that holds the locks; it is asked one thing at a time, by whoever comes. */
interface LockConnection {
  ask<R extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly R[]>;
  /** Settles when the connection is gone. */
  readonly ended: Promise<void>;
  end(): Promise<void>;
}

interface State {
  client: LockConnection | undefined;
  /** Work whose lock this connection holds. */
  leading: Set<string>;
  /** Processes whose lock was free at the last look. */
  suspects: Set<string>;
  stopped: boolean;
}

const tryLock = async (client: LockConnection, space: string, name: string): Promise<boolean> => {
  const rows = await client.ask<{ got: boolean }>(
    'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as got',
    [space, name],
  );
  return rows[0]?.got === true;
};

const connect = async (url: string): Promise<LockConnection> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'syncline-executor',
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    // A machine that vanishes without a word is noticed after some 4 seconds.
    options:
      '-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2 -c tcp_user_timeout=4000',
  });
  client.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
  await client.connect();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[]) => {
      const answer = last.then(() => client.query<R>(text, [...values]));
      last = answer.catch(() => undefined);
      return (await answer).rows;
    },
    ended,
    end: () => client.end(),
  };
};

const register = async (client: LockConnection, id: string): Promise<void> => {
  await client.ask('insert into hub.executor (id) values ($1) on conflict (id) do nothing', [id]);
  // Waits while another process takes over what it thought was dead.
  await client.ask('select pg_advisory_lock(hashtext($1), hashtext($2))', [executorLocks, id]);
};

/** Takes over from every process whose lock is free; not at the first sight, unless told, for all are free after a restart of the database. */
const lookForDead = async (
  { id: me, takeOver, logger }: ExecutorOptions,
  state: State & { client: LockConnection },
  atOnce: boolean,
): Promise<void> => {
  const { client } = state;
  const rows = await client.ask<{ id: string }>('select id from hub.executor where id <> $1', [me]);
  const suspects = new Set<string>();
  for (const { id } of rows) {
    if (!(await tryLock(client, executorLocks, id))) continue;
    try {
      if (atOnce || state.suspects.has(id)) {
        const count = await takeOver(id);
        await client.ask('delete from hub.executor where id = $1', [id]);
        if (count > 0)
          logger.info({ executor: id, workflows: count }, 'took over from a dead process');
      } else suspects.add(id);
    } finally {
      await client.ask('select pg_advisory_unlock(hashtext($1), hashtext($2))', [
        executorLocks,
        id,
      ]);
    }
  }
  state.suspects = suspects;
};

const ensureConnected = async (
  options: ExecutorOptions,
  state: State,
): Promise<State & { client: LockConnection }> => {
  if (state.client === undefined) {
    const client = await connect(options.url);
    state.leading.clear();
    void client.ended.then(() => {
      if (state.client === client) state.client = undefined;
      state.leading.clear();
    });
    await register(client, options.id);
    state.client = client;
  }
  return state as State & { client: LockConnection };
};

export const createExecutor = (options: ExecutorOptions): Executor => {
  const state: State = {
    client: undefined,
    leading: new Set(),
    suspects: new Set(),
    stopped: false,
  };
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const tick = async (): Promise<void> => {
    try {
      await lookForDead(options, await ensureConnected(options, state), false);
      await options.onTick();
    } catch (error) {
      options.logger.debug({ err: error }, 'the look for dead processes failed');
    }
  };
  const keepTicking = async (): Promise<void> => {
    while (!state.stopped) {
      // After a restart of the database the lock is wanted back soon.
      const pauseMs = state.client === undefined ? reconnectMs : tickMs;
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!state.stopped) await tick();
    }
  };
  return {
    start: async () => {
      await lookForDead(options, await ensureConnected(options, state), true);
      running = keepTicking();
    },
    leads: async (work) => {
      const { client, leading } = state;
      if (client === undefined) return false;
      if (!leading.has(work) && (await tryLock(client, workLocks, work))) leading.add(work);
      return leading.has(work);
    },
    stop: async () => {
      state.stopped = true;
      stopping.abort();
      await running;
      await state.client?.end().catch(() => undefined);
    },
  };
};
