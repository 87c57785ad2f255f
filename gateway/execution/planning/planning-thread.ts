import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { OperationRefused } from '../operation-refused.ts';
import type { PlanningMessage, PlanningThreadData, PlanRequest } from './planning-message.ts';

export interface PlanningThreadOptions extends PlanningThreadData {
  /** How long one operation may be planned; the thread's start is not counted. */
  readonly deadlineMs: number;
  /** After how long without work the thread is stopped, to give its memory back. */
  readonly idleMs: number;
}

interface Waiting {
  readonly request: PlanRequest;
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (reason: Error) => void;
}

const mostWaiting = 64;
const heapMb = 512;

const busy = (): OperationRefused =>
  OperationRefused.because(
    'PLANNER_BUSY',
    `${mostWaiting} operations wait to be planned already. Try again, or register the operation.`,
    503,
  );

const tooLate = (deadlineMs: number): OperationRefused =>
  OperationRefused.because(
    'PLANNING_DEADLINE_EXCEEDED',
    `The operation could not be planned within ${deadlineMs} ms. Ask for less in one operation.`,
  );

const tooLarge = (): OperationRefused =>
  OperationRefused.because(
    'PLANNING_MEMORY_EXCEEDED',
    `The operation could not be planned within ${heapMb} MB. Ask for less in one operation.`,
  );

type State =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly worker: Worker }
  | { readonly kind: 'ready'; readonly worker: Worker }
  | { readonly kind: 'planning'; readonly worker: Worker; readonly current: Waiting };

/**
 * Plans operations one after the other in a thread of its own, which is started when it is needed and stopped when it is
 * idle. An operation that takes too long is refused, and the thread, which cannot be interrupted, is replaced.
 */
export class PlanningThread {
  readonly #options: PlanningThreadOptions;
  readonly #waiting: Waiting[] = [];
  #state: State = { kind: 'stopped' };
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PlanningThreadOptions) {
    this.#options = options;
  }

  /** Rejects with OperationRefused when the plan takes too long or too many wait. */
  plan(request: PlanRequest): Promise<QueryPlan> {
    if (this.#waiting.length >= mostWaiting) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    const closed = new Error('The engine was closed.');
    for (const { reject } of this.#waiting.splice(0)) reject(closed);
    if (this.#state.kind === 'planning') this.#state.current.reject(closed);
    await this.#stop();
  }

  /** Does what is to be done next, if the thread is free for it. */
  #next(): void {
    const [next] = this.#waiting;
    if (this.#state.kind === 'stopped') {
      if (next) this.#start();
    } else if (this.#state.kind === 'ready') {
      clearTimeout(this.#timer);
      if (next) this.#begin(this.#state.worker, next);
      else this.#timer = setTimeout(() => void this.#stop(), this.#options.idleMs).unref();
    }
  }

  #start(): void {
    const { deadlineMs, idleMs: _, ...data } = this.#options;
    const workerData: PlanningThreadData = { ...data, limitMs: deadlineMs / 2 };
    const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    worker.unref();
    worker.on('message', (message: PlanningMessage) => this.#heard(worker, message));
    worker.on('error', (error: NodeJS.ErrnoException) =>
      this.#lost(worker, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error),
    );
    this.#state = { kind: 'starting', worker };
  }

  #begin(worker: Worker, next: Waiting): void {
    this.#waiting.shift();
    this.#state = { kind: 'planning', worker, current: next };
    this.#timer = setTimeout(() => {
      next.reject(tooLate(this.#options.deadlineMs));
      this.#replace();
    }, this.#options.deadlineMs);
    worker.postMessage(next.request);
  }

  #heard(worker: Worker, message: PlanningMessage): void {
    const state = this.#state;
    // What a thread says that was given up in the meantime is of no use to anybody.
    if (state.kind === 'stopped' || state.worker !== worker) return;
    if (state.kind === 'planning') {
      if (message.kind === 'planned') state.current.resolve(message.plan);
      if (message.kind === 'refused')
        state.current.reject(OperationRefused.because(message.code, message.message));
      if (message.kind === 'failed') state.current.reject(new Error(message.message));
    }
    this.#state = { kind: 'ready', worker };
    this.#next();
  }

  /** The thread died by itself: what it was planning, or what it was started for, is refused. */
  #lost(worker: Worker, reason: Error): void {
    const state = this.#state;
    if (state.kind === 'stopped' || state.worker !== worker) return;
    const refused = state.kind === 'planning' ? state.current : this.#waiting.shift();
    refused?.reject(reason);
    this.#replace();
  }

  #replace(): void {
    void this.#stop().then(() => this.#next());
  }

  async #stop(): Promise<void> {
    const state = this.#state;
    clearTimeout(this.#timer);
    this.#state = { kind: 'stopped' };
    if (state.kind !== 'stopped') await state.worker.terminate();
  }
}
