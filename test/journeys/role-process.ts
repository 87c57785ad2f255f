import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One process of a split hub, as its users run it. */
export interface RoleProcess {
  /** Resolves when it says that it is ready; rejects with what it printed when it ends before. */
  readonly ready: Promise<void>;
  /** As Ctrl-C does; answers the exit code and everything it has printed. */
  readonly stop: () => Promise<{ readonly code: number | null; readonly printed: string }>;
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', resolve));

/** Starts `roles/<words>`. */
export const startRole = (
  [role, ...words]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
): RoleProcess => {
  const child = spawn(process.execPath, [`roles/${role}.ts`, ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: unknown): void => {
      printed += String(chunk);
      if (/ is ready/.test(printed)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`${role} ended with ${code}:\n${printed}`)));
  });
  return {
    ready,
    stop: async () => {
      child.kill('SIGINT');
      return { code: await ended(child), printed };
    },
  };
};
