import { setTimeout as wait } from 'node:timers/promises';
import type { CallOptions } from './durable.ts';
import { isConnectionError } from './patient-pool.ts';
import { type FailureKind, SystemRefused, SystemUnavailable } from './system-error.ts';

const defaultAttempts = 8;
const defaultTimeoutMs = 10_000;
const firstPauseMs = 250;
const lastPauseMs = 30_000;

/** A failure as data: kept with the step, so that a repeated run meets the same error. */
export type Failure = {
  readonly name: string;
  readonly message: string;
  readonly refused: boolean;
  readonly system: string | null;
  readonly operation: string;
  readonly kind: FailureKind;
  readonly retryAfterMs: number | null;
};

/** A failure of an outside system, or of our own code (a bug: permanent, of no system). */
export const toFailure = (error: unknown): Failure => {
  if (error instanceof SystemRefused || error instanceof SystemUnavailable) {
    const { name, message, system, operation, kind, retryAfterMs = null } = error;
    return {
      name,
      message,
      refused: error instanceof SystemRefused,
      system,
      operation,
      kind,
      retryAfterMs,
    };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const nothing = { system: null, operation: '', retryAfterMs: null };
  return { name, message, refused: false, kind: 'permanent', ...nothing };
};

/** The error that the failure was made from, as far as anybody may look at it. */
export const toError = (failure: Failure): Error => {
  const { name, message, refused, system, operation, kind, retryAfterMs } = failure;
  if (system === null) return Object.assign(new Error(message), { name });
  const details = { system, operation, kind, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  return refused ? new SystemRefused(message, details) : new SystemUnavailable(message, details);
};

export interface Attempt {
  readonly attempt: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Null when it went well. */
  readonly failure: Failure | null;
  /** Another attempt follows. */
  readonly again: boolean;
}

/** The end of the process, in two steps. */
export interface Ending {
  /** No new attempt is made. */
  readonly begun: AbortSignal;
  /** What runs is not waited for any more. */
  readonly due: AbortSignal;
}

interface OutsideCall<T> {
  readonly name: string;
  readonly options: CallOptions;
  readonly ending: Ending;
  readonly f: (attempt: number, signal: AbortSignal) => Promise<T>;
  readonly onAttempt: (attempt: Attempt) => Promise<void>;
}

/** How long to wait before the next attempt: what the system asked for, else twice as long each time, spread by half. */
const pauseMs = (attempt: number, failure: Failure): number => {
  if (failure.retryAfterMs !== null) return failure.retryAfterMs;
  const fullMs = Math.min(firstPauseMs * 2 ** (attempt - 1), lastPauseMs);
  return fullMs * (0.5 + Math.random() / 2);
};

const retryable: readonly FailureKind[] = ['transient', 'throttled', 'ambiguous'];

/** One attempt within its time; what comes too late may still have happened, so it is ambiguous. */
const tryOnce = async <T>(call: OutsideCall<T>, attempt: number): Promise<T> => {
  const timeoutMs = call.options.timeoutMs ?? defaultTimeoutMs;
  const timeUp = new AbortController();
  const signal = AbortSignal.any([timeUp.signal, call.ending.due]);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const system = call.options.system ?? 'unknown';
      const details = { system, operation: call.name, kind: 'ambiguous' } as const;
      reject(new SystemUnavailable(`No answer within ${timeoutMs} ms.`, details));
      timeUp.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([call.f(attempt, signal), tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

/** The process ends: nothing is decided, and the next process makes the call again. */
export class CallInterrupted extends Error {
  override readonly name = 'CallInterrupted';
}

type Outcome<T> = { readonly value: T } | { readonly failure: Failure };

/** Where one attempt of a call has led. */
type Step<T> = Outcome<T> | { readonly waitMs: number };

/** Our own database is away: no fault of the system, and no attempt that counts. */
const ownFailure = (error: unknown): Failure => ({ ...toFailure(error), kind: 'transient' });

const judge = async <T>(
  call: OutsideCall<T>,
  { attempt, startedAt }: { readonly attempt: number; readonly startedAt: Date },
  error: unknown,
): Promise<Step<T>> => {
  if (call.ending.due.aborted) throw new CallInterrupted();
  const own = isConnectionError(error);
  const failure = own ? ownFailure(error) : toFailure(error);
  const { attempts = defaultAttempts } = call.options;
  const again = own || (attempt < attempts && retryable.includes(failure.kind));
  await call.onAttempt({ attempt, startedAt, endedAt: new Date(), failure, again });
  return again ? { waitMs: pauseMs(attempt, failure) } : { failure };
};

const take = async <T>(call: OutsideCall<T>, attempt: number): Promise<Step<T>> => {
  const startedAt = new Date();
  let value: T;
  try {
    value = await tryOnce(call, attempt);
  } catch (error) {
    return await judge(call, { attempt, startedAt }, error);
  }
  await call.onAttempt({ attempt, startedAt, endedAt: new Date(), failure: null, again: false });
  return { value };
};

/** Calls until it works, is refused, or was tried often enough. */
export const callOutside = async <T>(call: OutsideCall<T>): Promise<Outcome<T>> => {
  for (let attempt = 1; ; attempt += 1) {
    const step = await take(call, attempt);
    if (!('waitMs' in step)) return step;
    await wait(step.waitMs, undefined, { signal: call.ending.begun }).catch(() => {
      throw new CallInterrupted();
    });
  }
};
