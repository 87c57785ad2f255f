import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { SystemUnavailable } from '../../platform/system-error.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer, SubgraphFetch } from '../subgraph-client.ts';
import { CallerGone, callFailure, TimeoutError } from './call-failure.ts';
import type { DeadlineSweep, Pending } from './deadline-sweep.ts';
import { readAnswer } from './read-answer.ts';
import { judgeHead, type Verdict } from './response-status.ts';

/** How an exchange ended: with an answer, or with a failure. */
export type Settle = (failure: SystemUnavailable | null, answer: SubgraphAnswer | null) => void;

export interface ExchangeOptions {
  readonly subgraph: string;
  readonly fetch: SubgraphFetch;
  readonly request: GatewayRequest;
  readonly maxBytes: number;
  readonly sweep: DeadlineSweep;
  /** Called once. */
  readonly settle: Settle;
}

/**
 * One HTTP request and its response, as undici's callbacks tell it. It settles exactly once: by an answer, by a failure,
 * or by the sweep when time is up; what undici still says after that is ignored.
 */
export class Exchange implements Dispatcher.DispatchHandler, Pending {
  readonly deadlineAt: number;
  readonly #options: ExchangeOptions;
  readonly #startedAt = performance.now();
  #controller: Dispatcher.DispatchController | null = null;
  #first: Buffer | null = null;
  #more: Buffer[] | null = null;
  #bytes = 0;
  #state: 'open' | 'settled' = 'open';

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.deadlineAt = options.request.deadlineAt;
    options.sweep.add(this);
  }

  isAbandoned(): boolean {
    return this.#options.request.signal.aborted;
  }

  giveUp(why: 'deadline' | 'abandoned'): void {
    const cause =
      why === 'abandoned'
        ? new CallerGone('The client went away.')
        : new TimeoutError(performance.now() - this.#startedAt);
    this.#fail({ read: false, kind: 'transient', why }, cause);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#state === 'settled')
      controller.abort(new CallerGone('Given up while it waited for a connection.'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    const verdict = judgeHead(status, headers, this.#options.maxBytes);
    if (!verdict.read) this.#fail(verdict, new Error(verdict.why));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#options.maxBytes) {
      const why = `more than ${this.#options.maxBytes} bytes`;
      this.#fail({ read: false, kind: 'permanent', why }, new Error(why));
    } else if (this.#first === null) this.#first = chunk;
    else {
      this.#more ??= [this.#first];
      this.#more.push(chunk);
    }
  }

  onResponseEnd(): void {
    if (this.#state === 'settled') return;
    const body = this.#more ? Buffer.concat(this.#more) : (this.#first ?? Buffer.alloc(0));
    let answer: SubgraphAnswer;
    try {
      answer = readAnswer(body);
    } catch (cause) {
      this.#fail({ read: false, kind: 'permanent', why: 'unusable answer' }, cause);
      return;
    }
    this.#close();
    this.#options.settle(null, answer);
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, cause: Error): void {
    this.#fail({ read: false, kind: 'transient', why: 'connection' }, cause);
  }

  #close(): void {
    this.#state = 'settled';
    this.#options.sweep.delete(this);
  }

  #fail(verdict: Verdict & { read: false }, cause: unknown): void {
    if (this.#state === 'settled') return;
    this.#close();
    const { subgraph, fetch } = this.#options;
    const sent = this.#controller !== null;
    this.#options.settle(callFailure({ ...verdict, subgraph, fetch, cause, sent }), null);
    // Closes the connection: what is left of the response is of no use to anyone.
    this.#controller?.abort(new CallerGone('The exchange is over.'));
  }
}
