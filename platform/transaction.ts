import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { type AuditLine, appendAudit } from './audit.ts';
import { bindClient, type Database } from './database.ts';
import type { Transaction } from './durable.ts';
import { errorCode } from './error-code.ts';
import type { NewEvent } from './event.ts';
import { appendEvents, type EventLog } from './event-log.ts';
import { isConnectionError, whileAway } from './patient-pool.ts';
import { appendSteps, type ProcessStep } from './process-step.ts';
import { currentTraceparent } from './tracing.ts';
import type { Enqueued, WorkflowEngine } from './workflow-engine.ts';

/** What a commit brought about that others wait for. */
export interface Effects {
  readonly events: boolean;
  readonly starts: boolean;
}

interface Collected {
  readonly events: NewEvent[];
  readonly audit: AuditLine[];
  readonly starts: Enqueued[];
}

const collect = (
  client: pg.PoolClient,
  correlationId: string | null,
): { tx: Transaction; collected: Collected; end(): void } => {
  const collected: Collected = { events: [], audit: [], starts: [] };
  let ended = false;
  const open = (): Collected => {
    if (ended) throw new Error('The transaction has ended: nothing can be added to it any more.');
    return collected;
  };
  const tx: Transaction = {
    db: bindClient(client),
    event: (event) => void open().events.push(event),
    audit: (line) => void open().audit.push(line),
    start: (workflow, input, options = {}) =>
      void open().starts.push({
        name: workflow.name,
        id: options.id ?? randomUUID(),
        delayMs: options.delayMs ?? 0,
        envelope: {
          input,
          correlationId: options.correlationId ?? correlationId,
          traceparent: currentTraceparent(),
        },
      }),
  };
  return {
    tx,
    collected,
    end: () => {
      ended = true;
    },
  };
};

interface Work<T> {
  readonly engine: WorkflowEngine;
  readonly correlationId: string | null;
  /** Written with the rest; asked for at the end of the work. */
  readonly steps: () => readonly ProcessStep[];
  readonly f: (tx: Transaction) => Promise<T>;
}

/** Does the work in the open transaction of the client and writes all that it collected; the caller commits. */
export const workIn = async <T>(
  client: pg.PoolClient,
  { engine, correlationId, steps, f }: Work<T>,
): Promise<{ result: T; effects: Effects }> => {
  const { tx, collected, end } = collect(client, correlationId);
  const result = await f(tx);
  end();
  await appendAudit(tx.db, collected.audit);
  for (const start of collected.starts) await engine.enqueue(client, start);
  await appendSteps(tx.db, steps());
  // Last, for the rows of the subjects stay locked from here to the commit.
  await appendEvents(tx.db, collected.events);
  const starts = collected.starts.some((start) => start.delayMs <= 0);
  return { result, effects: { events: collected.events.length > 0, starts } };
};

/** Tells those who wait for the effects of a commit. */
export const announce = (effects: Effects, log: EventLog, engine: WorkflowEngine): void => {
  if (effects.events) log.notify();
  if (effects.starts) engine.dispatch();
};

/** Serialization failure and deadlock: the transaction was rolled back and may simply run again. */
const isCollision = (error: unknown): boolean =>
  errorCode(error) === '40001' || errorCode(error) === '40P01';

interface Done<T> {
  readonly result: T;
  readonly effects: Effects;
  /** False when the answer to the commit was lost. */
  readonly known: boolean;
}

const commit = async (client: pg.PoolClient): Promise<boolean> => {
  try {
    await client.query('commit');
    return true;
  } catch (error) {
    if (isConnectionError(error)) return false;
    throw error;
  }
};

/** One attempt, with its mark; the connection is thrown away when it broke. */
const attempt = async <T>(database: Database, mark: string, work: Work<T>): Promise<Done<T>> => {
  const client = await database.pool.connect();
  let broken = false;
  try {
    // One message for both.
    await client.query(`begin; insert into hub.transaction_mark (id) values ('${mark}')`);
    const done = await workIn(client, work);
    const known = await commit(client);
    broken = !known;
    return { ...done, known };
  } catch (error) {
    broken = isConnectionError(error);
    if (!broken) await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release(broken);
  }
};

/** Whether the transaction with this mark was committed. Waits for one that is still under way, and takes the mark of one that was not. */
const happened = (database: Database, mark: string): Promise<boolean> =>
  whileAway(async () => {
    const { rowCount } = await database.pool.query(
      'insert into hub.transaction_mark (id) values ($1) on conflict do nothing',
      [mark],
    );
    return rowCount === 0;
  });

/** Marks are asked for within seconds. */
export const forgetMarks = async ({ pool }: Database): Promise<void> => {
  await pool.query(`delete from hub.transaction_mark where made_at < now() - interval '1 hour'`);
};

const maxCollisions = 20;

/** Runs the work in a transaction of its own, exactly once: a lost commit is looked up, what surely failed is done again. */
export const transactOnce = async <T>(
  database: Database,
  work: Work<T>,
): Promise<{ result: T; effects: Effects }> => {
  for (let collisions = 0; ; collisions += 1) {
    try {
      let mark = '';
      const done = await whileAway(() => {
        mark = randomUUID();
        return attempt(database, mark, work);
      });
      if (done.known || (await happened(database, mark))) return done;
    } catch (error) {
      if (!isCollision(error) || collisions >= maxCollisions) throw error;
      await wait(Math.random() * 10 * (collisions + 1));
    }
  }
};
