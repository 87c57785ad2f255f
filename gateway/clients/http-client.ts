import { SystemUnavailable } from '../../platform/system-error.ts';
import { describeSubgraphError } from '../errors.ts';
import type { GatewayRequest } from '../request.ts';
import type {
  SubgraphAnswer,
  SubgraphClient,
  SubgraphFetch,
  Subscribe,
} from '../subgraph-client.ts';
import { CallerGone, callFailure, TimeoutError } from './call-failure.ts';
import type { CallObserver, ObservedCall } from './call-observer.ts';
import { Circuit, openForMs } from './circuit.ts';
import { DeadlineSweep } from './deadline-sweep.ts';
import { Exchange, type Settle } from './exchange.ts';
import { ConnectionPool } from './http1/connection-pool.ts';
import { headerLine, requestHead } from './http1/request-head.ts';
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
  /** How the subgraph's subscriptions are reached, which HTTP alone does not offer. */
  readonly subscribe?: Subscribe;
}

const defaults = { connections: 64, maxInFlight: 1_024, maxBytes: 8 * 1_024 * 1_024 };

const fixedHeaders = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json',
};

/** Names how many milliseconds are left; a subgraph that reads it need not work for nobody. */
export const deadlineHeader = 'x-deadline-ms';

const knownOperations = 2_000;

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

const describeErrors = (answer: SubgraphAnswer, mask: boolean): SubgraphAnswer => ({
  ...answer,
  errors: (answer.errors ?? []).map((error) => describeSubgraphError(error, mask)),
});

interface Call {
  readonly fetch: SubgraphFetch;
  readonly request: GatewayRequest;
  readonly observed: ObservedCall | undefined;
}

class HttpClient implements SubgraphClient {
  readonly name: string;
  readonly subscribe: Subscribe | undefined;
  readonly #options: HttpClientOptions & typeof defaults;
  readonly #pool: ConnectionPool;
  readonly #head: string;
  readonly #sweep = new DeadlineSweep();
  readonly #retries = new RetryBudget();
  readonly #circuit = new Circuit();
  /** Start of the body of every operation, up to its variables. */
  readonly #heads = new Map<string, string>();

  constructor(options: HttpClientOptions) {
    const url = new URL(options.url);
    this.name = options.name;
    this.subscribe = options.subscribe;
    this.#options = { ...defaults, ...options };
    this.#head = requestHead(url, fixedHeaders);
    this.#pool = new ConnectionPool(url, this.#options.connections);
  }

  send(fetch: SubgraphFetch, request: GatewayRequest): Promise<SubgraphAnswer> {
    this.#retries.earn();
    const observed = this.#options.observer?.start(this.name, fetch, request);
    return new Promise((resolve, reject) => {
      this.#attempt({ fetch, request, observed }, (failure, answer) => {
        if (answer) {
          observed?.end(null, answer);
          resolve(answer);
          return;
        }
        this.#tryAgain({ fetch, request, observed }, failure).then(
          (second) => {
            observed?.end(null, second);
            resolve(second);
          },
          (last: unknown) => {
            observed?.end(last);
            reject(last);
          },
        );
      });
    });
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** One try. While the subgraph is well this makes no promise and no closure: it is where the gateway's time goes. */
  #attempt(call: Call, settle: Settle): void {
    if (this.#sweep.size >= this.#options.maxInFlight) {
      settle(this.#notCalled(call.fetch, 'Too many calls are in flight.'), null);
    } else if (this.#circuit.closed) {
      this.#exchange(call, (failure, answer) => {
        if (failure) this.#circuit.failed(failure);
        else this.#circuit.succeeded();
        settle(failure, answer);
      });
    } else {
      this.#probe(call).then(
        (answer) => settle(null, answer),
        (cause: unknown) => settle(this.#notCalled(call.fetch, cause), null),
      );
    }
  }

  #probe(call: Call): Promise<SubgraphAnswer> {
    const hurried = { ...call, request: within(call.request, openForMs) };
    return this.#circuit.probe(
      () =>
        new Promise<SubgraphAnswer>((resolve, reject) => {
          this.#exchange(hurried, (failure, answer) => {
            if (answer) resolve(answer);
            else reject(failure);
          });
        }),
    );
  }

  #notCalled(fetch: SubgraphFetch, cause: unknown): SystemUnavailable {
    if (cause instanceof SystemUnavailable) return cause;
    return callFailure({ subgraph: this.name, fetch, kind: 'transient', cause, sent: false });
  }

  async #tryAgain(call: Call, failure: SystemUnavailable | null): Promise<SubgraphAnswer> {
    const waitMs = this.#retryAfter(call, failure);
    if (waitMs === null) throw failure;
    if (waitMs > 0) await pause(waitMs);
    return new Promise((resolve, reject) => {
      this.#attempt(call, (last, answer) => {
        if (answer) resolve(answer);
        else reject(last);
      });
    });
  }

  /** Milliseconds to wait before the second try; null when there must not be one. */
  #retryAfter({ fetch, request }: Call, failure: SystemUnavailable | null): number | null {
    if (fetch.kind !== 'query' || !failure?.retryable || !this.#circuit.closed) return null;
    const { cause, retryAfterMs = 0 } = failure;
    if (cause instanceof TimeoutError || cause instanceof CallerGone) return null;
    if (performance.now() + retryAfterMs >= request.deadlineAt) return null;
    // Throttled without a date: asking again at once would be the opposite of what was asked.
    if (failure.kind === 'throttled' && failure.retryAfterMs === undefined) return null;
    return this.#retries.spend() ? retryAfterMs : null;
  }

  #exchange({ fetch, request, observed }: Call, settle: Settle): void {
    const { maxBytes, maskErrors = false } = this.#options;
    const exchange = new Exchange({
      subgraph: this.name,
      fetch,
      request,
      head: this.#head + this.#headers(request, observed),
      body: this.#body(fetch),
      maxBytes,
      sweep: this.#sweep,
      settle: (failure, answer) =>
        settle(failure, answer?.errors ? describeErrors(answer, maskErrors) : answer),
      repeat: (again) => this.#pool.dispatch(again),
    });
    this.#pool.dispatch(exchange);
  }

  #headers(request: GatewayRequest, observed: ObservedCall | undefined): string {
    const leftMs = Math.max(1, Math.ceil(request.deadlineAt - performance.now()));
    const traceparent = observed?.traceparent;
    let text = `${deadlineHeader}: ${leftMs}\r\n`;
    for (const name in request.forward)
      if (name !== 'traceparent' || traceparent === undefined)
        text += headerLine(name, request.forward[name] ?? '');
    if (traceparent !== undefined) text += headerLine('traceparent', traceparent);
    const ours = this.#options.headersFor?.(request);
    for (const name in ours) text += headerLine(name, ours[name] ?? '');
    return text;
  }

  #body(fetch: SubgraphFetch): string {
    let head = this.#heads.get(fetch.operation);
    if (head === undefined) {
      const { operation: query, operationName } = fetch;
      head = JSON.stringify({ query, operationName }).slice(0, -1);
      if (this.#heads.size >= knownOperations) this.#heads.clear();
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
