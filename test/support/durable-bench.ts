import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Database, openDatabase } from '../../platform/database.ts';
import { createDurable, type Durable, type Steps } from '../../platform/durable.ts';
import type { NewEvent } from '../../platform/event.ts';
import { type EventLog, openEventLog } from '../../platform/event-log.ts';
import { hubIdentity } from '../../platform/identity.ts';
import { createLogger } from '../../platform/logger.ts';
import { SystemUnavailable } from '../../platform/system-error.ts';
import { freshDatabase } from './postgres.ts';
import { until } from './until.ts';

const logger = createLogger({ level: process.env['LOG_LEVEL'] ?? 'silent', pretty: true });

export const event = (subjectId: string, data: Record<string, unknown> = {}): NewEvent => ({
  type: 'Ordered',
  subjectType: 'Order',
  subjectId,
  correlationId: null,
  facilityId: null,
  departmentId: null,
  data,
});

export const audit = (subjectId: string) => ({
  actor: hubIdentity,
  action: 'order',
  subjectType: 'Order',
  subjectId,
  correlationId: null,
  facilityId: null,
  before: null,
  after: { subjectId },
  authority: 'test',
});

/** What a connector throws when its system is away. */
export const down = (
  kind: 'transient' | 'ambiguous' | 'permanent' | 'throttled',
  retryAfterMs?: number,
): SystemUnavailable =>
  new SystemUnavailable('sap-north is away.', {
    system: 'sap-north',
    operation: 'order',
    kind,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

/** A database of the file's own with a durable for each test; what was written can be asked for. */
export class DurableBench {
  #database: Database | undefined;
  #log: EventLog | undefined;
  #durable: Durable | undefined;
  #last = 0;

  get database(): Database {
    if (this.#database === undefined) throw new Error('The bench is not open.');
    return this.#database;
  }

  get log(): EventLog {
    if (this.#log === undefined) throw new Error('The bench is not open.');
    return this.#log;
  }

  get durable(): Durable {
    if (this.#durable === undefined) throw new Error('The bench is not open.');
    return this.#durable;
  }

  readonly open = async (): Promise<void> => {
    const fresh = await freshDatabase();
    const database = await openDatabase(fresh.url);
    this.#database = { ...database, close: () => database.close().then(fresh.drop) };
    this.#log = await openEventLog(database);
  };

  readonly close = async (): Promise<void> => {
    await this.log.close();
    await this.database.close();
  };

  readonly create = (): Durable =>
    createDurable({ database: this.database, log: this.log, logger });

  /** The process ends in order, and the next one starts. */
  readonly restart = async (): Promise<void> => {
    await this.#durable?.close();
    this.#durable = this.create();
  };

  /** An id that no other test of the file has. */
  readonly newId = (): string => {
    this.#last += 1;
    return `id-${this.#last}`;
  };

  readonly dataOf = async (subjectId: string): Promise<unknown[]> => {
    const query = this.database.db.selectFrom('hub.event').select('data').orderBy('version');
    return (await query.where('subjectId', '=', subjectId).execute()).map((row) => row.data);
  };

  readonly auditsOf = async (subjectId: string): Promise<number> => {
    const query = this.database.db.selectFrom('hub.auditEntry').select('id');
    return (await query.where('subjectId', '=', subjectId).execute()).length;
  };

  readonly stepsOf = (workflowId: string) =>
    this.database.db
      .selectFrom('hub.processStep')
      .select(['step', 'system', 'attempt', 'outcome', 'detail', 'correlationId'])
      .where('workflowId', '=', workflowId)
      .orderBy('id')
      .execute();

  readonly letterOf = (workflowId: string) =>
    this.database.db
      .selectFrom('hub.deadLetter')
      .selectAll()
      .where('workflowId', '=', workflowId)
      .executeTakeFirst();

  /** Runs a workflow of these steps once, to its end or to its dead letter; its id. */
  readonly run = async (steps: (steps: Steps) => Promise<void>): Promise<string> => {
    const id = this.newId();
    let ended = false;
    const workflow = this.durable.define<string>(
      `workflow ${id}`,
      async (given) => {
        await steps(given);
        ended = true;
      },
      { onExhausted: async (tx, input) => tx.event(event(input, { exhausted: true })) },
    );
    await this.durable.launch();
    const options = { id, correlationId: `c-${id}` };
    await this.durable.transact(async (tx) => tx.start(workflow, id, options));
    await until(async () => ended || (await this.letterOf(id)) !== undefined);
    return id;
  };
}

/** Opens a bench for the file, with a new durable for every test. */
export const useDurableBench = (): DurableBench => {
  const bench = new DurableBench();
  beforeAll(bench.open);
  beforeEach(bench.restart);
  afterEach(() => bench.durable.close());
  afterAll(bench.close);
  return bench;
};
