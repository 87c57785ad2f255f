import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../../platform/identity.ts';
import { deadlineHeader } from '../clients/http-client.ts';
import type { GatewayRequest } from '../request.ts';

/** Headers of clients that subgraphs get to see. */
export const defaultForwarded: readonly string[] = [
  'authorization',
  'traceparent',
  'tracestate',
  'baggage',
  'x-request-id',
];

/** One operation of one client, as the rest of the gateway sees it. */
export class ClientRequest implements GatewayRequest {
  readonly identity: Identity | null;
  readonly forward: Record<string, string>;
  readonly deadlineAt: number;
  #controller: AbortController | null = null;
  #cancelled = false;

  constructor(identity: Identity | null, forward: Record<string, string>, deadlineAt: number) {
    this.identity = identity;
    this.forward = forward;
    this.deadlineAt = deadlineAt;
  }

  /** Made when first asked for: most operations are over before anyone looks, and an AbortController is not cheap. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#cancelled) this.#controller.abort();
    return this.#controller.signal;
  }

  /** The client has gone, or time is up. */
  cancel(): void {
    this.#cancelled = true;
    this.#controller?.abort();
  }
}

/** The headers that are passed on. */
export const forwardedHeaders = (
  headers: IncomingHttpHeaders,
  names: readonly string[],
): Record<string, string> => {
  const forward: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') forward[name] = value;
  }
  return forward;
};

/** Milliseconds that this request may take: what the client asks for, never more than the default. */
export const timeAllowed = (headers: IncomingHttpHeaders, defaultMs: number): number => {
  const asked = headers[deadlineHeader];
  if (typeof asked !== 'string' || !/^\d{1,9}$/.test(asked)) return defaultMs;
  return Math.min(defaultMs, Number(asked));
};
