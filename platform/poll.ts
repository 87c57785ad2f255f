import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { Executor } from './executor.ts';
import type { Logger } from './logger.ts';
import { SystemRefused, SystemUnavailable } from './system-error.ts';
import { recordFailure, recordSuccess } from './system-health.ts';

/** Work that is repeated as long as the hub runs. */
export interface Poll {
  readonly name: string;
  /** From one start to the next; a run that takes longer is followed by the next at once. */
  readonly intervalMs: number;
  readonly run: (signal: AbortSignal) => Promise<void>;
}

interface PollSurroundings {
  readonly database: Database;
  readonly logger: Logger;
  readonly executor: Executor;
}

/** Repeats the work until stopped, in one process at a time and never overlapping. */
export const startPoll = (
  { database, logger, executor }: PollSurroundings,
  poll: Poll,
): { stop(): Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** The system whose failure ended the last run. */
  let failing: string | null = null;

  const runOnce = async (): Promise<void> => {
    const begun = performance.now();
    try {
      await poll.run(signal);
      if (failing === null) return;
      await recordSuccess(database.db, { system: failing, latencyMs: performance.now() - begun });
      failing = null;
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ poll: poll.name, err: error }, 'a poll failed');
      if (!(error instanceof SystemUnavailable || error instanceof SystemRefused)) return;
      failing = error.system;
      await recordFailure(database.db, { system: error.system, error: error.message });
    }
  };
  const tick = async (): Promise<void> => {
    try {
      if (await executor.leads(poll.name)) await runOnce();
    } catch (error) {
      // The database is away; the next tick tries again.
      logger.debug({ poll: poll.name, err: error }, 'a poll could not be recorded');
    }
  };
  const repeat = async (): Promise<void> => {
    while (!signal.aborted) {
      const nextAt = performance.now() + poll.intervalMs;
      await tick();
      const pauseMs = Math.max(0, nextAt - performance.now());
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = repeat();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
