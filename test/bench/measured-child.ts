import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pinned } from './pinned.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const reporter = new URL('./peers/report-usage.mjs', import.meta.url).href;

/** What a process has used since its start. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** What lives on the heap and in buffers beside it. */
  readonly heapBytes: number;
}

/** A process under measurement. */
export interface MeasuredChild {
  /** Of the process itself, by its own `process.cpuUsage()`. */
  readonly usage: () => Promise<Usage>;
  /** The same, after a garbage collection. */
  readonly usageCollected: () => Promise<Usage>;
  /** Sends the script a question of its own and answers its next message. */
  readonly ask: <T>(question: string) => Promise<T>;
  readonly tell: (message: object) => void;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly stop: () => Promise<void>;
}

const startWithinMs = 30_000;

const ready = (child: ChildProcess, wanted: RegExp): Promise<void> =>
  new Promise((resolve, reject) => {
    let printed = '';
    const tooLate = setTimeout(
      () => reject(new Error(`It was not ready in ${startWithinMs} ms:\n${printed}`)),
      startWithinMs,
    );
    const hear = (chunk: unknown): void => {
      if (printed.length < 20_000) printed += String(chunk);
      if (!wanted.test(printed)) return;
      clearTimeout(tooLate);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(tooLate);
      reject(new Error(`It ended with ${code}:\n${printed.slice(-2000)}`));
    });
  });

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(patience);
};

/**
 * Starts a script of this repository in a process of its own and waits until it says that it is ready, on a core of its own
 * where it is to be pinned; rejects with what it said.
 */
export const startMeasured = async (
  script: string,
  env: Readonly<Record<string, string>>,
  { readyWhen = /ready/, isPinned = false, flags = [] as readonly string[] } = {},
): Promise<MeasuredChild> => {
  const plain = [process.execPath, [...flags, '--import', reporter, script]] as const;
  const [command, args] = isPinned ? pinned(...plain) : plain;
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ask = <T>(question: string): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (answer) => resolve(answer as T));
      child.send(question, (error) => {
        if (error !== null) reject(error);
      });
    });
  try {
    await ready(child, readyWhen);
  } catch (error) {
    await stopped(child);
    throw error;
  }
  return {
    ask,
    tell: (message) => void child.send(message),
    usage: () => ask('usage'),
    usageCollected: () => ask('collect'),
    signal: (name) => void child.kill(name),
    stop: () => stopped(child),
  };
};
