import { setTimeout as wait } from 'node:timers/promises';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { Pool } from 'undici';
import { createQuota, type Quota } from './quota.ts';
import { SystemUnavailable } from './system-error.ts';
import { traced } from './tracing.ts';
import { readBody } from './upstream-body.ts';
import { failureOf, responseError } from './upstream-failure.ts';

export interface UpstreamRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash and is appended to the base address. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True when doing it twice does no harm. A failed request that is not idempotent is ambiguous: it may have happened. */
  readonly idempotent: boolean;
  readonly signal?: AbortSignal;
  /** The longest the caller waits; the upstream's time-out when not given. */
  readonly deadlineMs?: number;
  /** What is being done, in words for people and traces: `create the purchase order`. */
  readonly operation: string;
  /** Answers of 500 and above that the caller wants to read himself, because the system says no that way. */
  readonly returnStatus?: readonly number[];
}

export interface UpstreamResponse {
  readonly status: number;
  /** Names in lower case; repeated ones joined with a comma, set-cookie with a line break. */
  readonly headers: Record<string, string>;
  readonly text: string;
}

export interface UpstreamHealth {
  readonly system: string;
  /** `open`: it failed so often that it is not called for a moment. `paused`: it asked us to come back later. */
  readonly state: 'closed' | 'half-open' | 'open' | 'paused';
  readonly lastSuccessAt: string | null;
  readonly lastError: string | null;
  readonly latencyMs: number | null;
}

/**
 * One outside system over HTTP. Everything but an answer the connector must read itself is a SystemUnavailable, without
 * addresses or credentials: no connection, time-out, 429, 5xx, a redirect (never followed), too large an answer. 401 and
 * 403 are answers, for the connector may have to renew its token.
 */
export interface Upstream {
  request(request: UpstreamRequest): Promise<UpstreamResponse>;
  health(): UpstreamHealth;
  close(): Promise<void>;
}

export interface UpstreamOptions {
  readonly system: string;
  readonly baseUrl: string;
  /** For the whole exchange; 10 seconds unless told. */
  readonly timeoutMs?: number;
  /** Of an answer, unpacked; 10 MB unless told. */
  readonly maxBytes?: number;
  /** At once; 16 unless told. */
  readonly connections?: number;
  /** Of this process; unlimited unless told. */
  readonly requestsPerSecond?: number;
  readonly breaker?: {
    /** In a row, until the system is left alone; 5 unless told. */
    readonly failures?: number;
    /** Until it is tried again; 1 second unless told. */
    readonly halfOpenAfterMs?: number;
  };
}

interface Parts {
  readonly options: UpstreamOptions;
  readonly pool: Pool;
  readonly prefix: string;
  readonly quota: Quota;
  /** Failures that say nothing of the system, for its caller had left. */
  readonly abandoned: WeakSet<Error>;
  readonly state: {
    lastSuccessAt: string | null;
    lastError: string | null;
    latencyMs: number | null;
  };
}

const flatten = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : value,
    ]),
  );

/** Sends the request and reads the answer, within the signal's time. */
const exchange = async (
  { options, pool, prefix }: Parts,
  request: UpstreamRequest,
  signal: AbortSignal,
): Promise<UpstreamResponse> => {
  const { method, path, body } = request;
  const {
    statusCode,
    headers,
    body: stream,
  } = await pool.request({
    method,
    path: `${prefix}${path}`,
    // Not asked to pack its answer, a system can still do so; the unpacked size is limited all the same.
    headers: { 'accept-encoding': 'identity', ...request.headers },
    ...(body === undefined ? {} : { body }),
    signal,
  });
  const answer = flatten(headers);
  const text = await readBody(stream, {
    encoding: answer['content-encoding'],
    maxBytes: options.maxBytes ?? 10_000_000,
  });
  return { status: statusCode, headers: answer, text };
};

