import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** When the process was started, in the kernel's own count; tells a process from a later one with the same id. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces; the start time is the 22nd field.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

/** True while the process runs; a zombie does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return process.platform !== 'linux';
  }
};

const holderOf = (file: string): { readonly pid: number; readonly start: string } | null => {
  try {
    const [pid = '', start = ''] = readFileSync(file, 'utf8').split(' ');
    return { pid: Number(pid), start };
  } catch {
    return null;
  }
};

/** The id of the living process that holds the lock, or null. */
const livingHolder = (file: string): number | null => {
  const holder = holderOf(file);
  if (holder === null || !Number.isInteger(holder.pid) || holder.pid <= 0) return null;
  return isAlive(holder.pid) && startOf(holder.pid) === holder.start ? holder.pid : null;
};

/** Another living process holds the folder. */
class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly pid: number;

  constructor(file: string, pid: number) {
    super(
      `${dirname(file)} is in use by the hub with process id ${pid}. ` +
        `Stop that one first (kill ${pid}), or give this one another folder (DATA_DIR) and another port (PORT).`,
    );
    this.pid = pid;
  }
}

/**
 * Claims the file for this process and answers how to give it back. What a dead process left behind is taken over;
 * a living holder is a FolderInUse.
 */
export const lockFolder = (file: string): (() => void) => {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o644 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = livingHolder(file);
    if (pid !== null) throw new FolderInUse(file, pid);
    rmSync(file, { force: true });
  }
  throw new Error(`${file} could not be locked: several processes fight for it.`);
};
