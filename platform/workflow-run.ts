import type { Database } from './database.ts';
import { type DeadLetter, recordDeadLetter } from './dead-letter.ts';
import type { CallOptions, Json, OnExhausted, Steps, Transaction } from './durable.ts';
import type { EventLog } from './event-log.ts';
import {
  type Attempt,
  CallInterrupted,
  callOutside,
  type Ending,
  type Failure,
  toError,
  toFailure,
} from './outside-call.ts';
import { isConnectionError } from './patient-pool.ts';
import { appendSteps, type ProcessStep } from './process-step.ts';
import { traced } from './tracing.ts';
import { announce, type Effects, transactOnce, workIn } from './transaction.ts';
import type { Envelope, WorkflowEngine } from './workflow-engine.ts';

export interface Definition {
  readonly name: string;
  readonly run: (steps: Steps, input: Json) => Promise<void>;
  readonly onExhausted: OnExhausted<Json> | undefined;
}

/** What runs need of their surroundings. */
export interface Surroundings {
  readonly database: Database;
  readonly log: EventLog;
  readonly engine: WorkflowEngine;
  readonly ending: Ending;
  /** Told when a run stops for the end of the process, to be taken up by the next one. */
  readonly onPark: () => void;
}

type Recorded<T> = { readonly value?: T; readonly failure?: Failure };

/** Work that was given up: the dead letter holds all there is to know, so this has no details. */
class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

/** Never settles: nothing more is recorded of a run that the next process takes up. */
const park = (surroundings: Surroundings): Promise<never> => {
  surroundings.onPark();
  return new Promise(() => undefined);
};

/** One execution of one workflow. */
class WorkflowRun implements Steps {
  readonly workflowId: string;
  readonly correlationId: string | null;
  readonly #workflow: string;
  readonly #in: Surroundings;
  /** Lines of calls that went well, written with the next commit. */
  #lines: ProcessStep[] = [];
  /** Which step threw which error, so that a replay begins there. */
  readonly #thrownBy = new WeakMap<object, { number: number; name: string }>();

  constructor(
    surroundings: Surroundings,
    workflow: string,
    run: { id: string; envelope: Envelope },
  ) {
    this.#in = surroundings;
    this.#workflow = workflow;
    this.workflowId = run.id;
    this.correlationId = run.envelope.correlationId;
  }

  async call<T>(
    name: string,
    f: (attempt: number, signal: AbortSignal) => Promise<T>,
    options: CallOptions = {},
  ): Promise<T> {
    const onAttempt = (attempt: Attempt): Promise<void> => this.#record(name, options, attempt);
    const outcome = await traced({ name, attributes: { workflow: this.#workflow } }, () =>
      this.#numbered(name, () =>
        this.#in.engine.step(name, async () => {
          const { ending } = this.#in;
          try {
            return (await callOutside({ name, options, ending, f, onAttempt })) as Json;
          } catch (error) {
            if (error instanceof CallInterrupted) return await park(this.#in);
            throw error;
          }
        }),
      ),
    );
    const { failure, value } = outcome.result as Recorded<T>;
    if (failure !== undefined)
      throw this.#blame(toError(failure), { number: outcome.number, name });
    return value as T;
  }