/** Waits its turn: what the system asked for after a 429, and the quota. Too long for the deadline is throttled at once. */
const takeTurn = async (
  { options, quota }: Parts,
  { operation }: UpstreamRequest,
  { deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal },
): Promise<void> => {
  const pauseMs = quota.take(deadlineMs);
  if (pauseMs > deadlineMs)
    throw new SystemUnavailable(`${options.system} is being spared: its limit is reached.`, {
      system: options.system,
      operation,
      kind: 'throttled',
      retryAfterMs: Math.ceil(pauseMs),
    });
  if (pauseMs > 0) await wait(pauseMs, undefined, { signal });
};

const send = async (parts: Parts, request: UpstreamRequest): Promise<UpstreamResponse> => {
  const { options, quota, state } = parts;
  const deadlineMs = request.deadlineMs ?? options.timeoutMs ?? 10_000;
  const timeUp = new AbortController();
  const timer = setTimeout(() => timeUp.abort(), deadlineMs);
  const signal = AbortSignal.any([timeUp.signal, ...(request.signal ? [request.signal] : [])]);
  const begun = performance.now();
  let sent = false;
  try {
    await takeTurn(parts, request, { deadlineMs, signal });
    sent = true;
    const response = await exchange(parts, request, signal);
    const refused = responseError(response, { system: options.system, request });
    if (refused?.kind === 'throttled') quota.pause(refused.retryAfterMs ?? 0);
    if (refused !== null) throw refused;
    state.latencyMs = Math.round(performance.now() - begun);
    state.lastSuccessAt = new Date().toISOString();
    return response;
  } catch (error) {
    const abandoned = request.signal?.aborted === true;
    const failure = failureOf(error, {
      system: options.system,
      request,
      sent,
      abandoned,
      deadlineMs,
    });
    if (abandoned) parts.abandoned.add(failure);
    else state.lastError = failure.message;
    throw failure;
  } finally {
    clearTimeout(timer);
  }
};

const stateNames: Readonly<Record<CircuitState, UpstreamHealth['state']>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};

export const createUpstream = (options: UpstreamOptions): Upstream => {
  const { origin, pathname } = new URL(options.baseUrl);
  const timeoutMs = options.timeoutMs ?? 10_000;
  const pool = new Pool(origin, {
    connections: options.connections ?? 16,
    // The deadline of each request ends it; these only free connections that nobody waits for.
    headersTimeout: timeoutMs * 2,
    bodyTimeout: timeoutMs * 2,
    connect: { timeout: timeoutMs },
  });
  const parts: Parts = {
    options,
    pool,
    prefix: pathname.replace(/\/$/, ''),
    quota: createQuota(options.requestsPerSecond),
    abandoned: new WeakSet(),
    state: { lastSuccessAt: null, lastError: null, latencyMs: null },
  };
  const { failures = 5, halfOpenAfterMs = 1000 } = options.breaker ?? {};
  // A broken system counts; one that asks for patience or refuses does not.
  const isBreakage = (error: unknown): boolean =>
    error instanceof SystemUnavailable &&
    (error.kind === 'transient' || error.kind === 'ambiguous') &&
    !parts.abandoned.has(error);
  const breaker = circuitBreaker(handleWhen(isBreakage), {
    halfOpenAfter: halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(failures),
  });
  const guarded = async (request: UpstreamRequest): Promise<UpstreamResponse> => {
    try {
      return await breaker.execute(() => send(parts, request));
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new SystemUnavailable(
        `${options.system} does not answer; it is left alone for a moment.`,
        {
          system: options.system,
          operation: request.operation,
          kind: 'transient',
          retryAfterMs: halfOpenAfterMs,
        },
      );
    }
  };
  return {
    request: (request) =>
      traced(
        { name: `${options.system}: ${request.operation}`, attributes: { system: options.system } },
        () => guarded(request),
      ),
    health: () => ({
      system: options.system,
      state: parts.quota.paused() ? 'paused' : stateNames[breaker.state],
      ...parts.state,
    }),
    close: () => pool.destroy(),
  };
};
