import { afterEach, describe, expect, test } from '@jest/globals';
import type { Authenticate } from '../../../gateway/subscriptions/session.ts';
import type { Identity } from '../../../platform/identity.ts';
import { InvalidToken } from '../../../platform/tokens.ts';
import { until } from '../../support/until.ts';
import { type OrderHubOptions, startOrderHub } from './order-hub.ts';
import { openRawSocket, type RawSocket, signIn } from './raw-socket.ts';

const person = (subject: string, facilityIds: Identity['facilityIds']): Identity => ({
  ...{ subject, name: subject, facilityIds },
  ...{ roles: ['buyer'], clientId: 'test' },
});

/** Who bears which token; `until` in milliseconds from now. */
const tokens: Readonly<Record<string, { who: Identity; forMs: number }>> = {
  'nora everywhere': { who: person('nora', 'ALL'), forMs: 60_000 },
  'nora at f-1': { who: person('nora', ['f-1']), forMs: 60_000 },
  'nora at f-2': { who: person('nora', ['f-2']), forMs: 60_000 },
  'nora for a moment': { who: person('nora', 'ALL'), forMs: 1000 },
  'max everywhere': { who: person('max', 'ALL'), forMs: 60_000 },
};

const authenticate: Authenticate = async (token = '') => {
  if (token === 'outage') throw new Error('The issuer does not answer.');
  const known = tokens[token];
  if (known === undefined) throw new InvalidToken('secret reason', token === 'ended');
  return { identity: known.who, expiresAt: Date.now() + known.forMs };
};

let hub: Awaited<ReturnType<typeof startOrderHub>>;
const start = async (options: OrderHubOptions = {}) => {
  hub = await startOrderHub({ authenticate, ...options });
};
afterEach(() => hub.close());

const query = 'subscription ($f: ID) { orderChanged(facilityId: $f) { id } }';
const subscribe = async (raw: RawSocket, id = 's', variables = {}): Promise<void> => {
  const live = hub.fanOut.stats().live + 1;
  raw.say({ id, type: 'subscribe', payload: { query, variables } });
  await until(() => hub.fanOut.stats().live === live);
};
const ping = async (raw: RawSocket, authorization: string): Promise<unknown> => {
  const before = raw.said.length;
  raw.say({ type: 'ping', payload: { authorization } });
  await until(() => raw.said.slice(before).some(({ type }) => type === 'pong'));
  return raw.said.slice(before).find(({ type }) => type === 'pong')?.payload;
};
const closing = async (raw: RawSocket) => {
  await until(() => raw.closed() !== null);
  return raw.closed();
};
const idsSeen = (raw: RawSocket): readonly unknown[] =>
  raw.said.flatMap(({ type, payload }) =>
    type === 'next'
      ? [(payload as { data: { orderChanged: { id: string } } }).data.orderChanged.id]
      : [],
  );
/** One event at each of f-1, f-2 and f-0; their ids by facility. */
const publish = (): Readonly<Record<string, string>> =>
  Object.fromEntries([1, 2, 3].map(() => hub.log.append({})).map((e) => [e.facilityId, e.id]));

describe('signing in', () => {
  test.each([
    [
      'has ended is told to come back with a fresh one (4403)',
      'ended',
      4403,
      'The token has expired',
    ],
    ['does not hold is turned away for good (4401)', 'forged', 4401, 'The token is not valid'],
    [
      'cannot be checked now is asked to come later (1013)',
      'outage',
      1013,
      'Nobody can sign in at the moment',
    ],
  ])('a client whose token %s', async (_, authorization, code, reason) => {
    await start();
    const raw = await openRawSocket(hub.ws);
    raw.say({ type: 'connection_init', payload: { authorization } });
    expect(await closing(raw)).toEqual({ code, reason });
    expect(raw.said).toEqual([]);
  });

  test('a socket is closed with 4403 when its token ends', async () => {
    await start();
    const raw = await signIn(hub.ws, 'nora for a moment');
    expect(await closing(raw)).toEqual({ code: 4403, reason: 'The token has expired' });
  });
});