  async commit<T>(name: string, f: (tx: Transaction) => Promise<T>): Promise<T> {
    let effects: Effects = { events: false, starts: false };
    let taken: readonly ProcessStep[] = [];
    const step = async (): Promise<T> =>
      await this.#in.engine.commit(name, async (client) => {
        const startedAt = new Date();
        const line = { ...this.#line(name), system: null, attempt: 1, startedAt };
        const { engine } = this.#in;
        const done = await workIn(client, {
          engine,
          correlationId: this.correlationId,
          steps: () => {
            taken = [...this.#lines];
            return [...taken, { ...line, endedAt: new Date(), outcome: 'OK', detail: null }];
          },
          f,
        });
        effects = done.effects;
        return done.result;
      });
    const { result } = await traced({ name, attributes: { workflow: this.#workflow } }, () =>
      this.#numbered(name, step),
    );
    this.#lines = this.#lines.filter((line) => !taken.includes(line));
    announce(effects, this.#in.log, this.#in.engine);
    return result;
  }

  /** What there is to say about a run that cannot go on. */
  describe(error: unknown): Pick<DeadLetter, 'step' | 'stepNumber'> & { failure: Failure } {
    const thrownBy =
      typeof error === 'object' && error !== null ? this.#thrownBy.get(error) : undefined;
    const stepNumber = thrownBy?.number ?? this.#in.engine.nextStep();
    return { step: thrownBy?.name ?? null, stepNumber, failure: toFailure(error) };
  }

  /** Writes the lines that no commit has taken along. While the database is away they stay for later. */
  async flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    try {
      await appendSteps(this.#in.database.db, lines);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      this.#lines = [...lines, ...this.#lines];
    }
  }

  async #numbered<T>(name: string, step: () => Promise<T>): Promise<{ result: T; number: number }> {
    // The engine numbers a step before its first await, so this is its number also when steps run side by side.
    const number = this.#in.engine.nextStep();
    try {
      return { result: await step(), number };
    } catch (error) {
      throw this.#blame(error, { number, name });
    }
  }

  #blame<E>(error: E, step: { number: number; name: string }): E {
    if (typeof error === 'object' && error !== null) this.#thrownBy.set(error, step);
    return error;
  }

  #line(step: string) {
    const { correlationId, workflowId } = this;
    return { correlationId, workflowId, workflow: this.#workflow, step };
  }

  async #record(step: string, options: CallOptions, attempt: Attempt): Promise<void> {
    const { failure, startedAt, endedAt } = attempt;
    this.#lines.push({
      ...this.#line(step),
      system: failure?.system ?? options.system ?? null,
      attempt: attempt.attempt,
      startedAt,
      endedAt,
      outcome: failure === null ? 'OK' : 'FAILED',
      detail: failure === null ? null : `${failure.kind}: ${failure.message}`,
    });
    // A call that fails may wait long for its next attempt; who looks now must see why.
    if (failure !== null) await this.flush();
  }
}

const errorClass = ({ system, kind, name }: Failure): string => (system === null ? name : kind);

interface Execution {
  readonly surroundings: Surroundings;
  readonly definition: Definition;
  readonly id: string;
  readonly envelope: Envelope;
  readonly steps: WorkflowRun;
}

/** One transaction: the dead letter and what the workflow wants written when it is given up. */
const giveUp = async (execution: Execution, error: unknown): Promise<GivenUp> => {
  const { surroundings, definition, id, steps } = execution;
  const { engine, database, log } = surroundings;
  const { input, correlationId } = execution.envelope;
  const { failure, ...place } = steps.describe(error);
  const changed = engine.isChangedCode(error);
  const letter: DeadLetter = {
    workflow: definition.name,
    workflowId: id,
    correlationId,
    input,
    error: failure.message,
    errorClass: changed ? 'ChangedCode' : errorClass(failure),
    system: failure.system,
    ...place,
  };
  const write = async (tx: Transaction): Promise<void> => {
    await recordDeadLetter(tx.db, letter);
    await definition.onExhausted?.(tx, input, error);
  };
  if (changed) {
    // The numbers of the steps mean nothing any more, so this cannot be one of them.
    const lines = (): readonly ProcessStep[] => [];
    const { effects } = await transactOnce(database, {
      engine,
      correlationId,
      steps: lines,
      f: write,
    });
    announce(effects, log, engine);
  } else await steps.commit('give up', write);
  return new GivenUp(`${definition.name} ${id} was given up: ${failure.message}`);
};

/** Runs the workflow; what cannot go on becomes a dead letter. */
export const runWorkflow = async (
  surroundings: Surroundings,
  definition: Definition,
  { id, envelope }: { readonly id: string; readonly envelope: Envelope },
): Promise<void> => {
  const { name } = definition;
  const steps = new WorkflowRun(surroundings, name, { id, envelope });
  try {
    await traced({ name, traceparent: envelope.traceparent }, () =>
      definition.run(steps, envelope.input),
    );
    await steps.flush();
  } catch (error) {
    const { engine } = surroundings;
    if (engine.isInterruption(error)) throw error;
    // Our own database broke off: no fault of the work, which begins again after its last finished step.
    if (isConnectionError(error)) throw await engine.putBack(id);
    throw await giveUp({ surroundings, definition, id, envelope, steps }, error);
  }
};
