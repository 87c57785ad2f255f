import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  subscribeOverWebSocket,
  type WebSocketSubscriptionOptions,
} from '../../../gateway/clients/subscribe-over-websocket.ts';
import { describeFailure } from '../../../gateway/errors.ts';
import type { GatewayRequest } from '../../../gateway/request.ts';
import type { SubgraphAnswer, SubgraphFetch } from '../../../gateway/subgraph-client.ts';
import { freePort } from '../../../platform/free-port.ts';
import { until } from '../../support/until.ts';

const fetch: SubgraphFetch = {
  operation: 'subscription Tick__ticks__0 { tick }',
  operationName: 'Tick__ticks__0',
  kind: 'subscription',
  variables: '{"n":1}',
};

const request = (forward: Readonly<Record<string, string>> = {}): GatewayRequest => ({
  identity: null,
  forward,
  deadlineAt: Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
});

interface Heard {
  readonly answers: SubgraphAnswer[];
  /** Undefined while it goes on, null after a normal end, else the code of the failure. */
  end: unknown;
  leave: () => void;
}

/** Subscribes and keeps what comes. */
const hear = (
  subscribe: ReturnType<typeof subscribeOverWebSocket>,
  forward?: Readonly<Record<string, string>>,
): Heard => {
  const heard: Heard = { answers: [], end: undefined, leave: () => undefined };
  heard.leave = subscribe(fetch, request(forward), {
    next: (answer) => heard.answers.push(answer),
    end: (failure) => {
      if (heard.end !== undefined) throw new Error('It ended before.');
      heard.end = failure && describeFailure(failure).extensions?.['code'];
    },
  });
  return heard;
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Script = (
  socket: WebSocket,
  message: { readonly type: string; readonly id?: string; readonly payload?: unknown },
) => void;

/** An upstream that says what the test makes it say. */
const upstream = async (script: Script, options: Partial<WebSocketSubscriptionOptions> = {}) => {
  const port = await freePort();
  const server = new WebSocketServer({ port, host: '127.0.0.1', autoPong: false });
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    socket.on('message', (data) => script(socket, JSON.parse(String(data))));
  });
  const url = `ws://127.0.0.1:${port}/graphql`;
  const subscribe = subscribeOverWebSocket({ name: 'ticks', url, ...options });
  return { subscribe, server, connections: () => connections };
};

const say = (socket: WebSocket, message: unknown): void => socket.send(JSON.stringify(message));

/** Lets everybody in and answers a subscription with the given messages. */
const saying =
  (...messages: readonly Readonly<Record<string, unknown>>[]): Script =>
  (socket, { type, id }) => {
    if (type === 'connection_init') say(socket, { type: 'connection_ack' });
    if (type === 'subscribe') for (const message of messages) say(socket, { id, ...message });
  };

const next = (payload: unknown) => ({ type: 'next', payload });

