import { createClient as createSocket } from 'graphql-ws';
import {
  Client,
  cacheExchange,
  type ExecutionResult,
  fetchExchange,
  subscriptionExchange,
} from 'urql';

/** One client of the public graph: queries over HTTP, status changes over a WebSocket that resumes by itself. */
export const createGraphClient = (token: string): Client => {
  const authorization = `Bearer ${token}`;
  const address = new URL('/graphql', window.location.href);
  const socket = createSocket({
    url: address.href.replace(/^http/, 'ws'),
    connectionParams: { authorization },
    lazy: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  });
  return new Client({
    url: address.href,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({ headers: { authorization } }),
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (operation) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { ...operation, query: operation.query ?? '' },
              {
                next: (message) => sink.next(message as ExecutionResult),
                error: (problem) => sink.error(problem),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
    ],
  });
};
