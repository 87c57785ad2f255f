import { CircuitState, circuitBreaker, handleWhen, SamplingBreaker } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { Pool } from 'undici';
import { SystemUnavailable } from '../../platform/system-error.ts';
import { describeSubgraphError } from '../errors.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer, SubgraphClient, SubgraphFetch } from '../subgraph-client.ts';
import { CallerGone, callFailure, TimeoutError } from './call-failure.ts';
import type { CallObserver, ObservedCall } from './call-observer.ts';
import { DeadlineSweep } from './deadline-sweep.ts';
import { Exchange } from './exchange.ts';
import { RetryBudget } from './retry-budget.ts';

export interface HttpClientOptions {
  readonly name: string;
  readonly url: string;
  /** Hides the words of errors that the subgraph did not give a code of its own. */
  readonly maskErrors?: boolean;
  /** Headers of ours for every call, for example the signed identity; lower case. */
  readonly headersFor?: (request: GatewayRequest) => Readonly<Record<string, string>>;
  readonly observer?: CallObserver;
  /** Connections kept to the subgraph. */
  readonly connections?: number;
  /** Calls in flight and waiting for a connection; more are refused at once, so that a stuck subgraph holds no memory. */
  readonly maxInFlight?: number;
  readonly maxBytes?: number;
}

const defaults = { connections: 64, maxInFlight: 1_024, maxBytes: 8 * 1_024 * 1_024 };

/** A subgraph that hangs is not called for this long after the breaker opened; it bounds recovery to the same time. */
const openForMs = 1_000;

/** A client may ask for a deadline of a millisecond; only a call that had this long says something about the subgraph. */
const tellingWaitMs = 1_000;

const connectTimeoutMs = 3_000;

/** Names how many milliseconds are left; a subgraph that reads it need not work for nobody. */
export const deadlineHeader = 'x-deadline-ms';

const knownOperations = 2_000;

/** True when the failure is a sign that the subgraph is ill, not that this call was unlucky or unwelcome. */
const isSymptom = (failure: unknown): boolean => {
  if (!(failure instanceof SystemUnavailable)) return false;
  const { cause } = failure;
  if (cause instanceof CallerGone) return false;
  if (cause instanceof TimeoutError) return cause.waitedMs >= tellingWaitMs;
  return failure.kind !== 'throttled' && failure.kind !== 'auth';
};

