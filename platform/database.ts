import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type pg from 'pg';
import { createPool } from './patient-pool.ts';
import type { Tables } from './tables.generated.ts';

/** One PostgreSQL database, typed. Column and table names are camelCase here and snake_case there. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}

/** The keys inside a json column are data, not names: they stay as they are. */
const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true });

/** Kysely over one connection that somebody else opened, in whose transaction it then works. */
export const bindClient = (client: pg.ClientBase): Kysely<Tables> => {
  // Only what Kysely calls; a copy of the client would keep a state of its own beside the connection's.
  const borrowed = {
    query: client.query.bind(client),
    release: () => undefined,
  } as unknown as pg.PoolClient;
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: { connect: async () => borrowed, end: async () => undefined, options: {} },
    }),
    plugins: [camelCase],
  });
};

/**
 * Opens a pool on the database and waits, at most 30 seconds unless told, until the server answers.
 * Losing the server later never ends the process: new connections wait for it to come back.
 */
export const openDatabase = async (
  url: string,
  options: { readonly max?: number; readonly patienceMs?: number } = {},
): Promise<Database> => {
  const pool = createPool(url, { max: 10, ...options });
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [camelCase],
  });
  const close = (): Promise<void> => db.destroy();
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, pool, url, close };
};

/**
 * Applies the files NNNN-name.sql of the folder that were not applied yet, in the order of their names, in one
 * transaction: all or nothing. Several processes may call it at once; one works and the others wait for it.
 */
export const migrate = async (database: Database, folder: string): Promise<void> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const up = async (db: Kysely<unknown>): Promise<void> => {
        await sql.raw(text).execute(db);
      };
      return [file.slice(0, -'.sql'.length), { up }] as const;
    }),
  );
  const migrator = new Migrator({
    db: database.db,
    migrationTableSchema: 'hub',
    provider: { getMigrations: async () => Object.fromEntries(migrations) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed =
    results?.find((result) => result.status === 'Error')?.migrationName ?? 'a migration';
  throw new Error(`The database could not be brought up to date: ${failed} failed.`, {
    cause: error,
  });
};
