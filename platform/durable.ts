import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { AuditLine } from './audit.ts';
import type { Database } from './database.ts';
import { createDbosEngine } from './dbos-engine.ts';
import { replayDeadLetter, resolveDeadLetters } from './dead-letter.ts';
import type { NewEvent } from './event.ts';
import type { EventLog } from './event-log.ts';
import { createExecutor, type Executor } from './executor.ts';
import { listen } from './listen.ts';
import type { Logger } from './logger.ts';
import { createPool } from './patient-pool.ts';
import { type Poll, startPoll } from './poll.ts';
import type { Tables } from './tables.generated.ts';
import { announce, forgetMarks, transactOnce } from './transaction.ts';
import type { WorkflowEngine } from './workflow-engine.ts';
import { type Definition, runWorkflow } from './workflow-run.ts';

/** What survives being written down: workflow inputs and step results. Use type aliases, not interfaces, for them. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export interface StartOptions {
  /** The same id started twice runs once. Without one, every start is a new run. */
  readonly id?: string;
  /** Starts that long after the commit; survives restarts. */
  readonly delayMs?: number;
  /** What the run belongs to; that of the workflow that starts it when not given. */
  readonly correlationId?: string;
}

/** What one commit holds: all of it happens, or nothing. */
export interface Transaction {
  /** Works on the transaction's own connection. */
  readonly db: Kysely<Tables>;
  event(event: NewEvent): void;
  audit(line: AuditLine): void;
  start<I extends Json>(workflow: Workflow<I>, input: I, options?: StartOptions): void;
}

export interface CallOptions {
  /** The outside system that is called, for the process steps. */
  readonly system?: string;
  /** How often the call is tried before it is given up; 8 unless told, which takes about half a minute. */
  readonly attempts?: number;
  /** How long one attempt may take; 10 seconds unless told. */
  readonly timeoutMs?: number;
}

