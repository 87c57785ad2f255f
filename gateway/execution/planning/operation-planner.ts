import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { OperationRefused } from '../operation-refused.ts';
import { countFields } from './count-fields.ts';
import type { LoadedSupergraph } from './load-supergraph.ts';
import { Planner } from './planner.ts';
import { PlanningThread, type PlanningThreadOptions } from './planning-thread.ts';

// Planning costs 0.05 to 0.5 ms a field: up to this many hold up other requests for less than it takes to wake a thread.
const mostFieldsHere = 60;
// Graphs differ in what a field costs. An operation that took longer here than this lowers the number, but not below what
// the first operations of a process take while the planner's own code is still being compiled.
const longestHereMs = 100;
const fewestFieldsHere = 20;
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
  readonly #here: Planner;
  readonly #thread: PlanningThread;
  /** Operations that took too long; asking again does not cost another thread. */
  readonly #refused = new LRUCache<string, OperationRefused>({
    max: refusalsKept,
    ttl: refusalsKeptMs,
  });
  #mostFieldsHere = mostFieldsHere;

  constructor(supergraph: LoadedSupergraph, options: PlanningThreadOptions) {
    this.#here = new Planner(supergraph, options);
    this.#thread = new PlanningThread(options);
  }

  /** Synchronous for small operations. Throws or rejects with OperationRefused. */
  plan(document: DocumentNode, operationName: string | undefined): QueryPlan | Promise<QueryPlan> {
    const fields = countFields(document);
    return fields <= this.#mostFieldsHere
      ? this.#planHere(document, operationName, fields)
      : this.#planElsewhere(document, operationName);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  #planHere(document: DocumentNode, operationName: string | undefined, fields: number): QueryPlan {
    const startedAt = process.threadCpuUsage().user;
    try {
      return this.#here.plan(document, operationName);
    } catch (error) {
      throw asRefusal(error);
    } finally {
      const tookMs = (process.threadCpuUsage().user - startedAt) / 1_000;
      if (tookMs > longestHereMs && fields > fewestFieldsHere) this.#mostFieldsHere = fields - 1;
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
