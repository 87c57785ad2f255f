import type { SubgraphClient, Subscribe } from '../subgraph-client.ts';
import { type HttpClientOptions, httpClient } from './http-client.ts';
import { subscribeOverWebSocket } from './subscribe-over-websocket.ts';

export interface RemoteClientsOptions
  extends Pick<HttpClientOptions, 'maskErrors' | 'headersFor' | 'observer'> {
  /** Where a subgraph speaks graphql-transport-ws, if not where it speaks HTTP. */
  readonly webSocketUrl?: (name: string) => string | undefined;
}

/** The same address with ws for http. A fragment says nothing to a server, and sockets refuse it. */
const webSocketUrlOf = (url: string): string => {
  const address = new URL(url);
  address.hash = '';
  return address.href.replace(/^http/, 'ws');
};

/**
 * How subgraphs in other processes are reached: operations over HTTP, subscriptions over WebSocket. A subgraph that is named
 * again, after a reload of the schema, keeps its subscriptions.
 */
export const remoteClients = (
  options: RemoteClientsOptions,
): ((name: string, url: string) => SubgraphClient) => {
  const subscriptions = new Map<string, Subscribe>();
  const subscribeAt = (name: string, url: string): Subscribe => {
    const key = `${name}\0${url}`;
    const subscribe = subscriptions.get(key) ?? subscribeOverWebSocket({ ...options, name, url });
    subscriptions.set(key, subscribe);
    return subscribe;
  };
  return (name, url) => {
    const webSocketUrl = webSocketUrlOf(options.webSocketUrl?.(name) ?? url);
    return httpClient({ ...options, name, url, subscribe: subscribeAt(name, webSocketUrl) });
  };
};
