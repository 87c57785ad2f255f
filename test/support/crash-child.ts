import { sql } from 'kysely';
import pg from 'pg';
import { openDatabase } from '../../platform/database.ts';
import {
  createDurable,
  type Durable,
  type Transaction,
  type Workflow,
} from '../../platform/durable.ts';
import { openEventLog } from '../../platform/event-log.ts';
import { hubIdentity } from '../../platform/identity.ts';
import { createLogger } from '../../platform/logger.ts';
import { isConnectionError } from '../../platform/patient-pool.ts';
import { SystemUnavailable } from '../../platform/system-error.ts';

/** Tables of the other system (a ledger that takes every booking, also twice) and of the business. */
export const crashTables = `
  create schema crash;
  create table crash.ledger (reference text not null, booked_at timestamptz not null default clock_timestamp());
  create table crash.request (id text not null, state text not null)`;

/** Books in the other system: looks up by reference, then books; its answer can be lost at any point. */
const book = async (ledger: pg.Pool, reference: string): Promise<string> => {
  try {
    const found = await ledger.query('select 1 from crash.ledger where reference = $1', [
      reference,
    ]);
    if (found.rowCount === 0)
      await ledger.query('insert into crash.ledger (reference) values ($1)', [reference]);
    return reference;
  } catch (error) {
    if (!isConnectionError(error)) throw error;
    throw new SystemUnavailable('The ledger is away.', {
      system: 'ledger',
      operation: 'book',
      kind: 'ambiguous',
    });
  }
};

const row = (id: string, state: string) => ({ id, state });

/** A saga of two workflows: book, record and start the second, which books again and closes. */
export const defineSaga = (durable: Durable, ledger: pg.Pool): Workflow<string> => {
  const fact = (type: string, id: string) => ({
    event: {
      type,
      subjectType: 'Request',
      subjectId: id,
      correlationId: id,
      facilityId: null,
      departmentId: null,
      data: {},
    },
    line: {
      actor: hubIdentity,
      action: type,
      subjectType: 'Request',
      subjectId: id,
      correlationId: id,
      facilityId: null,
      before: null,
      after: row(id, type),
      authority: 'test',
    },
  });
  const advance = (id: string, state: string) => async (tx: Transaction) => {
    const { event, line } = fact(state, id);
    await sql`insert into crash.request (id, state) values (${id}, ${state})`.execute(tx.db);
    tx.event(event);
    tx.audit(line);
  };
  const second = durable.define<string>('second', async (steps, id) => {
    await steps.call('book the end', () => book(ledger, `${id}/end`), {
      system: 'ledger',
      attempts: 1000,
    });
    await steps.commit('close', advance(id, 'CLOSED'));
  });
  return durable.define<string>('first', async (steps, id) => {
    await steps.call('book the begin', () => book(ledger, `${id}/begin`), {
      system: 'ledger',
      attempts: 1000,
    });
    await steps.commit('record', async (tx) => {
      await advance(id, 'RECORDED')(tx);
      tx.start(second, id, { id: `${id}/second` });
    });
  });
};

/** The process that is killed: runs what is there, until it is. */
const main = async (url: string): Promise<void> => {
  const database = await openDatabase(url);
  const log = await openEventLog(database);
  const logger = createLogger({ level: 'error', pretty: true });
  const durable = createDurable({ database, log, logger });
  const ledger = new pg.Pool({ connectionString: url, max: 8 });
  ledger.on('error', () => undefined);
  ledger.on('connect', (client) => client.on('error', () => undefined));
  defineSaga(durable, ledger);
  await durable.launch();
  process.stdout.write('launched\n');
};

if (import.meta.main) await main(process.argv[2] ?? '');
