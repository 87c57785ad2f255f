import type { IncomingHttpHeaders } from 'node:http';
import type { FailureKind } from '../../platform/system-error.ts';

/** What the head of a response says about the body to come: read it, or fail at once. */
export type Verdict =
  | { readonly read: true }
  | {
      readonly read: false;
      readonly kind: FailureKind;
      readonly why: string;
      readonly retryAfterMs?: number;
    };

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** Retry-After in milliseconds, from seconds or an HTTP date; undefined when there is none or it makes no sense. */
const retryAfterMs = (headers: IncomingHttpHeaders, now: number): number | undefined => {
  const value = one(headers['retry-after']);
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

const jsonType = /^application\/(?:graphql-response\+)?json *(?:;|$)/i;

const refuse = (kind: FailureKind, why: string, after?: number): Verdict => ({
  read: false,
  kind,
  why,
  ...(after === undefined ? {} : { retryAfterMs: after }),
});

const ofStatus = (status: number, headers: IncomingHttpHeaders): Verdict | null => {
  if (status === 200) return null;
  const after = retryAfterMs(headers, Date.now());
  if (status === 401 || status === 403) return refuse('auth', `status ${status}`);
  if (status === 429) return refuse('throttled', 'status 429', after);
  // 408 and 425 ask for another try, like every 5xx.
  if (status >= 500 || status === 408 || status === 425)
    return refuse('transient', `status ${status}`, after);
  // A redirect could point at a host that only this network can reach, so none is followed.
  if (status < 200 || (status >= 300 && status < 400))
    return refuse('permanent', `status ${status}`);
  return null;
};

/**
 * Judges status and headers. 2xx and the remaining 4xx are read, since a subgraph explains a request error in a JSON body;
 * compressed bodies are not, because none was asked for and a few kilobytes can unfold into gigabytes.
 */
export const judgeHead = (
  status: number,
  headers: IncomingHttpHeaders,
  maxBytes: number,
): Verdict => {
  const bad = ofStatus(status, headers);
  if (bad) return bad;
  const encoding = one(headers['content-encoding']);
  if (encoding !== undefined && encoding !== 'identity')
    return refuse('permanent', `content-encoding ${encoding}`);
  const type = one(headers['content-type']);
  if (type !== 'application/json' && !jsonType.test(type ?? ''))
    return refuse('permanent', `content-type ${type}, status ${status}`);
  if (Number(one(headers['content-length']) ?? 0) > maxBytes)
    return refuse('permanent', `a body of ${one(headers['content-length'])} bytes`);
  return { read: true };
};
