import type { Kysely } from 'kysely';
import type { AuditLine } from './audit.ts';
import type { Database } from './database.ts';
import type { NewEvent } from './event.ts';
import type { EventLog } from './event-log.ts';
import type { Logger } from './logger.ts';
import type { Tables } from './tables.generated.ts';

/** What survives being written down: workflow inputs and step results. Use type aliases, not interfaces, for them. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export interface StartOptions {
  /** The same id started twice runs once. Without one, every start is a new run. */
  readonly id?: string;
  /** Starts that long after the commit; survives restarts. */
  readonly delayMs?: number;
  /** What the run belongs to; that of the workflow that starts it when not given. */
  readonly correlationId?: string;
}

/** What one commit holds: all of it happens, or nothing. */
export interface Transaction {
  /** Works on the transaction's own connection. */
  readonly db: Kysely<Tables>;
  event(event: NewEvent): void;
  audit(line: AuditLine): void;
  start<I extends Json>(workflow: Workflow<I>, input: I, options?: StartOptions): void;
}

export interface CallOptions {
  /** The outside system that is called, for the process steps. */
  readonly system?: string;
  /** How often the call is tried before it is given up; 8 unless told, which takes about half a minute. */
  readonly attempts?: number;
  /** How long one attempt may take; 10 seconds unless told. */
  readonly timeoutMs?: number;
}

export interface Steps {
  readonly workflowId: string;
  readonly correlationId: string | null;
  /**
   * One call to the outside. It happens at least once: after a crash it happens again, so the callee looks up by reference
   * first. What is transient, throttled or ambiguous is tried again, later each time; the rest is thrown at once.
   */
  call<T>(
    name: string,
    f: (attempt: number, signal: AbortSignal) => Promise<T>,
    options?: CallOptions,
  ): Promise<T>;
  /**
   * One transaction, exactly once: rows, events, audit lines, started workflows, and the fact that the step is done. The
   * function may run again when the connection is lost or a deadlock is broken: it must only touch the transaction.
   */
  commit<T>(name: string, f: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** A kind of workflow, by name; what it takes. */
export interface Workflow<I> {
  readonly name: string;
  /** Never set; it ties the input's type to the name. */
  readonly input?: I;
}

/** What is written, in the same transaction as the dead letter, when a workflow is given up. */
export type OnExhausted<I> = (tx: Transaction, input: I, error: unknown) => Promise<void>;

export type Replay = 'REPLAYED' | 'ALREADY_RUNNING' | 'NOT_FOUND';

export interface Durable {
  /** Defines a workflow; before launch(). The run is repeated from its last finished step after a crash, so it must be deterministic between its steps. */
  define<I extends Json>(
    name: string,
    run: (steps: Steps, input: I) => Promise<void>,
    options?: { readonly onExhausted?: OnExhausted<I> },
  ): Workflow<I>;
  /**
   * A transaction outside of any workflow, exactly once even when the connection breaks at its commit. The function may run
   * again when the connection is lost before that: it must only touch the transaction.
   */
  transact<T>(f: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Repeats work, in one process at a time and never overlapping. What it throws is logged, and the next tick goes on. */
  every(name: string, intervalMs: number, run: (signal: AbortSignal) => Promise<void>): void;
  /** Begins to run workflows and polls, first those that a dead process left behind. A process that only starts workflows need not. */
  launch(): Promise<void>;
  /** Runs a given-up workflow again, from the step that failed. */
  retryDeadLetter(id: string): Promise<Replay>;
  /** Ends in order: what runs may finish within 5 seconds, the rest is left for the next start. */
  close(): Promise<void>;
}

export interface DurableOptions {
  readonly database: Database;
  readonly log: EventLog;
  readonly logger: Logger;
  /** Names this process among those that share the database; a new name for every start unless told. */
  readonly executorId?: string;
  /** Workflows at once in this process; 500 unless told, for most of them wait for an outside system. */
  readonly concurrency?: number;
}
