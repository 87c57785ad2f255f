import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What a client was told of a subscription. */
export interface Following {
  readonly got: unknown[];
  /** Undefined while it goes on, null after a normal end, else the error. */
  ended: unknown;
  stop: () => void;
}

interface Sink {
  readonly next: (value: unknown) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

/** Keeps what a client is told. */
export const follow = (subscribe: (sink: Sink) => () => void): Following => {
  const following: Following = { got: [], ended: undefined, stop: () => undefined };
  following.stop = subscribe({
    next: (value) => following.got.push(value),
    error: (error) => {
      following.ended = error;
    },
    complete: () => {
      following.ended ??= null;
    },
  });
  return following;
};

/** The stock client of graphql-ws, which does not hide a lost connection by connecting again. */
export const socketClient = (url: string, options: Partial<ClientOptions> = {}): Client =>
  createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, ...options });
