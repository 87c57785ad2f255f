import { setTimeout as wait } from 'node:timers/promises';
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { Agent, request as send } from 'undici';
import { type FailureKind, SystemUnavailable } from './system-error.ts';

export interface UpstreamRequest {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT';
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** False when sending it twice could do its work twice: a lost answer is then `ambiguous`, not `transient`. */
  readonly idempotent: boolean;
  readonly signal?: AbortSignal;
  /** Less than the system's own time-out; in milliseconds. */
  readonly deadlineMs?: number;
  /** What is being done, for errors and metrics. */
  readonly operation: string;
}

export interface UpstreamAnswer {
  readonly status: number;
  /** Names in lower case; several values of one name are joined by a comma, cookies by a semicolon. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One outside system's HTTP: one pool, one quota and one circuit breaker for all who call it. */
export interface Upstream {
  /**
   * Whatever the system answered, but for 429 and 503 with Retry-After. Throws SystemUnavailable when there is no usable
   * answer: no connection, too late, too large, throttled.
   */
  request(request: UpstreamRequest): Promise<UpstreamAnswer>;
  health(): { readonly state: 'closed' | 'open'; readonly throttledForMs: number };
  close(): Promise<void>;
}

export interface UpstreamOptions {
  readonly system: string;
  readonly baseUrl: string;
  /** For a whole exchange; 10 seconds unless told. */
  readonly timeoutMs?: number;
  /** The largest answer taken; 8 MB unless told. */
  readonly maxBytes?: number;
  readonly connections?: number;
  /** No limit unless told. */
  readonly requestsPerSecond?: number;
}

const defaultTimeoutMs = 10_000;
const defaultMaxBytes = 8 * 1024 * 1024;
/** What a system that throttles without Retry-After gets, in milliseconds. */
const defaultPauseMs = 1000;
const longestPauseMs = 60_000;
/** Failures in a row before a system is left alone, and for how long, in milliseconds. */
const failuresToOpen = 10;
const openForMs = 1000;

class TooLarge extends Error {}

/** Errors of the connection before a byte of the request can have left. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const flatten = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(name === 'set-cookie' ? '; ' : ', ') : (value ?? ''),
    ]),
  );

/** Seconds or a date; null when there is none or it makes no sense. */
const retryAfterMs = (value: string | undefined): number | null => {
  if (value === undefined || value === '') return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestPauseMs) : null;
};

class HttpUpstream implements Upstream {
  readonly #options: UpstreamOptions;
  readonly #agent: Agent;
  readonly #breaker: CircuitBreakerPolicy;
  /** When the next request may leave, on the clock of performance.now(). */
  #nextAt = 0;
  #pausedUntil = 0;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#agent = new Agent({
      connections: options.connections ?? 32,
      maxResponseSize: options.maxBytes ?? defaultMaxBytes,
      connect: { timeout: Math.min(options.timeoutMs ?? defaultTimeoutMs, 5000) },
    });
    this.#breaker = circuitBreaker(
      handleWhen((error) => error instanceof SystemUnavailable && error.kind !== 'throttled'),
      { halfOpenAfter: openForMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
    );
  }

  async request(request: UpstreamRequest): Promise<UpstreamAnswer> {
    await this.#turn(request);
    try {
      return await this.#breaker.execute(() => this.#exchange(request));
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw this.#failure(request, 'transient', {
        message: `${this.#options.system} keeps failing and is left alone for a moment.`,
        cause: error,
      });
    }
  }

  health(): { state: 'closed' | 'open'; throttledForMs: number } {
    return {
      state: this.#breaker.state === 0 ? 'closed' : 'open',
      throttledForMs: Math.max(0, this.#pausedUntil - performance.now()),
    };
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  /** Waits for the quota, which all callers share. */
  async #turn({ signal }: UpstreamRequest): Promise<void> {
    const { requestsPerSecond } = this.#options;
    const now = performance.now();
    const at = Math.max(now, this.#pausedUntil, this.#nextAt);
    if (requestsPerSecond !== undefined) this.#nextAt = at + 1000 / requestsPerSecond;
    if (at > now) await wait(at - now, undefined, signal === undefined ? {} : { signal });
  }

  async #exchange(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const { timeoutMs = defaultTimeoutMs, baseUrl } = this.#options;
    const ms = Math.min(request.deadlineMs ?? timeoutMs, timeoutMs);
    const deadline = AbortSignal.timeout(ms);
    const signal =
      request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
    try {
      const answer = await send(new URL(request.path, baseUrl), {
        dispatcher: this.#agent,
        method: request.method,
        // Not compressed: a small answer must not become a large one here.
        headers: { 'accept-encoding': 'identity', ...request.headers },
        body: request.body ?? null,
        signal,
        headersTimeout: ms,
        bodyTimeout: ms,
      });
      const headers = flatten(answer.headers);
      const text = await this.#textOf(answer.body, headers);
      this.#checkThrottled(request, answer.statusCode, headers);
      return { status: answer.statusCode, headers, text };
    } catch (error) {
      if (error instanceof SystemUnavailable) throw error;
      throw this.#failed(request, error, deadline.aborted ? ms : null);
    }
  }

  async #textOf(
    body: AsyncIterable<Buffer>,
    headers: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { maxBytes = defaultMaxBytes } = this.#options;
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw new TooLarge(`the answer is compressed (${encoding})`);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new TooLarge(`the answer is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #checkThrottled(
    request: UpstreamRequest,
    status: number,
    headers: Readonly<Record<string, string>>,
  ): void {
    const asked = retryAfterMs(headers['retry-after']);
    if (status !== 429 && !(status === 503 && asked !== null)) return;
    const pauseMs = asked ?? defaultPauseMs;
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + pauseMs);
    throw this.#failure(request, 'throttled', {
      message: `${this.#options.system} asked us to come back in ${pauseMs} ms.`,
      retryAfterMs: pauseMs,
    });
  }

  /** The words of the network are kept as the cause; the message carries no address and no credentials. */
  #failed(request: UpstreamRequest, cause: unknown, afterMs: number | null): SystemUnavailable {
    const { system } = this.#options;
    const kind: FailureKind =
      request.idempotent || neverSent.has(codeOf(cause)) ? 'transient' : 'ambiguous';
    const what =
      cause instanceof TooLarge
        ? cause.message
        : afterMs === null
          ? `the connection failed${codeOf(cause) === '' ? '' : ` (${codeOf(cause)})`}`
          : `there was no answer within ${afterMs} ms`;
    return this.#failure(request, kind, { message: `${system}: ${what}.`, cause });
  }

  #failure(
    { operation }: UpstreamRequest,
    kind: FailureKind,
    about: { message: string; retryAfterMs?: number; cause?: unknown },
  ): SystemUnavailable {
    const { message, ...rest } = about;
    return new SystemUnavailable(message, {
      system: this.#options.system,
      operation,
      kind,
      ...rest,
    });
  }
}

/** The one way to an outside system over HTTP. Redirects are answers like any other: nobody follows them. */
export const createUpstream = (options: UpstreamOptions): Upstream => new HttpUpstream(options);
