import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { OperationRefused } from '../operation-refused.ts';
import { countFields } from './count-fields.ts';
import type { LoadedSupergraph } from './load-supergraph.ts';
import { Planner, type PlannerOptions } from './planner.ts';
import { PlanningThread, type PlanningThreadOptions } from './planning-thread.ts';
import { type Outcome, runWithin } from './run-within.ts';

// Planning costs 0.05 to 0.5 ms a field: up to this many hold up other requests for less than it takes to wake a thread.
const mostFieldsHere = 60;
// Graphs differ in what a field costs, and some operations the planner never ends with. One that takes longer here than this
// is stopped, goes on elsewhere, and so will all that are as large. The first ones of a process take longer, because the
// planner's own code is still being compiled.
const longestHereMs = 100;
const longestFirstMs = 1_000;
const plansUntilWarm = 3;
const refusalsKept = 200;
const refusalsKeptMs = 60_000;

/** What the planner itself says of an operation that is too much for it. */
const plannersLimits =
  /exceeds limit|maximum recursive selections|Too many options generated|Maximum call stack/;

const asRefusal = (error: unknown): unknown =>
  error instanceof Error && plannersLimits.test(error.message)
    ? OperationRefused.because(
        'OPERATION_TOO_COMPLEX',
        `The operation cannot be planned: ${error.message}. Ask for less in one operation.`,
      )
    : error;

/** Plans small operations in this thread and large ones in another, so that no operation holds up the others. */
export class OperationPlanner {
  readonly #supergraph: LoadedSupergraph;
  readonly #options: PlannerOptions;
  readonly #thread: PlanningThread;
  /** Operations that took too long; asking again does not cost another thread. */
  readonly #refused = new LRUCache<string, OperationRefused>({
    max: refusalsKept,
    ttl: refusalsKeptMs,
  });
  #here: Planner | undefined;
  #plannedHere = 0;
  #mostFieldsHere = mostFieldsHere;

  constructor(supergraph: LoadedSupergraph, options: PlanningThreadOptions) {
    this.#supergraph = supergraph;
    this.#options = options;
    this.#here = new Planner(supergraph, options);
    this.#thread = new PlanningThread(options);
  }

  /** Synchronous for small operations. Throws or rejects with OperationRefused. */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan | Promise<QueryPlan> {
    const fields = countFields(document);
    if (fields <= this.#mostFieldsHere) {
      const usedBefore = process.threadCpuUsage().user;
      const outcome = this.#planHere(document, operationName);
      if (outcome.kind === 'done') return outcome.result;
      this.#here = undefined;
      const usedMs = (process.threadCpuUsage().user - usedBefore) / 1_000;
      // On a busy machine it may not have been the operation's fault.
      if (usedMs > longestHereMs / 2) this.#mostFieldsHere = fields - 1;
    }
    return this.#planElsewhere(document, operationName);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  #planHere(document: DocumentNode, operationName: string | undefined): Outcome<QueryPlan> {
    const here = this.#here ?? new Planner(this.#supergraph, this.#options);
    this.#here = here;
    this.#plannedHere += 1;
    const limitMs = this.#plannedHere > plansUntilWarm ? longestHereMs : longestFirstMs;
    try {
      return runWithin(limitMs, () => here.plan(document, operationName));
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async #planElsewhere(
    document: DocumentNode,
    operationName: string | undefined,
  ): Promise<QueryPlan> {
    const source = print(document);
    const key = `${operationName ?? ''}\0${source}`;
    const refused = this.#refused.get(key);
    if (refused) throw refused;
    try {
      return await this.#thread.plan({ source, operationName });
    } catch (failure) {
      const error = asRefusal(failure);
      if (error instanceof OperationRefused && error.status < 500) this.#refused.set(key, error);
      throw error;
    }
  }
}
