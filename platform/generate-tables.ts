import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, openDatabase } from './database.ts';
import { startPostgres } from './embedded-postgres.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes platform/tables.generated.ts: the types of all tables, read from a new database that has all migrations of
 * schema/migrations. Needs nothing but this folder.
 */
export const generateTables = async (): Promise<void> => {
  const dir = await mkdtemp(join(tmpdir(), 'syncline-tables-'));
  const server = await startPostgres({ dir });
  try {
    const database = await openDatabase(server.url);
    await migrate(database, join(root, 'schema/migrations'));
    await database.close();
    const file = join(root, 'platform/tables.generated.ts');
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
        '--dialect',
        'postgres',
        '--camel-case',
      ]
        .concat(['--date-parser', 'string', '--exclude-pattern', 'hub.kysely_migration*'])
        .concat(['--out-file', file, '--url', server.url]),
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('export interface DB {', 'export interface Tables {'));
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
};

if (import.meta.main) await generateTables();
