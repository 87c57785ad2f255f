import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { describeResolverError, type FailureReport } from '../errors.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer, SubgraphClient, SubgraphFetch } from '../subgraph-client.ts';
import { CallerGone, callFailure, TimeoutError } from './call-failure.ts';
import type { CallObserver } from './call-observer.ts';
import { OperationCache } from './compiled/operation-cache.ts';
import { DeadlineSweep } from './deadline-sweep.ts';

export interface LocalClientOptions {
  readonly name: string;
  /** As buildSubgraphSchema makes it: `_entities` is answered from the `__resolveReference` of the types. */
  readonly schema: GraphQLSchema;
  /** Called for every fetch: loaders in the context then batch within a fetch and never serve another one's rows. */
  readonly contextFor: (request: GatewayRequest) => unknown;
  /** Told about bugs and system failures of resolvers before clients get their masked form. */
  readonly report?: FailureReport;
  readonly observer?: CallObserver;
}

/** A subgraph in this process. */
export interface LocalClient extends SubgraphClient {
  /**
   * Answers a subscription operation for one event: its selection is executed on the event's root value, without
   * subscribing to anything.
   */
  readonly executeEvent: (
    fetch: SubgraphFetch,
    rootValue: unknown,
    request: GatewayRequest,
  ) => Promise<SubgraphAnswer>;
}

const noVariables: Record<string, unknown> = {};

/** Waits for an outcome no longer than its request may take. */
const inTime = (
  outcome: Promise<ExecutionResult>,
  sweep: DeadlineSweep,
  call: { subgraph: string; fetch: SubgraphFetch; request: GatewayRequest },
): Promise<ExecutionResult> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const pending = {
      place: -1,
      deadlineAt: call.request.deadlineAt,
      isAbandoned: () => call.request.signal.aborted,
      giveUp: (why: 'deadline' | 'abandoned'): void => {
        const cause =
          why === 'abandoned'
            ? new CallerGone('The client went away.')
            : new TimeoutError(performance.now() - startedAt);
        reject(callFailure({ ...call, kind: 'transient', cause, sent: true }));
      },
    };
    sweep.add(pending);
    outcome.then(resolve, reject).finally(() => sweep.delete(pending));
  });

class CompiledClient implements LocalClient {
  readonly name: string;
  readonly #options: LocalClientOptions;
  readonly #operations: OperationCache;
  readonly #sweep = new DeadlineSweep();

  constructor(options: LocalClientOptions) {
    this.name = options.name;
    this.#options = options;
    this.#operations = new OperationCache(options.schema);
  }

  send(fetch: SubgraphFetch, request: GatewayRequest): Promise<SubgraphAnswer> {
    return this.#execute(fetch, undefined, request);
  }

  executeEvent(
    fetch: SubgraphFetch,
    rootValue: unknown,
    request: GatewayRequest,
  ): Promise<SubgraphAnswer> {
    return this.#execute(fetch, rootValue, request);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #execute(
    fetch: SubgraphFetch,
    rootValue: unknown,
    request: GatewayRequest,
  ): Promise<SubgraphAnswer> {
    const call = this.#options.observer?.start(this.name, fetch, request);
    try {
      const variables = fetch.variables === '{}' ? noVariables : JSON.parse(fetch.variables);
      const compiled = this.#operations.compiled(fetch.operation, fetch.operationName);
      const outcome = compiled(rootValue, this.#options.contextFor(request), variables);
      const result =
        outcome instanceof Promise
          ? await inTime(outcome, this.#sweep, { subgraph: this.name, fetch, request })
          : outcome;
      const answer = this.#answer(result);
      call?.end(null, answer);
      return answer;
    } catch (failure) {
      call?.end(failure);
      throw failure;
    }
  }

  #answer(result: ExecutionResult): SubgraphAnswer {
    const data = result.data ?? null;
    if (!result.errors?.length) return { data };
    const report = this.#options.report ?? (() => undefined);
    return { data, errors: result.errors.map((error) => describeResolverError(error, report)) };
  }
}

/** A subgraph executed in this process by functions compiled once for each operation text. */
export const localClient = (options: LocalClientOptions): LocalClient =>
  new CompiledClient(options);
