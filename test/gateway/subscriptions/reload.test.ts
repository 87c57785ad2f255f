import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Authenticate } from '../../../gateway/subscriptions/session.ts';
import { InvalidToken } from '../../../platform/tokens.ts';
import { until } from '../../support/until.ts';
import { type OrderHub, startOrderHub } from './order-hub.ts';
import { type RawSocket, signIn } from './raw-socket.ts';

let hub: OrderHub;
beforeEach(async () => {
  hub = await startOrderHub();
});
afterEach(() => hub.close());

const without = (field: string): Promise<void> => {
  const sdl = hub.supergraph.current().supergraphSdl;
  const smaller = sdl.replace(new RegExp(`^ {2}${field}: String.*\\n`, 'm'), '');
  expect(smaller).not.toBe(sdl);
  return hub.supergraph.reload(smaller);
};

const subscribe = async (raw: RawSocket, id: string, fields: string): Promise<void> => {
  const live = hub.fanOut.stats().live + 1;
  raw.say({
    id,
    type: 'subscribe',
    payload: { query: `subscription { orderChanged { ${fields} } }` },
  });
  await until(() => hub.fanOut.stats().live === live);
};

const payloadsOf = (raw: RawSocket, id: string): readonly unknown[] =>
  raw.said.filter((one) => one.id === id).map(({ payload }) => payload);

test('another supergraph that still knows the operation closes nothing, and events go on', async () => {
  const raw = await signIn(hub.ws);
  await subscribe(raw, 's', 'to order { number }');
  await without('broken');
  const { data, subjectId } = hub.log.append({});
  await until(() => payloadsOf(raw, 's').length === 1);
  expect(payloadsOf(raw, 's')[0]).toMatchObject({
    data: { orderChanged: { to: data['to'], order: { number: `No. ${subjectId}` } } },
  });
  expect(raw.closed()).toBeNull();
});

test('one that does not know it any more answers each event with its refusal, and leaves the neighbour alone', async () => {
  const raw = await signIn(hub.ws);
  await subscribe(raw, 'gone', 'id to');
  await subscribe(raw, 'kept', 'id');
  await without('to');
  const { id } = hub.log.append({});
  await until(() => raw.said.filter(({ type }) => type === 'next').length === 2);
  expect(payloadsOf(raw, 'gone')).toEqual([
    {
      data: null,
      errors: [
        expect.objectContaining({ message: expect.stringMatching(/Cannot query field "to"/) }),
      ],
      extensions: { cursor: expect.any(String) },
    },
  ]);
  expect(payloadsOf(raw, 'kept')).toMatchObject([{ data: { orderChanged: { id } } }]);
  expect(raw.closed()).toBeNull();
});

test('a hub that stops closes its sockets with 1012, one after the other', async () => {
  const sockets = await Promise.all([1, 2, 3].map(() => signIn(hub.ws)));
  const closedAt: number[] = [];
  for (const { socket } of sockets) socket.once('close', () => closedAt.push(performance.now()));
  await hub.drain();
  await until(() => closedAt.length === 3);
  expect(sockets.map(({ closed }) => closed()?.code)).toEqual([1012, 1012, 1012]);
  const [first = 0, , last = 0] = closedAt;
  expect(last - first).toBeGreaterThan(1000);
});

const query = 'subscription { orderChanged { id } }';

/** Tokens last 300 ms from their first use, and every one that is asked for is another. */
const shortTokens = () => {
  const ends = new Map<string, number>();
  let given = 0;
  const authenticate: Authenticate = async (token = '') => {
    const expiresAt = ends.get(token) ?? Date.now() + 300;
    ends.set(token, expiresAt);
    if (expiresAt < Date.now()) throw new InvalidToken('ended', true);
    const who = { subject: 'nora', name: 'Nora', roles: [], clientId: 'test' };
    return { identity: { ...who, facilityIds: 'ALL' }, expiresAt };
  };
  const next = (): string => {
    given += 1;
    return `token ${given}`;
  };
  return { authenticate, next, given: () => given };
};

test('graphql-ws and graphql-sse come back with a fresh token when theirs has ended, and miss nothing', async () => {
  await hub.close();
  const tokens = shortTokens();
  hub = await startOrderHub({ authenticate: tokens.authenticate });
  const got: { ws: string[]; sse: string[] } = { ws: [], sse: [] };
  const payloads = { ws: { query, extensions: {} }, sse: { query, extensions: {} } };
  const take = (by: 'ws' | 'sse') => (message: { data?: unknown; extensions?: object | null }) => {
    const data = message.data as { orderChanged: { id: string } } | null | undefined;
    if (!data) return;
    got[by].push(data.orderChanged.id);
    payloads[by].extensions = { cursor: (message.extensions as { cursor: string }).cursor };
  };
  const ws = createClient({
    url: hub.ws,
    webSocketImpl: WebSocket,
    connectionParams: () => ({ authorization: tokens.next() }),
    retryWait: async () => undefined,
    retryAttempts: 1000,
  });
  ws.subscribe(payloads.ws, {
    next: take('ws'),
    error: () => undefined,
    complete: () => undefined,
  });
  const sse = createSseClient({ url: hub.http, headers: () => ({ authorization: tokens.next() }) });
  let stopped = false;
  const again = (): void => {
    // The stream ends with UNAUTHENTICATED and `complete`; who wants more subscribes again.
    if (!stopped)
      sse.subscribe(payloads.sse, { next: take('sse'), error: () => undefined, complete: again });
  };
  again();
  await until(() => hub.fanOut.stats().live === 2);
  const all: string[] = [];
  await until(() => {
    all.push(hub.log.append({}).id);
    return tokens.given() >= 6;
  });
  await until(() => got.ws.at(-1) === all.at(-1) && got.sse.at(-1) === all.at(-1));
  expect(got).toEqual({ ws: all, sse: all });
  stopped = true;
  await ws.dispose();
  sse.dispose();
});
