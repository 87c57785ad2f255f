import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { Client, fetchExchange, subscriptionExchange } from 'urql';
import { WebSocket } from 'ws';
import { until } from '../../support/until.ts';
import { startOrderHub } from './order-hub.ts';

const query = 'subscription Follow { orderChanged { id to order { number } } }';

let hub: Awaited<ReturnType<typeof startOrderHub>>;
beforeEach(async () => {
  hub = await startOrderHub();
});
afterEach(() => hub.close());

/** Waits until the hub has this many live subscribers, writes three events, and gives their ids. */
const publish = async (live = 1): Promise<string[]> => {
  await until(() => hub.fanOut.stats().live === live);
  return [1, 2, 3].map(() => hub.log.append({}).id);
};

interface Message {
  readonly data?: { readonly orderChanged: { readonly id: string } } | null;
  readonly extensions?: { readonly cursor?: string } | null;
}

const idOf = (message: unknown): string | undefined => (message as Message).data?.orderChanged.id;

describe('stock clients, untouched', () => {
  test('graphql-ws follows, with the entity of another subgraph in the payload', async () => {
    const client = createClient({ url: hub.ws, webSocketImpl: WebSocket });
    const got: unknown[] = [];
    client.subscribe(
      { query },
      { next: (value) => got.push(value), error: (error) => got.push(error), complete: () => got },
    );
    const ids = await publish();
    await until(() => got.length === 3);
    expect(got.map(idOf)).toEqual(ids);
    expect(got[0]).toEqual({
      data: { orderChanged: { id: ids[0], to: 'state-1', order: { number: 'No. po-1' } } },
      extensions: { cursor: expect.any(String) },
    });
    await client.dispose();
  });

  test('graphql-ws resumes after a lost connection from the cursor of its last message', async () => {
    const first = createClient({ url: hub.ws, webSocketImpl: WebSocket });
    const got: unknown[] = [];
    const sink = {
      next: (value: unknown) => got.push(value),
      error: () => got,
      complete: () => got,
    };
    first.subscribe({ query }, sink);
    const before = await publish();
    await until(() => got.length === 3);
    first.terminate();
    await until(() => hub.fanOut.stats().live === 0);
    const missed = [hub.log.append({}).id, hub.log.append({}).id];
    const cursor = (got.at(-1) as Message).extensions?.cursor;
    const second = createClient({ url: hub.ws, webSocketImpl: WebSocket });
    second.subscribe(
      {
        query: query
          .replace('orderChanged', 'orderChanged(after: $after)')
          .replace('Follow', 'Follow($after: String)'),
        variables: { after: cursor },
      },
      sink,
    );
    const after = await publish();
    await until(() => got.length === 8);
    expect(got.map(idOf)).toEqual([...before, ...missed, ...after]);
    await second.dispose();
    await first.dispose();
  });

  test('graphql-sse follows, and its event ids are the cursors', async () => {
    const client = createSseClient({ url: hub.http });
    const got: unknown[] = [];
    const stop = client.subscribe(
      { query },
      { next: (value) => got.push(value), error: (error) => got.push(error), complete: () => got },
    );
    const ids = await publish();
    await until(() => got.length === 3);
    expect(got.map(idOf)).toEqual(ids);
    stop();
    await until(() => hub.fanOut.stats().subscribers === 0);
  });

  test('Apollo Client follows over multipart HTTP without any extra package', async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: hub.http }),
      cache: new InMemoryCache(),
    });
    const got: unknown[] = [];
    const following = client
      .subscribe({ query: gql(query), fetchPolicy: 'no-cache' })
      .subscribe({ next: (value) => got.push(value), error: (error) => got.push(error) });
    const ids = await publish();
    await until(() => got.length === 3);
    expect(got.map(idOf)).toEqual(ids);
    following.unsubscribe();
    client.stop();
  });

  test('urql follows through graphql-ws', async () => {
    const socket = createClient({ url: hub.ws, webSocketImpl: WebSocket });
    const client = new Client({
      url: hub.http,
      preferGetMethod: false,
      exchanges: [
        fetchExchange,
        subscriptionExchange({
          forwardSubscription: (operation) => ({
            subscribe: (sink) => ({
              unsubscribe: socket.subscribe(
                { query: operation.query ?? '' },
                {
                  next: (value) => sink.next({ data: value.data ?? null }),
                  error: (error) => sink.error(error),
                  complete: () => sink.complete(),
                },
              ),
            }),
          }),
        }),
      ],
    });
    const got: unknown[] = [];
    const following = client.subscription(query, {}).subscribe((value) => got.push(value));
    const ids = await publish();
    await until(() => got.length === 3);
    expect(got.map(idOf)).toEqual(ids);
    following.unsubscribe();
    await socket.dispose();
  });
});

