import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import type { Client } from 'graphql-ws';
import { until } from '../../support/until.ts';
import { type Following, follow, socketClient } from './follow.ts';
import { startWardGateway, type WardGateway } from './ward-gateway.ts';

const query = 'subscription Follow($ward: ID!) { moved(ward: $ward) { note item { name } } }';

let gateway: WardGateway;
let client: Client;
beforeAll(async () => {
  gateway = await startWardGateway();
  client = socketClient(gateway.ws);
});
afterAll(() => gateway.close());

/** Each test follows a ward of its own. */
let wards = 0;
const newWard = (): string => {
  wards += 1;
  return `ward-${wards}`;
};

const subscribe = (ward: string, source = query, by = client): Following =>
  follow((sink) => by.subscribe({ query: source, variables: { ward } }, sink));

const isSubscribed = (ward: string, count = 1) =>
  until(() => gateway.graph.subscribed(ward) === count);

const move = (ward: string, ...ids: string[]): void => {
  for (const id of ids) gateway.graph.move(ward, { id, note: `note ${id}` });
};

const messages = (...ids: string[]) =>
  ids.map((id) => ({ data: { moved: { note: `note ${id}`, item: { name: `Item ${id}` } } } }));

const codeOf = (error: unknown): unknown =>
  (error as { extensions?: { code?: string } }[])[0]?.extensions?.code;

describe('stock clients follow a subgraph, with the entities of another in every message', () => {
  test('graphql-ws', async () => {
    const ward = newWard();
    const following = subscribe(ward);
    await isSubscribed(ward);
    move(ward, '1', '2', '3');
    await until(() => following.got.length === 3);
    expect(following.got).toEqual(messages('1', '2', '3'));
    following.stop();
    await isSubscribed(ward, 0);
  });

  test('graphql-sse', async () => {
    const ward = newWard();
    const sse = createSseClient({ url: gateway.http });
    const following = follow((sink) => sse.subscribe({ query, variables: { ward } }, sink));
    await isSubscribed(ward);
    move(ward, '1', '2', '3');
    await until(() => following.got.length === 3);
    expect(following.got).toEqual(messages('1', '2', '3'));
    following.stop();
    await isSubscribed(ward, 0);
  });

  test('Apollo Client, over multipart', async () => {
    const ward = newWard();
    const apollo = new ApolloClient({
      link: new HttpLink({ uri: gateway.http }),
      cache: new InMemoryCache(),
    });
    const got: unknown[] = [];
    const following = apollo
      .subscribe({ query: gql(query), variables: { ward }, fetchPolicy: 'no-cache' })
      .subscribe(({ data }) => got.push({ data }));
    await isSubscribed(ward);
    move(ward, '1', '2', '3');
    await until(() => got.length === 3);
    expect(got).toMatchObject(messages('1', '2', '3'));
    following.unsubscribe();
    await isSubscribed(ward, 0);
    apollo.stop();
  });
});

describe('a message', () => {
  test('carries the errors of the subgraph it came from and of those that complete it, in its place', async () => {
    const ward = newWard();
    const following = subscribe(ward);
    await isSubscribed(ward);
    gateway.graph.move(ward, { id: '1', note: 'unreadable' });
    gateway.graph.move(ward, { id: 'nameless' });
    move(ward, '2');
    await until(() => following.got.length === 3);
    expect(following.got).toMatchObject([
      {
        data: { moved: { note: null, item: { name: 'Item 1' } } },
        errors: [{ message: 'It cannot be read.', path: ['moved', 'note'] }],
      },
      {
        data: { moved: null },
        errors: [{ message: 'It has no name.', path: ['moved', 'item', 'name'] }],
      },
      ...messages('2'),
    ]);
    following.stop();
  });

  test('has no cursor, on the socket or in an event stream', async () => {
    const ward = newWard();
    const stream = await fetch(gateway.http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query, variables: { ward } }),
    });
    await isSubscribed(ward);
    move(ward, '1');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('data:')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    expect(text).toBe(`:\n\nevent: next\ndata: ${JSON.stringify(messages('1')[0])}\n\n`);
  });
});

