import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ack,
  answered,
  type Case,
  changed,
  closes,
  complete,
  happen,
  hear,
  hearNothing,
  init,
  live,
  named,
  next,
  openConversations,
  query,
  say,
  signedIn,
  subscribe,
  subscription,
} from './conversation.ts';
import { openRawSocket } from './raw-socket.ts';

/*
 * The protocol graphql-transport-ws, sentence by sentence of its text (PROTOCOL.md of graphql-ws), on a bare socket.
 */

let talk: Awaited<ReturnType<typeof openConversations>>;
beforeAll(async () => {
  talk = await openConversations();
});
afterAll(() => talk.close());

describe('the handshake', () => {
  test.each([
    ['the protocol', ['graphql-transport-ws'], 'graphql-transport-ws'],
    ['the protocol among others', ['graphql-ws', 'graphql-transport-ws'], 'graphql-transport-ws'],
  ])('takes %s', async (_, protocols, chosen) => {
    const raw = await openRawSocket(talk.hub.ws, protocols);
    expect(raw.socket.protocol).toBe(chosen);
    raw.socket.terminate();
  });

  test('closes a socket without a protocol with 4406', async () => {
    const raw = await openRawSocket(talk.hub.ws, []);
    await closes(4406, 'Subprotocol not acceptable')(raw, talk.hub);
  });

  test('chooses none of the protocols it does not speak, which ends the handshake', async () => {
    await expect(openRawSocket(talk.hub.ws, ['graphql-ws', 'soap'])).rejects.toThrow(
      /subprotocol/i,
    );
  });
});

const connecting: readonly Case[] = [
  ['an initialisation is acknowledged', ...signedIn],
  ['it may carry a payload', say({ ...init, payload: { client: 'test' } }), hear(ack)],
  ['its payload may be null', say({ ...init, payload: null }), hear(ack)],
  ['its payload is an object', say({ ...init, payload: 'x' }), closes(4400)],
  ['its payload is no list', say({ ...init, payload: [1] }), closes(4400)],
  [
    'a second one is one too many',
    ...signedIn,
    say(init),
    closes(4429, 'Too many initialisation requests'),
  ],
  ['also before the first is acknowledged', say(init, init), closes(4429)],
  ['a socket that never asks is closed in time', closes(4408, 'Connection initialisation timeout')],
  [
    'nothing runs before the acknowledgement',
    say(subscribe('1', { query })),
    closes(4401, 'Unauthorized'),
  ],
  ['not even right before it', say(init, subscribe('1', { query })), closes(4401)],
  ['a ping is answered before it', say({ type: 'ping' }), hear({ type: 'pong' })],
  ['a pong needs no answer before it', say({ type: 'pong' }), ...signedIn, hearNothing],
  ['an unknown operation may be completed before it', say(complete('1')), ...signedIn],
];

const pinging: readonly Case[] = [
  ['a ping is answered by a pong', ...signedIn, say({ type: 'ping' }), hear({ type: 'pong' })],
  [
    'with its payload',
    ...signedIn,
    say({ type: 'ping', payload: { at: 1 } }),
    hear({ type: 'pong', payload: { at: 1 } }),
  ],
  ['which may be null', ...signedIn, say({ type: 'ping', payload: null }), hear({ type: 'pong' })],
  [
    'a pong out of the blue is ignored',
    ...signedIn,
    say({ type: 'pong', payload: {} }),
    hearNothing,
  ],
  [
    'the payload of a ping is an object',
    ...signedIn,
    say({ type: 'ping', payload: 1 }),
    closes(4400),
  ],
  ['so is that of a pong', ...signedIn, say({ type: 'pong', payload: [] }), closes(4400)],
  [
    'a running operation is not disturbed',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    hearNothing,
    happen,
    hear(changed('s')),
  ],
];

const running: readonly Case[] = [
  [
    'a query is one next and one complete',
    ...signedIn,
    say(subscribe('q', { query })),
    ...answered('q'),
    hearNothing,
  ],
  [
    'a mutation too',
    ...signedIn,
    say(subscribe('m', { query: 'mutation { rename(id: 1, number: "A") { number } }' })),
    hear(next('m', { data: { rename: { number: 'A' } } })),
    hear(complete('m')),
  ],
  [
    'variables are taken',
    ...signedIn,
    say(
      subscribe('q', {
        query: 'query ($id: ID!) { order(id: $id) { number } }',
        variables: { id: '7' },
      }),
    ),
    ...answered('q'),
  ],
  [
    'the operation is chosen by its name',
    ...signedIn,
    say(subscribe('q', { query: named, operationName: 'One' })),
    ...answered('q'),
  ],
  [
    'what is optional may be null',
    ...signedIn,
    say(subscribe('q', { query, operationName: null, variables: null, extensions: null })),
    ...answered('q'),
  ],
  [
    'any text is an id',
    ...signedIn,
    say(subscribe('"ключ"\n', { query })),
    ...answered('"ключ"\n'),
  ],
  [
    'a subscription is a next for each event',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    happen,
    hear(changed('s')),
    happen,
    hear(changed('s')),
    hearNothing,
  ],
  [
    'any text is the id of a subscription',
    ...signedIn,
    say(subscribe('"ключ"\n', { query: subscription })),
    live(1),
    happen,
    hear(changed('"ключ"\n')),
  ],
  [
    'operations run beside each other, each under its id',
    ...signedIn,
    say(subscribe('a', { query: subscription })),
    live(1),
    say(subscribe('b', { query: subscription })),
    live(2),
    happen,
    hear(changed('a')),
    hear(changed('b')),
    say(subscribe('q', { query })),
    ...answered('q'),
  ],
];

const ending: readonly Case[] = [
  [
    'a client that completes hears nothing more',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    say(complete('s')),
    live(0),
    happen,
    hearNothing,
  ],
  [
    'completing one leaves the other alone',
    ...signedIn,
    say(subscribe('a', { query: subscription }), subscribe('b', { query: subscription })),
    live(2),
    say(complete('a')),
    live(1),
    happen,
    hear(changed('b')),
    hearNothing,
  ],
  ['completing what is not there is ignored', ...signedIn, say(complete('x')), hearNothing],
  [
    'completing twice is ignored',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    say(complete('s'), complete('s')),
    live(0),
    hearNothing,
  ],
  [
    'a query completed before its result is not answered',
    ...signedIn,
    say(subscribe('q', { query }), complete('q'), subscribe('r', { query })),
    ...answered('r'),
    hearNothing,
  ],
  [
    'completing after the server has is ignored',
    ...signedIn,
    say(subscribe('q', { query })),
    ...answered('q'),
    say(complete('q')),
    hearNothing,
  ],
  [
    'a socket that goes away leaves nothing behind',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    (raw) => raw.socket.terminate(),
    live(0),
  ],
];

describe('connecting', () => {
  test.each(connecting)('%s', (_, ...steps) => talk.run(steps));
});
describe('pinging', () => {
  test.each(pinging)('%s', (_, ...steps) => talk.run(steps));
});
describe('running', () => {
  test.each(running)('%s', (_, ...steps) => talk.run(steps));
});
describe('ending', () => {
  test.each(ending)('%s', (_, ...steps) => talk.run(steps));
});