describe('a subscription', () => {
  test('is asked for as it was planned, and hears what comes until the end', async () => {
    const asked: unknown[] = [];
    const script = saying(next({ data: { tick: 1 } }), next({ data: { tick: 2 } }), {
      type: 'complete',
    });
    const { subscribe, server } = await upstream((socket, message) => {
      if (message.type === 'subscribe') asked.push(message.payload);
      script(socket, message);
    });
    const heard = hear(subscribe);
    await until(() => heard.end === null);
    expect(heard.answers.map(({ data }) => data)).toEqual([{ tick: 1 }, { tick: 2 }]);
    expect(asked).toEqual([
      { query: fetch.operation, operationName: 'Tick__ticks__0', variables: { n: 1 } },
    ]);
    await until(() => server.clients.size === 0);
  });

  test('that its client leaves is completed at the subgraph, and the unused connection is closed', async () => {
    const completed: unknown[] = [];
    const { subscribe, server } = await upstream((socket, message) => {
      if (message.type === 'complete') completed.push(message.id);
      saying(next({ data: { tick: 1 } }))(socket, message);
    });
    const [one, other] = [hear(subscribe), hear(subscribe)];
    await until(() => one.answers.length === 1 && other.answers.length === 1);
    one.leave();
    one.leave();
    await until(() => completed.length === 1);
    expect(server.clients.size).toBe(1);
    other.leave();
    await until(() => server.clients.size === 0);
    expect([one.end, other.end]).toEqual([undefined, undefined]);
  });

  test('that its client leaves before there is a connection leaves none behind', async () => {
    const { subscribe, server, connections } = await upstream(saying());
    const heard = hear(subscribe);
    heard.leave();
    await until(() => connections() === 1 && server.clients.size === 0);
    const again = hear(subscribe);
    await until(() => connections() === 2);
    again.leave();
  });

  test('that the subgraph refuses is told in its own words, masked where that is asked for', async () => {
    const refusal = { type: 'error', payload: [{ message: 'duplicate key in pg_class' }] };
    const open = await upstream(saying(refusal));
    const masked = await upstream(saying(refusal), { maskErrors: true });
    const heard = [hear(open.subscribe), hear(masked.subscribe)];
    await until(() => heard.every(({ end }) => end === null));
    expect(heard.map(({ answers }) => answers)).toEqual([
      [{ data: null, errors: [{ message: 'duplicate key in pg_class' }] }],
      [
        {
          data: null,
          errors: [
            { message: 'The subgraph failed.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
          ],
        },
      ],
    ]);
  });
});

describe('callers', () => {
  test('share a connection only if the subgraph cannot tell them apart; a trace is of no account', async () => {
    const { subscribe, connections } = await upstream(saying(next({ data: { tick: 1 } })));
    const heard = [
      { authorization: 'a', traceparent: 't-1' },
      { authorization: 'a', traceparent: 't-2' },
      { authorization: 'b' },
      {},
    ].map((forward) => hear(subscribe, forward));
    await until(() => heard.every(({ answers }) => answers.length === 1));
    expect(connections()).toBe(3);
    for (const { leave } of heard) leave();
  });
});

describe('an upstream that misbehaves', () => {
  test.each<[string, Script, string, Partial<WebSocketSubscriptionOptions>]>([
    ['never lets anybody in', () => undefined, 'DEADLINE_EXCEEDED', { connectWithinMs: 100 }],
    ['closes at once', (socket) => socket.close(1011), 'SYSTEM_UNAVAILABLE', {}],
    ['breaks at once', (socket) => socket.terminate(), 'SYSTEM_UNAVAILABLE', {}],
    ['does not accept the credentials', (socket) => socket.close(4401), 'SYSTEM_UNAUTHORIZED', {}],
    ['forbids', (socket) => socket.close(4403), 'SYSTEM_UNAUTHORIZED', {}],
    ['begins with something else', (socket) => socket.send('hello'), 'SYSTEM_UNAVAILABLE', {}],
    [
      'says what is no message in the middle',
      (socket, message) => {
        saying()(socket, message);
        if (message.type === 'subscribe') socket.send('{');
      },
      'SUBSCRIPTION_INTERRUPTED',
      {},
    ],
    ['answers with neither data nor errors', saying(next({})), 'SYSTEM_UNAVAILABLE', {}],
    ['answers with data that are no object', saying(next({ data: [1] })), 'SYSTEM_UNAVAILABLE', {}],
    [
      'sends more than a message may have',
      saying(next({ data: { tick: 'x'.repeat(2_000) } })),
      'SUBSCRIPTION_INTERRUPTED',
      { maxMessageBytes: 1_000 },
    ],
    ['is silent, even about a ping', saying(), 'SUBSCRIPTION_INTERRUPTED', { pingEveryMs: 50 }],
    [
      'goes away',
      (socket, message) => {
        saying()(socket, message);
        if (message.type === 'subscribe') socket.close(1001);
      },
      'SUBSCRIPTION_INTERRUPTED',
      {},
    ],
  ])('and %s ends the subscription, once and typed', async (_, script, code, options) => {
    const { subscribe, server } = await upstream(script, options);
    const heard = hear(subscribe);
    await until(() => heard.end !== undefined);
    expect([heard.end, heard.answers]).toEqual([code, []]);
    for (const client of server.clients) client.terminate();
  });

  test('and does not even finish the handshake is given up in time', async () => {
    const port = await freePort();
    const server: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const heard = hear(
      subscribeOverWebSocket({
        name: 'ticks',
        url: `ws://127.0.0.1:${port}/`,
        connectWithinMs: 100,
      }),
    );
    await until(() => heard.end !== undefined);
    expect(heard.end).toBe('DEADLINE_EXCEEDED');
  });

  test('and answers pings keeps its subscriptions', async () => {
    let pings = 0;
    const { subscribe } = await upstream(
      (socket, message) => {
        if (message.type === 'ping') {
          pings += 1;
          say(socket, { type: 'pong' });
          if (pings === 5) say(socket, { id, ...next({ data: { tick: 5 } }) });
        }
        if (message.type === 'subscribe') id = message.id;
        saying()(socket, message);
      },
      { pingEveryMs: 50 },
    );
    let id: string | undefined;
    const heard = hear(subscribe);
    await until(() => heard.answers.length === 1);
    expect(heard.end).toBeUndefined();
    heard.leave();
  });
});