describe('on one socket', () => {
  const open = async (): Promise<{ socket: WebSocket; said: { type: string; id?: string }[] }> => {
    const socket = new WebSocket(hub.ws, 'graphql-transport-ws');
    const said: { type: string; id?: string }[] = [];
    socket.on('message', (data) => said.push(JSON.parse(String(data))));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"type":"connection_init"}');
    await until(() => said.length === 1);
    return { socket, said };
  };
  const subscribe = (socket: WebSocket, id: string, payload: unknown): void =>
    socket.send(JSON.stringify({ id, type: 'subscribe', payload }));

  test('the acknowledgement carries the cursor from which a snapshot can be followed', async () => {
    const { socket, said } = await open();
    expect(said[0]).toEqual({
      type: 'connection_ack',
      payload: { cursor: hub.fanOut.headCursor() },
    });
    socket.close();
  });

  test.each([
    ['a syntax error', { query: 'subscription {' }, /Syntax Error/],
    ['an unknown field', { query: 'subscription { nothing }' }, /Cannot query field/],
    [
      'a condition on the root of a subscription',
      { query: 'subscription ($on: Boolean!) { orderChanged @include(if: $on) { id } }' },
      /./,
    ],
    [
      'a made-up cursor',
      { query: 'subscription { orderChanged(after: "x") { id } }' },
      /was not written by this hub/,
    ],
    [
      'an unknown policy for slow readers',
      { query: 'subscription { orderChanged { id } }', extensions: { lag: 'SOMEHOW' } },
      /REPLAY, LATEST, DISCONNECT/,
    ],
  ])('%s is an error of that one operation; its neighbour goes on', async (_, payload, message) => {
    const { socket, said } = await open();
    subscribe(socket, 'good', { query });
    await until(() => hub.fanOut.stats().live === 1);
    subscribe(socket, 'bad', payload);
    await until(() => said.some((one) => one.id === 'bad'));
    expect(said.find((one) => one.id === 'bad')).toMatchObject({
      type: 'error',
      payload: [{ message: expect.stringMatching(message) }],
    });
    hub.log.append({});
    await until(() => said.some((one) => one.id === 'good'));
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  test('queries are answered too', async () => {
    const { socket, said } = await open();
    subscribe(socket, 'q', { query: '{ order(id: "7") { number } }' });
    await until(() => said.length === 3);
    expect(said.slice(1)).toEqual([
      { id: 'q', type: 'next', payload: { data: { order: { number: 'No. 7' } } } },
      { id: 'q', type: 'complete' },
    ]);
    socket.close();
  });

  test('a client that completes its subscription gets nothing more and leaves nothing behind', async () => {
    const { socket, said } = await open();
    subscribe(socket, 's', { query });
    await until(() => hub.fanOut.stats().live === 1);
    socket.send('{"id":"s","type":"complete"}');
    await until(() => hub.fanOut.stats().subscribers === 0);
    hub.log.append({});
    subscribe(socket, 'q', { query: '{ order(id: "7") { number } }' });
    await until(() => said.some((one) => one.type === 'complete'));
    expect(said.filter((one) => one.id === 's')).toEqual([]);
    socket.close();
  });
});