export interface Steps {
  readonly workflowId: string;
  readonly correlationId: string | null;
  /**
   * One call to the outside. It happens at least once: after a crash it happens again, so the callee looks up by reference
   * first. What is transient, throttled or ambiguous is tried again, later each time; the rest is thrown at once.
   */
  call<T>(
    name: string,
    f: (attempt: number, signal: AbortSignal) => Promise<T>,
    options?: CallOptions,
  ): Promise<T>;
  /**
   * One transaction, exactly once: rows, events, audit lines, started workflows, and the fact that the step is done. The
   * function may run again when the connection is lost or a deadlock is broken: it must only touch the transaction.
   */
  commit<T>(name: string, f: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** A kind of workflow, by name; what it takes. */
export interface Workflow<I> {
  readonly name: string;
  /** Never set; it ties the input's type to the name. */
  readonly input?: I;
}

/** What is written, in the same transaction as the dead letter, when a workflow is given up. */
export type OnExhausted<I> = (tx: Transaction, input: I, error: unknown) => Promise<void>;

export type Replay = 'REPLAYED' | 'ALREADY_RUNNING' | 'NOT_FOUND';

export interface Durable {
  /** Defines a workflow; before launch(). The run is repeated from its last finished step after a crash, so it must be deterministic between its steps. */
  define<I extends Json>(
    name: string,
    run: (steps: Steps, input: I) => Promise<void>,
    options?: { readonly onExhausted?: OnExhausted<I> },
  ): Workflow<I>;
  /**
   * A transaction outside of any workflow, exactly once even when the connection breaks at its commit. The function may run
   * again when the connection is lost before that: it must only touch the transaction.
   */
  transact<T>(f: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Repeats work, in one process at a time and never overlapping. What it throws is logged, and the next tick goes on. */
  every(name: string, intervalMs: number, run: (signal: AbortSignal) => Promise<void>): void;
  /** Begins to run workflows and polls, first those that a dead process left behind. A process that only starts workflows need not. */
  launch(): Promise<void>;
  /** Runs a given-up workflow again, from the step that failed. */
  retryDeadLetter(id: string): Promise<Replay>;
  /** Ends in order: what runs may finish within 5 seconds, the rest is left for the next start. */
  close(): Promise<void>;
}

export interface DurableOptions {
  readonly database: Database;
  readonly log: EventLog;
  readonly logger: Logger;
  /** Names this process among those that share the database; a new name for every start unless told. */
  readonly executorId?: string;
  /** Workflows at once in this process; 500 unless told, for most of them wait for an outside system. */
  readonly concurrency?: number;
}

const dbosPoolSize = 16;
const defaultConcurrency = 500;
/** How long what runs may go on at the end of the process; then it is left for the next one. */
const drainMs = 5000;
/** The channel on which a process says that it has started a workflow and runs none itself. */
const workChannel = 'hub_work';
const coalesceMs = 10;
const forgetEveryMs = 3_600_000;

interface Running {
  readonly engine: WorkflowEngine;
  readonly executor: Executor;
  readonly pool: pg.Pool;
  readonly begun: AbortController;
  readonly due: AbortController;
  /** Runs that go on; those that were left for the next process do not count. */
  active: number;
}

/** Tells the processes that run workflows of work that this one only starts; many calls within 10 ms are one notification. */
const createCall = (database: Database): (() => void) => {
  let pending = false;
  const call = async (): Promise<void> => {
    await wait(coalesceMs);
    pending = false;
    // A lost notification costs a second at most, for then the others look by themselves.
    await database.pool.query('select pg_notify($1, $2)', [workChannel, '']).catch(() => undefined);
  };
  return () => {
    if (pending) return;
    pending = true;
    void call();
  };
};

const assemble = (options: DurableOptions): Running => {
  const { database, logger } = options;
  const executorId = options.executorId ?? randomUUID();
  // Apart from the queries of people, so that neither can starve the other.
  const pool = createPool(database.url, { max: dbosPoolSize });
  const engine = createDbosEngine({
    url: database.url,
    pool,
    logger,
    executorId,
    concurrency: options.concurrency ?? defaultConcurrency,
  });
  const executor = createExecutor({
    url: database.url,
    id: executorId,
    logger,
    takeOver: async (id) => {
      const count = await engine.recover(id);
      if (count > 0) engine.dispatch();
      return count;
    },
    onTick: async () => {
      await engine.putBackStrays();
      await resolveDeadLetters(database.db);
    },
  });
  const [begun, due] = [new AbortController(), new AbortController()];
  return { engine, executor, pool, begun, due, active: 0 };
};

/** Lets what runs finish, then interrupts it. */
const drain = async (running: Running): Promise<void> => {
  running.begun.abort();
  await running.engine.pause();
  const hurryAt = performance.now() + drainMs;
  while (running.active > 0 && performance.now() < hurryAt) await wait(10);
  running.due.abort();
  // Interrupted calls need a moment to be left where they are.
  while (running.active > 0 && performance.now() < hurryAt + 500) await wait(10);
};

const close = async (
  running: Running,
  started: readonly { stop(): Promise<void> }[],
): Promise<void> => {
  await Promise.all(started.map((each) => each.stop()));
  await drain(running);
  await running.engine.close();
  await running.executor.stop();
  await running.pool.end();
};

/** Keeps the tables of durable work small. */
const forgetting = (database: Database, engine: WorkflowEngine): Poll => ({
  name: 'forget old workflows',
  intervalMs: forgetEveryMs,
  run: async () => {
    await engine.forget();
    await forgetMarks(database);
  },
});

/** Durable work over the database; one at a time in a process. */
export const createDurable = (options: DurableOptions): Durable => {
  const { database, log, logger } = options;
  const running = assemble(options);
  const { executor, begun, due } = running;
  const callOthers = createCall(database);
  const engine = {
    ...running.engine,
    dispatch: () => (launched ? running.engine.dispatch() : callOthers()),
  };
  const polls: Poll[] = [forgetting(database, engine)];
  const started: { stop(): Promise<void> }[] = [];
  let launched = false;
  let closing: Promise<void> | undefined;
  const surroundings = {
    database,
    log,
    engine,
    ending: { begun: begun.signal, due: due.signal },
    onPark: () => {
      running.active -= 1;
    },
  };
  const startPolls = (which: readonly Poll[]): void => {
    started.push(...which.map((poll) => startPoll({ database, logger, executor }, poll)));
  };
  return {
    define: (name, run, { onExhausted } = {}) => {
      const definition = { name, run, onExhausted } as Definition;
      engine.register(name, async (id, envelope) => {
        running.active += 1;
        await runWorkflow(surroundings, definition, { id, envelope }).finally(() => {
          running.active -= 1;
        });
      });
      return { name };
    },
    transact: async (f) => {
      const work = { engine, correlationId: null, steps: () => [], f };
      const { result, effects } = await transactOnce(database, work);
      announce(effects, log, engine);
      return result;
    },
    every: (name, intervalMs, run) => {
      const poll = { name, intervalMs, run };
      polls.push(poll);
      if (launched) startPolls([poll]);
    },
    launch: async () => {
      await engine.launch();
      await executor.start();
      launched = true;
      started.push({
        stop: listen({ url: database.url, channel: workChannel, wake: engine.dispatch }).close,
      });
      startPolls(polls);
    },
    retryDeadLetter: (id) => replayDeadLetter(database.db, engine, id),
    close: () => {
      closing ??= close(running, started);
      return closing;
    },
  };
};
