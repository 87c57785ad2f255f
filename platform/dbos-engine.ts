import { randomUUID } from 'node:crypto';
import { DBOS, DBOSClient, type WorkflowQueue } from '@dbos-inc/dbos-sdk';
import type { ClientHandle } from '@dbos-inc/dbos-sdk/internal/client';
import {
  currentOwnerXid,
  functionIDGet,
  functionIDGetIncrement,
} from '@dbos-inc/dbos-sdk/internal/context';
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import {
  DBOSUnexpectedStepError,
  DBOSWorkflowCancelledError,
  DBOSWorkflowConflictError,
} from '@dbos-inc/dbos-sdk/internal/error';
import { dbRetryConfig } from '@dbos-inc/dbos-sdk/internal/utils';
import type pg from 'pg';
import type { Json } from './durable.ts';
import type { Logger } from './logger.ts';
import { whileAway } from './patient-pool.ts';
import { serially } from './serially.ts';
import type { Envelope, Run, WorkflowEngine } from './workflow-engine.ts';

const applicationName = 'syncline';
const queueName = 'hub';
/** All code versions share one: workflows are short, and a new version goes on with what an old one left. */
const applicationVersion = '1';
/** Work is dispatched at once after its commit; this is for what other processes could not take. */
const pollMs = 1000;
/** How long an id started twice still means once. */
const rememberMs = 90 * 86_400_000;
const forgetBatch = 500;

interface EngineOptions {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly executorId: string;
  readonly concurrency: number;
}

type Executor = NonNullable<typeof DBOSExecutor.globalInstance>;

const executor = (): Executor => {
  if (DBOSExecutor.globalInstance === undefined) throw new Error('Workflows are not launched.');
  return DBOSExecutor.globalInstance;
};

const currentWorkflow = (): string => {
  const id = DBOS.workflowID;
  if (id === undefined) throw new Error('A workflow step was taken outside of a workflow.');
  return id;
};

/** DBOS speaks of every retry; only its errors are for people. */
const quietLogger = (logger: Logger) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (entry: unknown) => logger.debug({ source: 'dbos' }, String(entry)),
  error: (error: unknown) => logger.error({ source: 'dbos', err: error }, 'workflow'),
});

const commitStep = async <T>(
  name: string,
  f: (client: pg.PoolClient) => Promise<T>,
): Promise<T> => {
  const { systemDatabase } = executor();
  const number = functionIDGetIncrement();
  let fresh = 'null';
  const stored = await systemDatabase.runTransactionalStep(
    currentWorkflow(),
    number,
    name,
    async (client) => {
      fresh = JSON.stringify((await f(client)) ?? null);
      return fresh;
    },
  );
  if (stored === undefined) return JSON.parse(fresh) as T;
  if (stored.functionName !== name)
    throw new DBOSUnexpectedStepError(
      currentWorkflow(),
      number,
      name,
      stored.functionName ?? 'nothing',
    );
  if (stored.error) return await DBOSExecutor.reviveResultOrError<T>(stored, executor().serializer);
  return JSON.parse(stored.output ?? 'null') as T;
};

const callStep = <T extends Json>(name: string, f: () => Promise<T>): Promise<T> => {
  const number = functionIDGetIncrement();
  return executor().runInternalStep(f, name, currentWorkflow(), number);
};

const unfinished = ['PENDING', 'ENQUEUED', 'DELAYED'];

/** Works also in a process that runs no workflows itself. */
const rewind = async (client: DBOSClient, workflowId: string, step: number): Promise<boolean> => {
  const { systemDatabase } = client.retrieveWorkflow(workflowId) as ClientHandle<unknown>;
  const status = await systemDatabase.getWorkflowStatus(workflowId);
  if (status === null || unfinished.includes(status.status)) return false;
  await systemDatabase.rewindWorkflow(workflowId, step, { queueName });
  return true;
};

/** Back to waiting, unless another run has begun since. */
const release = (pool: pg.Pool, workflowId: string, owner: string | null): Promise<unknown> =>
  whileAway(() =>
    pool.query(
      `update dbos.workflow_status set status = 'ENQUEUED', owner_xid = null, started_at_epoch_ms = null
        where workflow_uuid = $1 and status = 'PENDING' and owner_xid is not distinct from $2`,
      [workflowId, owner],
    ),
  );

interface Claim {
  readonly id: string;
  readonly owner: string | null;
}

/** What the database holds for running in this process. */
const claimsHere = async (pool: pg.Pool): Promise<readonly Claim[]> => {
  const { rows } = await pool.query<Claim>(
    `select workflow_uuid as id, owner_xid as owner from dbos.workflow_status
      where status = 'PENDING' and executor_id = $1`,
    [executor().executorID],
  );
  return rows;
};

/** Each call puts back the strays that were there at the call before. */
const createStrays = (pool: pg.Pool, onFound: () => void): (() => Promise<void>) => {
  let suspects = new Set<string>();
  const nameOf = ({ id, owner }: Claim): string => `${id} ${owner}`;
  return async () => {
    const { systemDatabase } = executor();
    const claims = await claimsHere(pool);
    const strays = claims.filter(({ id }) => !systemDatabase.checkForRunningWorkflow(id));
    const certain = strays.filter((claim) => suspects.has(nameOf(claim)));
    for (const { id, owner } of certain) await release(pool, id, owner);
    suspects = new Set(strays.map(nameOf));
    if (certain.length > 0) onFound();
  };
};

