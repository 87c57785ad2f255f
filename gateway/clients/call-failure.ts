import { type FailureKind, SystemUnavailable } from '../../platform/system-error.ts';
import type { SubgraphFetch } from '../subgraph-client.ts';

/** Time ran out. The name is what tells it from other failures wherever it is a cause. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  /** How long the subgraph was given, in milliseconds. */
  readonly waitedMs: number;

  constructor(waitedMs: number) {
    super(`No answer after ${Math.round(waitedMs)} ms.`);
    this.waitedMs = waitedMs;
  }
}

/** The client went away. It says nothing about the subgraph. */
export class CallerGone extends Error {
  override readonly name = 'AbortError';
}

/** The connection over which a subscription came is gone, and with it perhaps messages. The name tells it from other causes. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

interface What {
  readonly subgraph: string;
  readonly fetch: SubgraphFetch;
  readonly kind: FailureKind;
  readonly cause: unknown;
  /** True once bytes may have reached the subgraph: a mutation may then have been carried out. */
  readonly sent: boolean;
  readonly retryAfterMs?: number;
}

const settled = new Set<FailureKind>(['auth', 'throttled']);

/** The failure of one call to a subgraph. A mutation that may have arrived is ambiguous, whatever happened to its answer. */
export const callFailure = (what: What): SystemUnavailable => {
  const { subgraph, fetch, cause, sent, retryAfterMs } = what;
  const ambiguous = fetch.kind === 'mutation' && sent && !settled.has(what.kind);
  return new SystemUnavailable(`Subgraph "${subgraph}": ${String(cause)}`, {
    system: subgraph,
    operation: fetch.operationName ?? fetch.kind,
    kind: ambiguous ? 'ambiguous' : what.kind,
    cause,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
};
