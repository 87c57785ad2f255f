import type pg from 'pg';
import type { Json } from './durable.ts';

/** What a workflow is started with. */
export interface Envelope {
  readonly input: Json;
  readonly correlationId: string | null;
  /** W3C trace context of the transaction that started it, or null. */
  readonly traceparent: string | null;
}

export interface Enqueued {
  readonly name: string;
  readonly id: string;
  readonly delayMs: number;
  readonly envelope: Envelope;
}

export type Run = (workflowId: string, envelope: Envelope) => Promise<void>;

/** Durable execution, as far as the hub needs it. Only dbos-engine.ts knows DBOS, so that another engine can replace it. */
export interface WorkflowEngine {
  /** Before launch. */
  register(name: string, run: Run): void;
  /** Writes the workflow into the open transaction of the client. An id that exists already changes nothing. */
  enqueue(client: pg.PoolClient, work: Enqueued): Promise<void>;
  /** A step that happens at least once; its result is kept. Only inside a run. */
  step<T extends Json>(name: string, f: () => Promise<T>): Promise<T>;
  /** A step in one transaction with its own record: exactly once. Only inside a run. */
  commit<T>(name: string, f: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** The number that the next step will have. Only inside a run. */
  nextStep(): number;
  /** True for what must reach the engine untouched: the run lost its workflow to another process, or was cancelled. */
  isInterruption(error: unknown): boolean;
  /** True when the workflow's code no longer has the steps that it was begun with. */
  isChangedCode(error: unknown): boolean;
  /** Takes up waiting work now. */
  dispatch(): void;
  /** Puts back to waiting what the process left in the middle; answers how many. */
  recover(executorId: string): Promise<number>;
  /** Puts the running workflow back to waiting; answers the interruption that its run has to end with. */
  putBack(workflowId: string): Promise<Error>;
  /**
   * Puts back what the database holds for running here and what does not: the answer to its claim was lost. Asked for
   * regularly; only what was so at the last time too is put back.
   */
  putBackStrays(): Promise<void>;
  /** Puts a finished workflow back to waiting, from this step on; false when it is not finished. */
  rewind(workflowId: string, step: number): Promise<boolean>;
  /** Removes workflows that ended well so long ago that nobody starts them again by their id. */
  forget(): Promise<void>;
  launch(): Promise<void>;
  /** Takes up no more work; what runs goes on. */
  pause(): Promise<void>;
  close(): Promise<void>;
}
