import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { until } from '../../support/until.ts';
import { type Following, follow, socketClient } from './follow.ts';
import { startWardGateway, type WardGateway } from './ward-gateway.ts';

const query = 'subscription ($ward: ID!) { moved(ward: $ward) { note item { name } } }';

let gateway: WardGateway;
afterEach(() => gateway.close());

interface Said {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A socket on which the test reads and writes the protocol itself. */
const openSocket = async (
  params?: Readonly<Record<string, unknown>>,
  headers?: Readonly<Record<string, string>>,
) => {
  const socket = new WebSocket(gateway.ws, 'graphql-transport-ws', { headers: headers ?? {} });
  const said: Said[] = [];
  socket.on('message', (data) => said.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: params }));
  await until(() => said.length === 1);
  const ask = (id: string, payload: unknown): void =>
    socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
  const about = (id: string): readonly Said[] => said.filter((one) => one.id === id);
  return { socket, said, ask, about };
};

const followSse = async (ward: string): Promise<Response> =>
  fetch(gateway.http, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables: { ward } }),
  });

const subscribe = (ward: string): Following => {
  const client = socketClient(gateway.ws);
  return follow((sink) => client.subscribe({ query, variables: { ward } }, sink));
};

describe('on the socket of a gateway that runs alone', () => {
  test('the acknowledgement promises no cursor', async () => {
    gateway = await startWardGateway();
    const { said } = await openSocket();
    expect(said).toEqual([{ type: 'connection_ack' }]);
  });

  test('queries and mutations are answered, in the name of the caller', async () => {
    gateway = await startWardGateway();
    const { ask, about } = await openSocket({ Authorization: 'Bearer nora' });
    ask('q', { query: '{ caller item(id: "7") { name } }' });
    ask('m', { query: 'mutation { call(name: "nora") }' });
    await until(() => about('q').length === 2 && about('m').length === 2);
    expect(about('q')[0]?.payload).toEqual({
      data: { caller: 'Bearer nora', item: { name: 'Item 7' } },
    });
    expect(about('m')[0]?.payload).toEqual({ data: { call: 'called nora' } });
  });

  test('the credentials of the handshake are passed on where the parameters of the connection name none', async () => {
    gateway = await startWardGateway();
    const { ask, about } = await openSocket(undefined, { authorization: 'Bearer omar' });
    ask('q', { query: '{ caller }' });
    await until(() => about('q').length === 2);
    expect(about('q')[0]?.payload).toEqual({ data: { caller: 'Bearer omar' } });
  });

  test('a token that a ping renews is passed on from then on', async () => {
    gateway = await startWardGateway();
    const { socket, said, ask, about } = await openSocket({ authorization: 'Bearer nora' });
    socket.send(JSON.stringify({ type: 'ping', payload: { authorization: 'Bearer nora, later' } }));
    await until(() => said.some(({ type }) => type === 'pong'));
    ask('q', { query: '{ caller }' });
    await until(() => about('q').length === 2);
    expect(about('q')[0]?.payload).toEqual({ data: { caller: 'Bearer nora, later' } });
  });

  test('a parameter that would write headers of its own is not passed on', async () => {
    gateway = await startWardGateway();
    const { ask, about } = await openSocket({ authorization: 'x\r\nx-admin: 1' });
    ask('q', { query: '{ caller }' });
    await until(() => about('q').length === 2);
    expect(about('q')[0]?.payload).toEqual({ data: { caller: null } });
  });

  test('the subgraph is told who asks, and to which trace a subscription belongs', async () => {
    gateway = await startWardGateway();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { ask } = await openSocket(
      { authorization: 'Bearer nora' },
      { cookie: 'session=1', 'x-request-id': 'r-1' },
    );
    ask('s', { query, variables: { ward: 'a' }, extensions: { traceparent } });
    await until(() => gateway.graph.subscribed('a') === 1);
    const [{ headers, params } = { headers: {}, params: {} }] = gateway.graph.opened;
    expect([headers.authorization, params]).toEqual([
      'Bearer nora',
      { authorization: 'Bearer nora' },
    ]);
    expect(headers).not.toHaveProperty('cookie');
    expect(gateway.graph.asked[0]?.extensions).toEqual({ traceparent, 'x-request-id': 'r-1' });
  });

  test.each([
    ['a syntax error', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
    ['a field that is not there', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'variables that do not fit',
      { query, variables: { ward: ['a', { b: 1 }] } },
      'BAD_USER_INPUT',
    ],
    ['more levels than the limit', { query: '{ item(id: "1") { id } }' }, 'DEPTH_LIMIT_EXCEEDED'],
    [
      'a subscription with more fields than the limit',
      { query: query.replace('note', 'note a: note b: note'), variables: { ward: 'a' } },
      'FIELD_LIMIT_EXCEEDED',
    ],
    [
      'a cursor, which this field does not have',
      { query, variables: { ward: 'a' }, extensions: { cursor: 'x' } },
      'CURSOR_NOT_SUPPORTED',
    ],
    [
      'an unknown policy for slow readers',
      { query, variables: { ward: 'a' }, extensions: { lag: 'SOMEHOW' } },
      'BAD_USER_INPUT',
    ],
  ])('%s is refused by itself; its neighbour goes on', async (what, payload, code) => {
    const limits = what.includes('levels') ? { depth: 1 } : { fields: 4 };
    gateway = await startWardGateway({ limits });
    const { socket, ask, about } = await openSocket();
    const good = what.includes('levels') ? '{ caller }' : query;
    ask('good', { query: good, variables: { ward: 'a' } });
    ask('bad', payload);
    await until(() => about('bad').length === 1);
    expect(about('bad')).toMatchObject([{ type: 'error', payload: [{ extensions: { code } }] }]);
    if (good === query) {
      await until(() => gateway.graph.subscribed('a') === 1);
      gateway.graph.move('a', { id: '1' });
    }
    await until(() => about('good').length > 0);
    expect(about('good')[0]?.type).toBe('next');
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('more than the gateway can hold or wait for', () => {
  test('a subscription beyond the bound is refused, unless it is one that is already held', async () => {
    gateway = await startWardGateway({ source: { mostFeeds: 2 } });
    const { ask, about } = await openSocket();
    for (const ward of ['a', 'b']) ask(ward, { query, variables: { ward } });
    await until(() => gateway.source.stats().feeds === 2);
    ask('c', { query, variables: { ward: 'c' } });
    ask('a again', { query, variables: { ward: 'a' } });
    await until(() => about('c').length === 1 && gateway.source.stats().subscribers === 3);
    expect(about('c')).toMatchObject([
      {
        type: 'error',
        payload: [
          {
            message: expect.stringContaining('2 subscriptions'),
            extensions: { code: 'SUBSCRIPTION_LIMIT_EXCEEDED' },
          },
        ],
      },
    ]);
  });

  test('an event that is not completed in time is told with what is missing, and the next ones follow', async () => {
    gateway = await startWardGateway({ source: { answerWithinMs: 200 } });
    const following = subscribe('a');
    await until(() => gateway.graph.subscribed('a') === 1);
    gateway.graph.itemsGate.closed = true;
    gateway.graph.move('a', { id: '1' });
    await until(() => following.got.length === 1);
    gateway.graph.itemsGate.closed = false;
    gateway.graph.move('a', { id: '2', note: 'note 2' });
    await until(() => following.got.length === 2);
    expect(following.got).toMatchObject([
      { data: { moved: null }, errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] },
      { data: { moved: { note: 'note 2', item: { name: 'Item 2' } } } },
    ]);
  });

  test('a subgraph that cannot be reached is a typed error of the subscription', async () => {
    gateway = await startWardGateway({ webSocketUrl: 'ws://127.0.0.1:9/graphql' });
    const following = subscribe('a');
    await until(() => following.ended !== undefined);
    expect(following.ended).toMatchObject([
      { extensions: { code: 'SYSTEM_UNAVAILABLE', system: 'moves' } },
    ]);
    expect(JSON.stringify(following.ended)).not.toMatch(/ECONN|127\.0\.0\.1/);
  });
});

test('a client that takes nothing is told that messages are lost; its neighbour gets them all', async () => {
  gateway = await startWardGateway();
  const { socket, ask, about } = await openSocket();
  ask('s', { query, variables: { ward: 'a' } });
  const neighbour = subscribe('a');
  await until(
    () => gateway.source.stats().subscribers === 2 && gateway.graph.subscribed('a') === 1,
  );
  socket.pause();
  const note = 'x'.repeat(50_000);
  let moved = 0;
  await until(() => {
    gateway.graph.move('a', { id: String(moved), note });
    moved += 1;
    return gateway.source.stats().subscribers === 1;
  });
  await until(() => neighbour.got.length === moved);
  socket.resume();
  await until(() => about('s').at(-1)?.type === 'error');
  const [last, ...before] = [...about('s')].reverse();
  expect(last?.payload).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_INTERRUPTED' } }]);
  expect(before.reverse().map(({ payload }) => payload)).toEqual(
    neighbour.got.slice(0, before.length),
  );
  expect(neighbour.ended).toBeUndefined();
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('where subscriptions are not shared, the subgraph is asked for each client', async () => {
  gateway = await startWardGateway({ source: { share: false } });
  const followings = [subscribe('a'), subscribe('a')];
  await until(() => gateway.graph.subscribed('a') === 2);
  gateway.graph.move('a', { id: '1' });
  await until(() => followings.every(({ got }) => got.length === 1));
  expect(gateway.source.stats()).toMatchObject({ feeds: 2, executions: 2 });
  for (const { stop } of followings) stop();
  await until(() => gateway.graph.subscribed('a') === 0);
  expect(gateway.source.stats().feeds).toBe(0);
});

test('an address with a fragment leads to the subgraph all the same', async () => {
  gateway = await startWardGateway({ fragment: '#here' });
  const following = subscribe('a');
  await until(() => gateway.graph.subscribed('a') === 1);
  following.stop();
});

describe('a drain', () => {
  test('closes sockets with 1012, tells event streams to subscribe again, and leaves the subgraphs', async () => {
    gateway = await startWardGateway();
    const { socket, ask } = await openSocket();
    ask('s', { query, variables: { ward: 'a' } });
    const stream = await followSse('a');
    await until(() => gateway.source.stats().subscribers === 2);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const drained = gateway.drain();
    expect(await closed).toBe(1012);
    const text = await stream.text();
    await drained;
    expect(text).toContain('"code":"SUBSCRIPTION_INTERRUPTED"');
    expect(text).toMatch(/event: complete\ndata:\n\n$/);
    await until(() => gateway.graph.sockets.size === 0);
    expect(gateway.source.stats().feeds).toBe(0);
  });
});
