import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../platform/free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The hub as its users run it: a process of its own. */
export interface HubProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything it has printed. */
  readonly printed: () => string;
  /** From the start of the process to its readiness, in milliseconds. */
  readonly readyAfterMs: number;
  readonly kill: () => Promise<void>;
  /** As Ctrl-C does; answers the exit code. */
  readonly stop: () => Promise<number | null>;
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', resolve));

/** Starts `hub.ts` with these settings and waits until it is ready; rejects with what it printed when it ends before. */
export const startHubProcess = async (
  env: Readonly<Record<string, string>>,
): Promise<HubProcess> => {
  const port = env['PORT'] ?? String(await freePort());
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['hub.ts'], {
    cwd: root,
    // The test run's own database is not the hub's unless a test says so.
    env: { ...process.env, DATABASE_URL: '', ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const readyAfterMs = await new Promise<number>((resolve, reject) => {
    const hear = (chunk: unknown): void => {
      printed += String(chunk);
      if (/Syncline is ready/.test(printed)) resolve(performance.now() - startedAt);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`The hub ended with ${code}:\n${printed}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    printed: () => printed,
    readyAfterMs,
    kill: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
    stop: async () => {
      child.kill('SIGINT');
      return await ended(child);
    },
  };
};
