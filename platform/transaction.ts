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

/** The commit was sent and its answer lost: whether it happened stands in the database. */
class CommitUnknown extends Error {
  readonly xid: string;
  constructor(xid: string, cause: unknown) {
    super('The answer to a commit was lost.', { cause });
    this.xid = xid;
  }
}

const commit = async (client: pg.PoolClient, xid: string): Promise<void> => {
  try {
    await client.query('commit');
  } catch (error) {
    throw isConnectionError(error) ? new CommitUnknown(xid, error) : error;
  }
};

/** One attempt; the connection is thrown away when it broke. */
const attempt = async <T>(
  database: Database,
  work: Work<T>,
): Promise<{ result: T; effects: Effects; unknown?: CommitUnknown }> => {
  const client = await database.pool.connect();
  let broken = false;
  try {
    const opened = await client.query('begin; select pg_current_xact_id()::text as xid');
    // Two statements in one message: node-postgres answers with an array of results.
    const [, current] = opened as unknown as [unknown, pg.QueryResult<{ xid: string }>];
    const done = await workIn(client, work);
    try {
      await commit(client, current.rows[0]?.xid ?? '');
      return done;
    } catch (error) {
      if (!(error instanceof CommitUnknown)) throw error;
      broken = true;
      return { ...done, unknown: error };
    }
  } catch (error) {
    broken = isConnectionError(error);
    if (!broken) await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release(broken);
  }
};

const happened = (database: Database, xid: string): Promise<boolean> =>
  whileAway(async () => {
    for (;;) {
      const { rows } = await database.pool.query<{ status: string | null }>(
        'select pg_xact_status($1::xid8) as status',
        [xid],
      );
      const status = rows[0]?.status;
      if (status !== 'in progress') return status === 'committed';
      await wait(20);
    }
  });

const maxCollisions = 20;

/** Runs the work in a transaction of its own, exactly once: a lost commit is looked up, what surely failed is done again. */
export const transactOnce = async <T>(
  database: Database,
  work: Work<T>,
): Promise<{ result: T; effects: Effects }> => {
  for (let collisions = 0; ; collisions += 1) {
    try {
      const done = await whileAway(() => attempt(database, work));
      if (done.unknown === undefined || (await happened(database, done.unknown.xid))) return done;
    } catch (error) {
      if (!isCollision(error) || collisions >= maxCollisions) throw error;
      await wait(Math.random() * 10 * (collisions + 1));
    }
  }
};
