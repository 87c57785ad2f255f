import type { SystemUnavailable } from '../../platform/system-error.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer, SubgraphFetch } from '../subgraph-client.ts';
import { CallerGone, callFailure, TimeoutError } from './call-failure.ts';
import type { DeadlineSweep, Pending } from './deadline-sweep.ts';
import { BrokenResponse } from './http1/body-readers.ts';
import type { Call } from './http1/connection.ts';
import type { ResponseHead } from './http1/response-head.ts';
import { readAnswer } from './read-answer.ts';
import { judgeHead, type Verdict } from './response-status.ts';

/** How an exchange ended: with an answer, or with a failure. */
export type Settle = (failure: SystemUnavailable | null, answer: SubgraphAnswer | null) => void;

export interface ExchangeOptions {
  readonly subgraph: string;
  readonly fetch: SubgraphFetch;
  readonly request: GatewayRequest;
  /** The head of the HTTP request, as far as it does not depend on the body. */
  readonly head: string;
  readonly body: string;
  readonly maxBytes: number;
  readonly sweep: DeadlineSweep;
  /** Called once. */
  readonly settle: Settle;
  /** Sends the same again when nobody has read it: a kept connection was closed by the other side. */
  readonly repeat: (exchange: Exchange) => void;
}

/**
 * One HTTP request and its response. It settles exactly once: by an answer, by a failure, or by the sweep when time is up;
 * what the connection still says after that is ignored.
 */
export class Exchange implements Call, Pending {
  readonly deadlineAt: number;
  place = -1;
  readonly head: string;
  readonly body: string;
  readonly isBodyAscii: boolean;
  readonly maxBytes: number;
  readonly #options: ExchangeOptions;
  readonly #startedAt = performance.now();
  #cut: (() => void) | null = null;
  #state: 'OPEN' | 'SETTLED' = 'OPEN';

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const length = Buffer.byteLength(options.body);
    this.head = `${options.head}content-length: ${length}\r\n\r\n`;
    this.body = options.body;
    this.isBodyAscii = length === options.body.length;
    this.maxBytes = options.maxBytes;
    this.deadlineAt = options.request.deadlineAt;
    options.sweep.add(this);
  }

  isAbandoned(): boolean {
    return this.#options.request.signal.aborted;
  }

  isOver(): boolean {
    return this.#state === 'SETTLED';
  }

  giveUp(why: 'deadline' | 'abandoned'): void {
    const cause =
      why === 'abandoned'
        ? new CallerGone('The client went away.')
        : new TimeoutError(performance.now() - this.#startedAt);
    this.#fail({ read: false, kind: 'transient', why }, cause);
    // What is left of the response is of no use to anyone.
    this.#cut?.();
  }

  begin(cut: () => void): void {
    this.#cut = cut;
  }

  takeHead({ status, headers }: ResponseHead): boolean {
    const verdict = judgeHead(status, headers, this.maxBytes);
    if (!verdict.read) this.#fail(verdict, new Error(verdict.why));
    return verdict.read;
  }

  takeBody(body: Buffer): void {
    if (this.#state === 'SETTLED') return;
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

  fail(cause: unknown, stale: boolean): void {
    if (this.#state === 'SETTLED') return;
    if (stale && this.#options.fetch.kind === 'query') this.#options.repeat(this);
    else {
      const kind = cause instanceof BrokenResponse ? 'permanent' : 'transient';
      this.#fail({ read: false, kind, why: 'connection' }, cause);
    }
  }

  #close(): void {
    this.#state = 'SETTLED';
    this.#options.sweep.delete(this);
  }

  #fail(verdict: Verdict & { read: false }, cause: unknown): void {
    if (this.#state === 'SETTLED') return;
    this.#close();
    const { subgraph, fetch } = this.#options;
    const sent = this.#cut !== null;
    this.#options.settle(callFailure({ ...verdict, subgraph, fetch, cause, sent }), null);
  }
}
