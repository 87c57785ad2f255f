import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../platform/database.ts';
import { createDurable, type Durable } from '../../platform/durable.ts';
import { type EventLog, openEventLog } from '../../platform/event-log.ts';
import { createLogger } from '../../platform/logger.ts';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.ts';
import { audit, event } from '../support/durable-bench.ts';
import { freshDatabase } from '../support/postgres.ts';

let drop: () => Promise<void>;
/** Asks past the proxy. */
let direct: Database;
let proxy: CuttingProxy;
let database: Database;
let log: EventLog;
let durable: Durable;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  direct = await openDatabase(fresh.url);
  proxy = await startCuttingProxy(fresh.url);
  database = await openDatabase(proxy.url, { max: 2 });
  log = await openEventLog(database);
  durable = createDurable({
    database,
    log,
    logger: createLogger({ level: 'silent', pretty: false }),
  });
});

afterAll(async () => {
  await durable.close();
  await log.close();
  await database.close();
  await proxy.close();
  await direct.close();
  await drop();
});

const countOf = async (id: string): Promise<{ events: number; audits: number }> => {
  const { rows } = await sql<{ events: number; audits: number }>`
    select (select count(*)::int from hub.event where subject_id = ${id}) as events,
      (select count(*)::int from hub.audit_entry where subject_id = ${id}) as audits`.execute(
    direct.db,
  );
  return rows[0] ?? { events: 0, audits: 0 };
};

test.each([
  ['at its begin', 'begin', 'before'],
  ['after its begin', 'begin', 'after'],
  ['at its first statement', 'pg_sleep', 'before'],
  ['after its first statement', 'pg_sleep', 'after'],
  ['while its audit lines are written', 'audit_entry', 'after'],
  ['while its events are written', 'append_events', 'after'],
  ['before its commit arrives', 'commit', 'before'],
  ['after its commit, whose answer is lost', 'commit', 'after'],
] as const)(
  'a transaction whose connection breaks %s happens exactly once',
  async (_, text, when) => {
    // The id must not hold the text that the proxy looks for.
    const id = `order-${proxy.cuts}`;
    const before = proxy.cuts;
    let runs = 0;
    proxy.cutAt(text, when);
    const answer = await durable.transact(async (tx) => {
      runs += 1;
      await sql`select pg_sleep(0)`.execute(tx.db);
      tx.audit(audit(id));
      tx.event(event(id));
      return runs;
    });
    expect(proxy.cuts).toBe(before + 1);
    expect(await countOf(id)).toEqual({ events: 1, audits: 1 });
    // A commit that happened is not done again, and its own answer is given.
    const once = (text === 'commit' && when === 'after') || text === 'begin';
    expect(answer).toBe(once ? 1 : 2);
  },
);

test('an error of the work itself is thrown once and nothing is kept', async () => {
  let runs = 0;
  const failed = durable.transact(async (tx) => {
    runs += 1;
    tx.event(event('bad'));
    await sql`select 1 / 0`.execute(tx.db);
  });
  await expect(failed).rejects.toThrow('division by zero');
  expect(runs).toBe(1);
  expect(await countOf('bad')).toEqual({ events: 0, audits: 0 });
});