describe('a new token in a ping', () => {
  test('makes the session last, and the pong says until when', async () => {
    await start();
    const raw = await signIn(hub.ws, 'nora for a moment');
    await subscribe(raw);
    expect(await ping(raw, 'nora everywhere')).toEqual({ expiresAt: expect.any(Number) });
    // A socket that was not renewed is the clock: it ends when this one would have ended.
    const other = await signIn(hub.ws, 'nora for a moment');
    await closing(other);
    const ids = publish();
    await until(() => idsSeen(raw).length === 3);
    expect(idsSeen(raw)).toEqual(Object.values(ids));
    expect(raw.closed()).toBeNull();
    raw.socket.close();
  });

  test.each([
    ['forged', 'The token is not valid; the old one still counts.'],
    ['ended', 'The token is not valid; the old one still counts.'],
    ['max everywhere', 'The token is of somebody else: open a connection of your own.'],
  ])('that does not hold (%s) is refused and disturbs nothing', async (token, refused) => {
    await start();
    const raw = await signIn(hub.ws, 'nora at f-1');
    await subscribe(raw);
    expect(await ping(raw, token)).toEqual({ refused, expiresAt: expect.any(Number) });
    const ids = publish();
    await until(() => idsSeen(raw).length === 1);
    expect(idsSeen(raw)).toEqual([ids['f-1']]);
    expect(JSON.stringify(raw.said)).not.toMatch(/secret|forged/);
    raw.socket.close();
  });

  test('a token that does not hold leaves the old one to its own end', async () => {
    await start();
    const raw = await signIn(hub.ws, 'nora for a moment');
    await ping(raw, 'forged');
    expect(await closing(raw)).toEqual({ code: 4403, reason: 'The token has expired' });
  });

  test('with other rights re-scopes what is open: no gap, no duplicate, nothing of the old rights', async () => {
    await start();
    const raw = await signIn(hub.ws, 'nora at f-1');
    await subscribe(raw);
    const first = publish();
    await until(() => idsSeen(raw).length === 1);
    await ping(raw, 'nora at f-2');
    await until(() => hub.fanOut.stats().live === 1);
    const second = publish();
    await until(() => idsSeen(raw).length >= 2);
    await ping(raw, 'nora everywhere');
    await until(() => hub.fanOut.stats().live === 1);
    const third = publish();
    await until(() => idsSeen(raw).at(-1) === Object.values(third).at(-1));
    const seen = idsSeen(raw);
    expect(seen[0]).toBe(first['f-1']);
    expect(seen).toContain(second['f-2']);
    expect(seen).not.toContain(second['f-1']);
    expect(seen.slice(-3)).toEqual(Object.values(third));
    expect(new Set(seen).size).toBe(seen.length);
    raw.socket.close();
  });

  test('that takes away all that a subscription asks for ends it with FORBIDDEN, and leaves its neighbour alone', async () => {
    await start();
    const raw = await signIn(hub.ws, 'nora everywhere');
    await subscribe(raw, 'lost', { f: 'f-1' });
    await subscribe(raw, 'kept', { f: 'f-2' });
    await ping(raw, 'nora at f-2');
    await until(() => raw.said.some(({ type }) => type === 'error'));
    expect(raw.said.filter(({ id }) => id === 'lost')).toEqual([
      {
        ...{ id: 'lost', type: 'error' },
        payload: [expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })],
      },
    ]);
    await until(() => hub.fanOut.stats().live === 1);
    const ids = publish();
    await until(() => idsSeen(raw).length === 1);
    expect(idsSeen(raw)).toEqual([ids['f-2']]);
    raw.socket.close();
  });

  test('counts for the operations that follow', async () => {
    await start();
    const raw = await signIn(hub.ws, 'nora at f-1');
    await ping(raw, 'nora at f-2');
    raw.say({ id: 's', type: 'subscribe', payload: { query, variables: { f: 'f-1' } } });
    await until(() => raw.said.some(({ id }) => id === 's'));
    expect(raw.said.at(-1)).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    raw.socket.close();
  });
});

test('what was missed is replayed under the rights of who asks for it now', async () => {
  await start();
  const cursor = hub.fanOut.headCursor();
  const missed = publish();
  const raw = await signIn(hub.ws, 'nora at f-2');
  raw.say({ id: 's', type: 'subscribe', payload: { query, extensions: { cursor } } });
  await until(() => hub.fanOut.stats().live === 1);
  // Whatever was replayed was said before the answer to this.
  await ping(raw, 'nora at f-2');
  expect(idsSeen(raw)).toEqual([missed['f-2']]);
  raw.socket.close();
});

describe('limits', () => {
  test('operations on one connection: the one too many is refused with the limit, the others go on', async () => {
    await start({ limits: { operationsPerConnection: 2 } });
    const raw = await signIn(hub.ws, 'nora everywhere');
    await subscribe(raw, 'a');
    await subscribe(raw, 'b');
    raw.say({ id: 'c', type: 'subscribe', payload: { query } });
    await until(() => raw.said.some(({ id }) => id === 'c'));
    expect(raw.said.at(-1)).toMatchObject({
      type: 'error',
      payload: [
        {
          message: 'The connection has 3 operations open; the limit is 2.',
          extensions: { code: 'SUBSCRIPTION_LIMIT_EXCEEDED' },
        },
      ],
    });
    raw.say({ id: 'a', type: 'complete' });
    await until(() => hub.fanOut.stats().live === 1);
    await subscribe(raw, 'c');
    raw.socket.close();
  });

  const stream = (authorization: string): Promise<Response> =>
    fetch(hub.http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization },
      body: JSON.stringify({ query }),
    });

  test('connections of one principal, WebSocket and SSE together: 4429 and 429 with the limit', async () => {
    await start({ limits: { connectionsPerPrincipal: 2 } });
    const first = await signIn(hub.ws, 'nora everywhere');
    const second = await stream('nora everywhere');
    expect(second.status).toBe(200);
    const third = await openRawSocket(hub.ws);
    third.say({ type: 'connection_init', payload: { authorization: 'nora at f-1' } });
    const message = 'You hold 2 connections that stay open; the limit is 2.';
    expect(await closing(third)).toEqual({ code: 4429, reason: message });
    const fourth = await stream('nora at f-1');
    expect([fourth.status, await fourth.json()]).toEqual([
      429,
      { errors: [{ message, extensions: { code: 'CONNECTION_LIMIT_EXCEEDED' } }] },
    ]);
    const neighbour = await signIn(hub.ws, 'max everywhere');
    // A place that is given back is there for the next.
    first.socket.close();
    await closing(first);
    await second.body?.cancel();
    await until(() => hub.fanOut.stats().subscribers === 0);
    const again = await signIn(hub.ws, 'nora everywhere');
    for (const { socket } of [again, neighbour]) socket.close();
  });
});
