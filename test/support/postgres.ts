import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate, openDatabase } from '../../platform/database.ts';

/** Where the migrations lie. */
export const migrationsFolder = fileURLToPath(new URL('../../schema/migrations', import.meta.url));

/** Another set of migrations is another template, so a server that outlives the run never serves an old one. */
const templateName = (): string => {
  const digest = createHash('sha256');
  for (const file of readdirSync(migrationsFolder).sort())
    digest.update(readFileSync(join(migrationsFolder, file)));
  return `syncline_template_${digest.digest('hex').slice(0, 12)}`;
};

const serverUrl = (): string => {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined)
    throw new Error('Tests need the server that test/support/global-setup.ts starts.');
  return url;
};

/** The address of a database on the run's server. */
const urlOf = (name: string): string => {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
};

const onServer = async <T>(f: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(serverUrl());
  await client.connect();
  try {
    return await f(client);
  } finally {
    await client.end();
  }
};

/** Makes the database with all migrations that fresh ones are copied from, unless it is there. */
export const prepareTemplate = (): Promise<void> =>
  onServer(async (client) => {
    const name = templateName();
    // Runs that share a server must not make it twice.
    await client.query('select pg_advisory_lock(7201)');
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount !== 0) return;
    const unfinished = `${name}_${randomBytes(4).toString('hex')}`;
    await client.query(`create database ${unfinished}`);
    const database = await openDatabase(urlOf(unfinished));
    try {
      await migrate(database, migrationsFolder);
    } finally {
      await database.close();
    }
    await client.query(`alter database ${unfinished} rename to ${name}`);
  });

/** A database of one's own with all migrations applied; drop it when done. Costs well below 100 ms. */
export const freshDatabase = async (): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `syncline_test_${randomBytes(6).toString('hex')}`;
  await onServer((client) => client.query(`create database ${name} template ${templateName()}`));
  const drop = (): Promise<void> =>
    onServer(async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
    });
  return { url: urlOf(name), drop };
};
