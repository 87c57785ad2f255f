import { Client, cacheExchange, fetchExchange } from 'urql';

/** Asks the public graph in the name of the token's bearer. */
export const createGraphClient = (token: string): Client =>
  new Client({
    url: new URL('/graphql', window.location.href).href,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({ headers: { authorization: `Bearer ${token}` } }),
    exchanges: [cacheExchange, fetchExchange],
  });
