import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const measuredCore = '1';
const otherCores = '0';

const canPin =
  availableParallelism() > 1 &&
  spawnSync('taskset', ['-c', measuredCore, 'true'], { stdio: 'ignore' }).status === 0;

/** A command that runs on the core of what is measured; as it is where processes cannot be pinned. */
export const pinned = (command: string, args: readonly string[]): [string, readonly string[]] =>
  canPin ? ['taskset', ['-c', measuredCore, command, ...args]] : [command, args];

/** Keeps this process, which makes the load, and what it starts from now on away from the core of what is measured. */
export const stayAway = (): void => {
  if (canPin) spawnSync('taskset', ['-acp', otherCores, String(process.pid)], { stdio: 'ignore' });
};
