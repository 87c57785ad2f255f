import { type Client, CloseCode, createClient, type SubscribePayload } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';
import type { FailureKind } from '../../platform/system-error.ts';
import { ConnectionLost, TimeoutError } from './call-failure.ts';

export interface UpstreamSocketOptions {
  readonly url: string;
  /** Who asks: sent with the handshake and, for servers that look there, as the connection's parameters. */
  readonly headers: Readonly<Record<string, string>>;
  /** How long the handshake and the acknowledgement may take each, in milliseconds. */
  readonly connectWithinMs: number;
  /** The connection is given up when a ping stays without its pong for this long, in milliseconds; so often it is sent. */
  readonly pingEveryMs: number;
  readonly maxMessageBytes: number;
  /** Called when the socket takes no more operations; perhaps again when it is closed. */
  readonly onRetired: () => void;
}

/** What one operation hears. Nothing after `complete`, `refused` or `lost`. */
export interface UpstreamListener {
  readonly next: (payload: unknown) => void;
  readonly complete: () => void;
  readonly refused: (errors: unknown) => void;
  readonly lost: (kind: FailureKind, cause: Error) => void;
}

interface Operation {
  /** Ends it, for a reason that is told to its listener, or silently. */
  readonly end: (tell?: (listener: UpstreamListener) => void) => void;
}

const noOperation = new Set<number>([CloseCode.Unauthorized, CloseCode.Forbidden]);

/** The library passes on what the socket says, or an error of its own. */
const errorIn = (said: unknown): Error | null =>
  said instanceof Error ? said : ((said as { readonly error?: Error }).error ?? null);

/** `ws` takes headers and time-outs in its constructor, where graphql-ws passes none. */
const webSocketWith = (options: ClientOptions) =>
  class extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, options);
    }
  };

/**
 * One connection to a subgraph, as a client of graphql-transport-ws. Its first operation opens it, its last one closes it. It
 * never reconnects: what the subgraph said meanwhile would be missed without a word.
 */
export class UpstreamSocket {
  readonly #options: UpstreamSocketOptions;
  readonly #client: Client;
  readonly #operations = new Set<Operation>();
  #phase: 'connecting' | 'connected' = 'connecting';
  #error: Error | null = null;
  #pong: NodeJS.Timeout | undefined;

  constructor(options: UpstreamSocketOptions) {
    const { url, headers, connectWithinMs, pingEveryMs, maxMessageBytes: maxPayload } = options;
    this.#options = options;
    this.#client = createClient({
      url,
      webSocketImpl: webSocketWith({
        headers,
        handshakeTimeout: connectWithinMs,
        maxPayload,
        perMessageDeflate: false,
      }),
      connectionParams: headers,
      connectionAckWaitTimeout: connectWithinMs,
      retryAttempts: 0,
      keepAlive: pingEveryMs,
      on: {
        connected: () => {
          this.#phase = 'connected';
        },
        error: (error) => {
          this.#error = errorIn(error);
        },
        closed: (event) => this.#closed(event as CloseEvent),
        ping: (received) => {
          if (!received) this.#pong = setTimeout(() => this.#client.terminate(), pingEveryMs);
        },
        pong: () => clearTimeout(this.#pong),
      },
    });
  }

  /** Begins an operation; returns how to leave it, safe to call twice. */
  subscribe(payload: SubscribePayload, listener: UpstreamListener): () => void {
    let release = (): void => undefined;
    const operation: Operation = {
      end: (tell) => {
        if (!this.#operations.delete(operation)) return;
        release();
        if (this.#operations.size === 0) this.#options.onRetired();
        tell?.(listener);
      },
    };
    this.#operations.add(operation);
    release = this.#client.subscribe(payload, {
      next: (message) => {
        if (this.#operations.has(operation)) listener.next(message);
      },
      complete: () => operation.end(({ complete }) => complete()),
      error: (error) =>
        operation.end(({ refused, lost }) =>
          Array.isArray(error) ? refused(error) : lost('transient', this.#lossOf(error)),
        ),
    });
    return () => operation.end();
  }

  /** Ends all operations at once, before the library would take them to a new connection. */
  #closed(event: CloseEvent): void {
    clearTimeout(this.#pong);
    this.#options.onRetired();
    const kind = noOperation.has(event.code) ? 'auth' : 'transient';
    const cause = this.#lossOf(event);
    for (const operation of [...this.#operations]) operation.end(({ lost }) => lost(kind, cause));
  }

  #lossOf(event: unknown): Error {
    const { code, reason } = event as Partial<CloseEvent>;
    if (this.#phase === 'connected') return new ConnectionLost(`Closed with ${code} ${reason}`);
    const isLate =
      code === CloseCode.ConnectionAcknowledgementTimeout ||
      this.#error?.message === 'Opening handshake has timed out';
    if (isLate) return new TimeoutError(this.#options.connectWithinMs);
    return this.#error ?? new Error(`Closed with ${code} ${reason}`);
  }
}