describe('a subscription ends', () => {
  test('normally when the subgraph completes it, after everything that came before', async () => {
    const ward = newWard();
    const following = subscribe(ward);
    await isSubscribed(ward);
    move(ward, '1', '2');
    gateway.graph.complete(ward);
    await until(() => following.ended !== undefined);
    expect([following.ended, following.got]).toEqual([null, messages('1', '2')]);
  });

  test.each([
    ['breaks', (socket: { terminate: () => void }) => socket.terminate()],
    ['is closed in good order', (socket: { close: (code: number) => void }) => socket.close(1000)],
  ])(
    'with a typed error when the connection to the subgraph %s, and can be begun again',
    async (_, cut) => {
      const ward = newWard();
      const following = subscribe(ward);
      await isSubscribed(ward);
      for (const socket of gateway.graph.sockets) cut(socket);
      await until(() => following.ended !== undefined);
      expect(following.ended).toMatchObject([
        {
          message: expect.stringMatching(/"moves".*Subscribe again\.$/),
          extensions: { code: 'SUBSCRIPTION_INTERRUPTED', system: 'moves', retryable: true },
        },
      ]);
      const again = subscribe(ward);
      await isSubscribed(ward);
      move(ward, '1');
      await until(() => again.got.length === 1);
      expect([again.got, following.got]).toEqual([messages('1'), []]);
      again.stop();
    },
  );

  test('with the reason of a subgraph that refuses it', async () => {
    const following = subscribe('closed');
    await until(() => following.ended !== undefined);
    expect(following.got).toMatchObject([
      { data: { moved: null }, errors: [{ message: 'There is no such ward.', path: ['moved'] }] },
    ]);
    expect(following.ended).toBeNull();
  });

  test('with a typed error when the subgraph does not let the caller in', async () => {
    const stranger = socketClient(gateway.ws, {
      connectionParams: { authorization: 'Bearer stranger' },
    });
    const following = subscribe(newWard(), query, stranger);
    await until(() => following.ended !== undefined);
    expect(codeOf(following.ended)).toBe('SYSTEM_UNAUTHORIZED');
    await stranger.dispose();
  });

  test('at the subgraph when its last client leaves or is lost, and the connection with it', async () => {
    const ward = newWard();
    await until(() => gateway.graph.sockets.size === 0);
    const other = socketClient(gateway.ws);
    const [leaving, lost] = [subscribe(ward), subscribe(ward, query, other)];
    await until(() => gateway.source.stats().subscribers === 2);
    await isSubscribed(ward);
    leaving.stop();
    await until(() => gateway.source.stats().subscribers === 1);
    expect(gateway.graph.subscribed(ward)).toBe(1);
    move(ward, '1');
    await until(() => lost.got.length === 1);
    other.terminate();
    await isSubscribed(ward, 0);
    await until(() => gateway.graph.sockets.size === 0);
    expect([gateway.source.stats().feeds, leaving.got]).toEqual([0, []]);
  });
});

describe('sharing', () => {
  const withSelection =
    'subscription ($ward: ID!, $short: Boolean) { moved(ward: $ward) { item { name(short: $short) } } }';
  const selecting = (ward: string, short: boolean, by = client): Following =>
    follow((sink) => by.subscribe({ query: withSelection, variables: { ward, short } }, sink));

  test('the same question is asked once, and each event is completed once for each selection', async () => {
    const ward = newWard();
    const before = gateway.source.stats().executions;
    const long = [1, 2, 3].map(() => selecting(ward, false));
    const short = [1, 2].map(() => selecting(ward, true));
    await until(() => gateway.source.stats().subscribers === 5);
    await isSubscribed(ward);
    const calls = gateway.graph.itemCalls.length;
    move(ward, '1', '2');
    await until(() => [...long, ...short].every(({ got }) => got.length === 2));
    expect(gateway.graph.subscribed(ward)).toBe(1);
    expect(gateway.source.stats().executions - before).toBe(4);
    expect(gateway.graph.itemCalls.length - calls).toBe(4);
    const named = (name: string) => ({ data: { moved: { item: { name } } } });
    for (const { got } of long) expect(got).toEqual([named('Item 1'), named('Item 2')]);
    for (const { got } of short) expect(got).toEqual([named('1'), named('2')]);
    for (const following of [...long, ...short]) following.stop();
    await isSubscribed(ward, 0);
  });

  test('clients of different credentials share nothing: each is asked for and answered by its own', async () => {
    const ward = newWard();
    const source = 'subscription ($ward: ID!) { moved(ward: $ward) { caller item { name } } }';
    const clients = ['nora', 'omar'].map((name) =>
      socketClient(gateway.ws, { connectionParams: { Authorization: `Bearer ${name}` } }),
    );
    const followings = clients.map((by) => subscribe(ward, source, by));
    await isSubscribed(ward, 2);
    move(ward, '1');
    await until(() => followings.every(({ got }) => got.length === 1));
    expect(followings.map(({ got }) => got[0])).toMatchObject([
      { data: { moved: { caller: 'Bearer nora' } } },
      { data: { moved: { caller: 'Bearer omar' } } },
    ]);
    expect(
      gateway.graph.itemCalls.slice(-2).map(({ headers }) => headers['authorization']),
    ).toEqual(expect.arrayContaining(['Bearer nora', 'Bearer omar']));
    for (const by of clients) await by.dispose();
    await isSubscribed(ward, 0);
  });
});