/** The same request with less time. */
const within = (request: GatewayRequest, ms: number): GatewayRequest => ({
  identity: request.identity,
  forward: request.forward,
  deadlineAt: Math.min(request.deadlineAt, performance.now() + ms),
  get signal() {
    return request.signal;
  },
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class HttpClient implements SubgraphClient {
  readonly name: string;
  readonly #options: HttpClientOptions & typeof defaults;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #sweep = new DeadlineSweep();
  readonly #retries = new RetryBudget();
  readonly #breaker = circuitBreaker(handleWhen(isSymptom), {
    halfOpenAfter: openForMs,
    // Opens when more than half of at least ten calls within five seconds failed.
    breaker: new SamplingBreaker({ threshold: 0.5, duration: 5_000, minimumRps: 2 }),
  });
  /** Start of the body of every operation, up to its variables. */
  readonly #heads = new LRUCache<string, string>({ max: knownOperations });

  constructor(options: HttpClientOptions) {
    const url = new URL(options.url);
    this.name = options.name;
    this.#options = { ...defaults, ...options };
    this.#path = url.pathname + url.search;
    this.#pool = new Pool(url.origin, {
      connections: this.#options.connections,
      pipelining: 1,
      allowH2: false,
      // The sweep keeps all deadlines of calls; only connecting has one of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectTimeoutMs },
    });
  }

  async send(fetch: SubgraphFetch, request: GatewayRequest): Promise<SubgraphAnswer> {
    const call = this.#options.observer?.start(this.name, fetch, request);
    this.#retries.earn();
    try {
      const answer = await this.#tryTwice(fetch, request, call);
      call?.end(null);
      return answer;
    } catch (failure) {
      call?.end(failure);
      throw failure;
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #tryTwice(
    fetch: SubgraphFetch,
    request: GatewayRequest,
    call: ObservedCall | undefined,
  ): Promise<SubgraphAnswer> {
    try {
      return await this.#guarded(fetch, request, call);
    } catch (failure) {
      const waitMs = fetch.kind === 'query' ? this.#retryAfter(failure, request) : null;
      if (waitMs === null) throw failure;
      if (waitMs > 0) await pause(waitMs);
      return this.#guarded(fetch, request, call);
    }
  }

  /** Milliseconds to wait before the second try; null when there must not be one. */
  #retryAfter(failure: unknown, request: GatewayRequest): number | null {
    if (!(failure instanceof SystemUnavailable && failure.retryable)) return null;
    const { cause, retryAfterMs = 0 } = failure;
    if (cause instanceof TimeoutError || cause instanceof CallerGone) return null;
    if (this.#breaker.state !== CircuitState.Closed) return null;
    if (performance.now() + retryAfterMs >= request.deadlineAt) return null;
    // Throttled without a date: asking again at once would be the opposite of what was asked.
    if (failure.kind === 'throttled' && failure.retryAfterMs === undefined) return null;
    return this.#retries.spend() ? retryAfterMs : null;
  }

  #guarded(
    fetch: SubgraphFetch,
    request: GatewayRequest,
    call: ObservedCall | undefined,
  ): Promise<SubgraphAnswer> {
    // While one call probes a subgraph that was ill, the others fail at once instead of waiting for its verdict.
    if (this.#breaker.state === CircuitState.HalfOpen) return Promise.reject(this.#refuse(fetch));
    if (this.#sweep.size >= this.#options.maxInFlight) return Promise.reject(this.#refuse(fetch));
    return this.#breaker
      .execute(() => {
        const probing = this.#breaker.state === CircuitState.HalfOpen;
        return this.#exchange(fetch, probing ? within(request, openForMs) : request, call);
      })
      .catch((failure: unknown) => {
        throw failure instanceof SystemUnavailable ? failure : this.#refuse(fetch, failure);
      });
  }

  #refuse(fetch: SubgraphFetch, cause: unknown = 'not called'): SystemUnavailable {
    return callFailure({ subgraph: this.name, fetch, kind: 'transient', cause, sent: false });
  }

  async #exchange(
    fetch: SubgraphFetch,
    request: GatewayRequest,
    call: ObservedCall | undefined,
  ): Promise<SubgraphAnswer> {
    const { maxBytes, maskErrors = false } = this.#options;
    const exchange = new Exchange({
      subgraph: this.name,
      fetch,
      request,
      maxBytes,
      sweep: this.#sweep,
    });
    this.#pool.dispatch(
      {
        path: this.#path,
        method: 'POST',
        headers: this.#headers(request, call),
        body: this.#body(fetch),
      },
      exchange,
    );
    const answer = await exchange.answer;
    if (!answer.errors) return answer;
    return { ...answer, errors: answer.errors.map((e) => describeSubgraphError(e, maskErrors)) };
  }

  #headers(request: GatewayRequest, call: ObservedCall | undefined): string[] {
    const headers = [
      'content-type',
      'application/json',
      'accept',
      'application/graphql-response+json, application/json',
      deadlineHeader,
      String(Math.max(1, Math.ceil(request.deadlineAt - performance.now()))),
    ];
    const traceparent = call?.traceparent;
    for (const name in request.forward)
      if (name !== 'traceparent' || traceparent === undefined)
        headers.push(name, request.forward[name] ?? '');
    if (traceparent !== undefined) headers.push('traceparent', traceparent);
    const ours = this.#options.headersFor?.(request);
    for (const name in ours) headers.push(name, ours[name] ?? '');
    return headers;
  }

  #body(fetch: SubgraphFetch): string {
    let head = this.#heads.get(fetch.operation);
    if (head === undefined) {
      const { operation: query, operationName } = fetch;
      head = JSON.stringify({ query, operationName }).slice(0, -1);
      this.#heads.set(fetch.operation, head);
    }
    return fetch.variables === '{}' ? `${head}}` : `${head},"variables":${fetch.variables}}`;
  }
}

/**
 * A subgraph across HTTP: pooled connections, a deadline and a size cap on every answer, no redirects, one retry of a query
 * where the budget allows it, and a circuit breaker. Rejects with SystemUnavailable when there is no usable answer.
 */
export const httpClient = (options: HttpClientOptions): SubgraphClient => new HttpClient(options);
