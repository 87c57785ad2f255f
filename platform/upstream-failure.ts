import { errorCode } from './error-code.ts';
import { type FailureKind, SystemUnavailable } from './system-error.ts';
import type { UpstreamRequest, UpstreamResponse } from './upstream.ts';
import { AnswerTooLarge, AnswerUnreadable } from './upstream-body.ts';

/** How long to leave a system alone that says 429 but not for how long. */
const defaultRetryAfterMs = 1000;
const longestRetryAfterMs = 3_600_000;

/** Nothing was sent: the same request may be made again, whatever it does. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); what is neither, or absurd, counts as one second. */
const retryAfterMs = (header: string | undefined): number => {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  if (!Number.isFinite(ms) || text === '') return defaultRetryAfterMs;
  return Math.min(Math.max(ms, 0), longestRetryAfterMs);
};

interface Asked {
  readonly system: string;
  readonly request: UpstreamRequest;
}

const unavailable = (
  message: string,
  { system, request }: Asked,
  failure: { readonly kind: FailureKind; readonly retryAfterMs?: number },
): SystemUnavailable =>
  new SystemUnavailable(`${system} ${message}`, {
    system,
    operation: request.operation,
    ...failure,
  });

const perhapsDone = ({ request }: Asked): FailureKind =>
  request.idempotent ? 'transient' : 'ambiguous';

const redirects = new Set([300, 301, 302, 303, 305, 306, 307, 308]);

/** The error that an answer stands for, or null for one that the connector reads. */
export const responseError = (
  { status, headers }: UpstreamResponse,
  asked: Asked,
): SystemUnavailable | null => {
  if (asked.request.returnStatus?.includes(status)) return null;
  if (status === 429 || (status === 503 && 'retry-after' in headers)) {
    const pauseMs = retryAfterMs(headers['retry-after']);
    return unavailable(`asks us to come back later (${status}).`, asked, {
      kind: 'throttled',
      retryAfterMs: pauseMs,
    });
  }
  if (redirects.has(status))
    return unavailable(`answered with a redirect (${status}), which is not followed.`, asked, {
      kind: 'permanent',
    });
  // 503 says that nothing was done; after any other, the work may have been done before it failed.
  if (status === 503) return unavailable('is not available (503).', asked, { kind: 'transient' });
  if (status >= 500) return unavailable(`failed (${status}).`, asked, { kind: perhapsDone(asked) });
  return null;
};

/** A code is a word of its own; a message could name an address. */
const codeOf = (error: unknown): string => {
  const code = errorCode(error);
  return /^[A-Z0-9_]+$/.test(code) ? code : 'no reason given';
};

/** The abort of our own deadline; some come with a name, some with a code. */
const isAbort = (error: unknown): boolean =>
  ['ABORT_ERR', 'UND_ERR_ABORTED', '20'].includes(errorCode(error)) ||
  (error instanceof Error && error.name === 'AbortError');

interface Circumstances extends Asked {
  /** False while the request still waited for its turn. */
  readonly sent: boolean;
  /** The caller does not wait any more. */
  readonly abandoned: boolean;
  readonly deadlineMs: number;
}

/** What a failed exchange means. The messages of network libraries are left out: they name addresses. */
export const failureOf = (error: unknown, given: Circumstances): SystemUnavailable => {
  if (error instanceof SystemUnavailable) return error;
  const kind = given.sent ? perhapsDone(given) : 'transient';
  if (given.abandoned) return unavailable('was not waited for.', given, { kind });
  if (isAbort(error))
    return unavailable(`did not answer within ${given.deadlineMs} ms.`, given, { kind });
  if (error instanceof AnswerTooLarge || error instanceof AnswerUnreadable) {
    const what = error instanceof AnswerTooLarge ? 'is too large' : 'cannot be unpacked';
    const after = given.request.idempotent ? 'permanent' : 'ambiguous';
    return unavailable(`gave an answer that ${what}.`, given, { kind: after });
  }
  const code = codeOf(error);
  if (notSentCodes.has(code))
    return unavailable(`cannot be reached (${code}).`, given, { kind: 'transient' });
  return unavailable(`broke the connection (${code}).`, given, { kind });
};
