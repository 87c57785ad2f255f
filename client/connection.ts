/** An error as GraphQL words it. */
export interface ProblemInAnswer {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One message of a subscription of the hub. */
export interface Message {
  readonly data?: unknown;
  readonly errors?: readonly ProblemInAnswer[];
  readonly extensions?: { readonly cursor?: string };
}

/** How a connection ended: closed by whomever, with the WebSocket's code, or refused by the errors of the operation. */
export type Ending =
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  | { readonly kind: 'refused'; readonly errors: readonly ProblemInAnswer[] };

export interface ConnectionOptions {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly webSocketImpl: typeof WebSocket;
  /** Told where the event log ends; answers the payload of the subscription. */
  readonly onAcknowledged: (head: string | undefined) => object;
  readonly onMessage: (message: Message) => void;
  /** After so long without a word the hub is asked for one, after twice as long it counts as gone; in milliseconds. */
  readonly silenceMs: number;
  /** Ends the connection. */
  readonly signal: AbortSignal;
}

interface Heard {
  readonly type: string;
  readonly payload?: unknown;
}

/** One subscription over one WebSocket (graphql-transport-ws), until it ends. Never rejects. */
export const connect = (options: ConnectionOptions): Promise<Ending> => {
  const { signal, silenceMs } = options;
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const socket = new options.webSocketImpl(options.url, 'graphql-transport-ws');
  const say = (message: object): void => socket.send(JSON.stringify(message));
  const end = (ending: Ending): void => {
    resolve(ending);
    socket.close(1000);
  };
  let silentFor = 0;
  const watch = setInterval(() => {
    silentFor += 1;
    if (silentFor === 1 && socket.readyState === socket.OPEN) say({ type: 'ping' });
    if (silentFor > 1) end({ kind: 'closed', code: 1006, reason: 'The hub fell silent' });
  }, silenceMs);
  const hear: Readonly<Record<string, (payload: unknown) => void>> = {
    ping: () => say({ type: 'pong' }),
    connection_ack: (payload) => {
      const { cursor } = (payload ?? {}) as { cursor?: string };
      say({ id: '1', type: 'subscribe', payload: options.onAcknowledged(cursor) });
    },
    next: (payload) => options.onMessage(payload as Message),
    error: (payload) => end({ kind: 'refused', errors: payload as ProblemInAnswer[] }),
    complete: () => end({ kind: 'closed', code: 1000, reason: 'The hub completed it' }),
  };
  socket.addEventListener('open', () => {
    const { authorization } = options;
    say({ type: 'connection_init', payload: { authorization } });
  });
  socket.addEventListener('message', ({ data }) => {
    silentFor = 0;
    if (signal.aborted) return;
    const { type, payload } = JSON.parse(String(data)) as Heard;
    hear[type]?.(payload);
  });
  // The close event, which always follows, says what there is to know.
  socket.addEventListener('error', () => undefined);
  socket.addEventListener('close', ({ code, reason }) => resolve({ kind: 'closed', code, reason }));
  const abort = (): void => end({ kind: 'closed', code: 1000, reason: 'Left' });
  signal.addEventListener('abort', abort, { once: true });
  return promise.finally(() => {
    clearInterval(watch);
    signal.removeEventListener('abort', abort);
  });
};
