import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { Client, fetchExchange, subscriptionExchange } from 'urql';
import { WebSocket } from 'ws';
import { follow } from '../../../client/follow.ts';
import { until } from '../../support/until.ts';
import { openRoad, type Road } from './road.ts';

const query = 'subscription Follow { orderChanged { id } }';
const resumable = 'subscription Follow($after: String) { orderChanged(after: $after) { id } }';

interface Message {
  readonly data?: { readonly orderChanged: { readonly id: string } } | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

interface Payload {
  query: string;
  variables?: Record<string, unknown>;
  extensions?: Record<string, unknown>;
}

let road: Road;
let child: ChildProcess;

const start = async (events: number): Promise<void> => {
  child = fork(new URL('order-hub-process.ts', import.meta.url), {
    env: { ...process.env, EVENTS: String(events) },
    execArgv: [],
  });
  const [url] = (await once(child, 'message')) as [string];
  road.leadTo(url);
};
const tell = async <T>(message: object | string): Promise<T> => {
  child.send(message);
  const [answer] = await once(child, 'message');
  return answer as T;
};

/** Each takes what it gets into the list, and stops when told. What differs from the client's own manual is the cursor. */
type Follower = (got: string[]) => () => unknown;

const cursorOf = (message: unknown): unknown => (message as Message).extensions?.['cursor'];
const idOf = (message: unknown): string => (message as Message).data?.orderChanged.id ?? 'no data';

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** By itself graphql-ws gives up when it cannot connect; a hub that restarts is worth another attempt. */
const patient = () => ({
  url: road.ws,
  webSocketImpl: WebSocket,
  retryAttempts: 1000,
  retryWait: soon,
  shouldRetry: () => true,
});

const byGraphqlWs: Follower = (got) => {
  const client = createClient(patient());
  const payload: Payload = { query };
  client.subscribe(payload, {
    next: (message) => {
      got.push(idOf(message));
      // Sent again with every attempt to come back.
      payload.extensions = { cursor: cursorOf(message) };
    },
    error: (error) => got.push(String(error)),
    complete: () => undefined,
  });
  return () => client.dispose();
};

const byGraphqlSse: Follower = (got) => {
  const client = createSseClient({ url: road.http, retryAttempts: 1000, retry: soon });
  const payload: Payload = { query };
  return client.subscribe(payload, {
    next: (message) => {
      got.push(idOf(message));
      payload.extensions = { cursor: cursorOf(message) };
    },
    error: (error) => got.push(String(error)),
    complete: () => undefined,
  });
};

const byApolloMultipart: Follower = (got) => {
  const client = new ApolloClient({
    link: new HttpLink({ uri: road.http }),
    cache: new InMemoryCache(),
  });
  let after: unknown = null;
  let stopped = false;
  const subscribe = (): void => {
    if (stopped) return;
    // Apollo Client does not come back by itself over HTTP.
    const again = (): void => void soon().then(subscribe);
    client
      .subscribe({ query: gql(resumable), variables: { after }, fetchPolicy: 'no-cache' })
      .subscribe({
        next: (result) => {
          if (result.error !== undefined) return;
          got.push(idOf(result));
          after = result.extensions?.['cursor'];
        },
        complete: again,
        error: again,
      });
  };
  subscribe();
  return () => {
    stopped = true;
    client.stop();
  };
};

const byUrql: Follower = (got) => {
  const socket = createClient(patient());
  const client = new Client({
    url: road.http,
    preferGetMethod: false,
    exchanges: [
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query: text = '', variables }) => ({
          subscribe: (sink) => {
            const payload: Payload = { query: text, variables: { ...variables } };
            const next = (message: Message): void => {
              payload.extensions = { cursor: cursorOf(message) };
              sink.next(message as never);
            };
            const error = (problem: unknown): void => sink.error(problem);
            const unsubscribe = socket.subscribe(payload, {
              next: next as never,
              error,
              complete: sink.complete,
            });
            return { unsubscribe };
          },
        }),
      }),
    ],
  });
  const following = client.subscription(query, {}).subscribe((result) => got.push(idOf(result)));
  return () => {
    following.unsubscribe();
    return socket.dispose();
  };
};

const byOurs: Follower = (got) => {
  const following = follow<NonNullable<Message['data']>>({
    ...{ url: road.http, query, backoff: { firstMs: 20, longestMs: 100 } },
  });
  const read = async (): Promise<void> => {
    for await (const { data } of following) got.push(data.orderChanged.id);
  };
  void read();
  return following.close;
};

const followers: readonly (readonly [string, Follower])[] = [
  ['graphql-ws', byGraphqlWs],
  ['graphql-sse', byGraphqlSse],
  ['Apollo Client over multipart HTTP', byApolloMultipart],
  ['urql over graphql-ws', byUrql],
  ['our own follower', byOurs],
];

const got = new Map<string, string[]>(followers.map(([name]) => [name, []]));
const lists = (): readonly string[][] => [...got.values()];
const stops: (() => unknown)[] = [];
const happened: string[] = [];

const everybodyLives = (): Promise<void> =>
  until(async () => (await tell<number>('live')) === followers.length, 30_000);

/** All of them follow; the hub is killed twice, comes back at the same address, and things happen all the while. */
beforeAll(async () => {
  road = await openRoad();
  await start(0);
  for (const [name, follower] of followers) stops.push(follower(got.get(name) ?? []));
  await everybodyLives();
  happened.push(...(await tell<string[]>({ append: 3 })));
  for (const kill of [1, 2]) {
    await until(() => lists().every((list) => list.length >= happened.length));
    child.kill('SIGKILL');
    await once(child, 'exit');
    happened.push(...[1, 2].map((n) => `event-${happened.length + n}`));
    await start(happened.length);
    await everybodyLives();
    happened.push(...(await tell<string[]>({ append: kill })));
  }
  await until(() => lists().every((list) => list.length >= happened.length));
}, 120_000);

afterAll(async () => {
  for (const stop of stops) await stop();
  child.kill('SIGKILL');
  await road.close();
});

test.each(followers)('%s gets everything once and in order over two kills of the hub', (name) => {
  expect(happened).toHaveLength(10);
  expect(got.get(name)).toEqual(happened);
});