const forgetOld = async (pool: pg.Pool): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      `select workflow_uuid as id from dbos.workflow_status
        where status = 'SUCCESS' and completed_at < $1 limit ${forgetBatch}`,
      [Date.now() - rememberMs],
    );
    if (rows.length > 0) await executor().systemDatabase.deleteWorkflows(rows.map(({ id }) => id));
    if (rows.length < forgetBatch) return;
  }
};

/** What DBOS itself does once a second: takes waiting workflows, as many as may run, and runs them. */
const claim = async (queue: WorkflowQueue, logger: Logger): Promise<void> => {
  if (!DBOS.isInitialized()) return;
  const { systemDatabase, executorID } = executor();
  const owner = randomUUID();
  const running = systemDatabase.countRunningWorkflowsForQueue(queueName);
  try {
    const ids = await systemDatabase.findAndMarkStartableWorkflows(
      queue,
      executorID,
      applicationVersion,
      undefined,
      running,
      0,
      owner,
    );
    await executor().dispatchDequeuedWorkflows(ids, owner);
  } catch (error) {
    // The database is away: DBOS takes the work at its own next look.
    logger.debug({ err: error }, 'waiting workflows could not be taken');
  }
};

type Counted = (run: Run) => (envelope: Envelope) => Promise<void>;

/** Counts the runs of this process. Where there were as many as may be, work may be waiting: half empty, it asks for more. */
const countRuns = (concurrency: number, onRoom: () => void): Counted => {
  let running = 0;
  let saturated = false;
  return (run) => async (envelope) => {
    running += 1;
    saturated ||= running >= concurrency;
    try {
      await run(currentWorkflow(), envelope);
    } finally {
      running -= 1;
      if (saturated && running <= concurrency / 2) {
        saturated = false;
        onRoom();
      }
    }
  };
};

const launchDbos = async (
  options: EngineOptions,
  runs: ReadonlyMap<string, Run>,
  counted: Counted,
): Promise<WorkflowQueue> => {
  dbRetryConfig.initialBackoffSec = 0.05;
  dbRetryConfig.maxBackoffSec = 1;
  DBOS.setConfig({
    name: applicationName,
    systemDatabaseUrl: options.url,
    systemDatabasePool: options.pool,
    applicationVersion,
    executorID: options.executorId,
    logger: quietLogger(options.logger),
    useListenNotify: false,
    schedulerPollingIntervalMs: 3_600_000,
  });
  for (const [name, run] of runs)
    DBOS.registerWorkflow(counted(run), { name, maxRecoveryAttempts: 1_000_000 });
  await DBOS.launch();
  return await DBOS.registerQueue(queueName, {
    workerConcurrency: options.concurrency,
    minPollingIntervalMs: pollMs,
    onConflict: 'always_update',
  });
};

/** A DBOS of this process. There can be one at a time, for DBOS keeps its state with the process. */
export const createDbosEngine = (options: EngineOptions): WorkflowEngine => {
  const runs = new Map<string, Run>();
  const client = DBOSClient.create({
    systemDatabaseUrl: options.url,
    systemDatabasePool: options.pool,
    applicationName,
    logger: quietLogger(options.logger),
  });
  let dispatch = (): void => undefined;
  const counted = countRuns(options.concurrency, () => dispatch());
  return {
    register: (name, run) => void runs.set(name, run),
    enqueue: async (connection, { name, id, delayMs, envelope }) => {
      const work = {
        workflowName: name,
        workflowID: id,
        queueName,
        appVersion: applicationVersion,
      };
      const delay = delayMs > 0 ? { delaySeconds: delayMs / 1000 } : {};
      await (await client).enqueueInTransaction(connection, { ...work, ...delay }, envelope);
    },
    step: callStep,
    commit: commitStep,
    nextStep: functionIDGet,
    isInterruption: (error) =>
      error instanceof DBOSWorkflowConflictError || error instanceof DBOSWorkflowCancelledError,
    isChangedCode: (error) => error instanceof DBOSUnexpectedStepError,
    dispatch: () => dispatch(),
    recover: async (executorId) => (await executor().recoverPendingWorkflows([executorId])).length,
    putBack: async (workflowId) => {
      await release(options.pool, workflowId, currentOwnerXid(workflowId) ?? null);
      dispatch();
      return new DBOSWorkflowConflictError(workflowId);
    },
    putBackStrays: createStrays(options.pool, () => dispatch()),
    rewind: async (workflowId, step) => rewind(await client, workflowId, step),
    forget: () => forgetOld(options.pool),
    launch: async () => {
      const queue = await launchDbos(options, runs, counted);
      dispatch = serially(() => claim(queue, options.logger));
    },
    pause: async () => {
      dispatch = () => undefined;
      if (DBOS.isInitialized()) await executor().deactivateEventReceivers();
    },
    close: async () => {
      if (DBOS.isInitialized()) await DBOS.shutdown({ deregister: true });
      await (await client).destroy();
    },
  };
};
