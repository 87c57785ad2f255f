import { sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import { orders, requests } from './seed/seed-documents.ts';
import { masters, organisation } from './seed/seed-organisation.ts';
import { history, stock, work } from './seed/seed-work.ts';

/**
 * Fills a database with two facilities, three suppliers, twelve items, thirty requisitions (the last ten wait for approval),
 * twenty orders of which ten are partly received, and what hangs on them. Even numbers are of `north`, odd ones of `south`.
 */
export const seedGraph = async (database: Database): Promise<void> => {
  const numbers = Array.from({ length: 30 }, (_, n) => n);
  const ordered = numbers.filter((n) => n < 20);
  await organisation(database);
  await masters(database);
  await requests(database, numbers);
  await orders(database, ordered);
  await stock(database);
  await work(database);
  await history(database, numbers);
  await sql`analyze`.execute(database.db);
};
