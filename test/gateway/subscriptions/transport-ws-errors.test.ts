import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  answered,
  type Case,
  changed,
  closes,
  complete,
  happen,
  hear,
  hearNothing,
  live,
  named,
  next,
  openConversations,
  query,
  refused,
  say,
  signedIn,
  subscribe,
  subscription,
} from './conversation.ts';

/*
 * The protocol graphql-transport-ws, sentence by sentence of its text (PROTOCOL.md of graphql-ws), on a bare socket.
 */

let talk: Awaited<ReturnType<typeof openConversations>>;
beforeAll(async () => {
  talk = await openConversations();
});
afterAll(() => talk.close());

const identified: readonly Case[] = [
  [
    'the id of a running subscription is taken',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    say(subscribe('s', { query: subscription })),
    closes(4409, 'Subscriber for s already exists'),
  ],
  [
    'whatever the kind of operation',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    say(subscribe('s', { query })),
    closes(4409),
  ],
  [
    'so is the id of a query under way',
    ...signedIn,
    say(subscribe('q', { query }), subscribe('q', { query })),
    closes(4409),
  ],
  [
    'an id is free again after the server completes',
    ...signedIn,
    say(subscribe('q', { query })),
    ...answered('q'),
    say(subscribe('q', { query })),
    ...answered('q'),
  ],
  [
    'after an error',
    ...signedIn,
    say(subscribe('q', { query: '{' })),
    hear(refused('q')),
    say(subscribe('q', { query })),
    ...answered('q'),
  ],
  [
    'after the client completes, at once and for good',
    ...signedIn,
    say(subscribe('s', { query: subscription })),
    live(1),
    say(complete('s'), subscribe('s', { query: subscription })),
    live(1),
    happen,
    hear(changed('s')),
    hearNothing,
  ],
  [
    'also when nothing of the first has come yet',
    ...signedIn,
    say(
      subscribe('s', { query: 'subscription { orderChanged { id } }' }),
      complete('s'),
      subscribe('s', { query: subscription }),
    ),
    live(1),
    happen,
    hear(changed('s')),
    hearNothing,
  ],
  [
    'the answer of the first is not taken for that of the second',
    ...signedIn,
    say(
      subscribe('q', { query: '{ order(id: "8") { number } }' }),
      complete('q'),
      subscribe('q', { query }),
    ),
    ...answered('q'),
    hearNothing,
  ],
];

const failing: readonly Case[] = [
  [
    'a syntax error',
    ...signedIn,
    say(subscribe('q', { query: '{' })),
    hear(refused('q', /Syntax/)),
    hearNothing,
  ],
  [
    'an unknown field',
    ...signedIn,
    say(subscribe('q', { query: '{ x }' })),
    hear(refused('q', /Cannot query/)),
    hearNothing,
  ],
  [
    'an empty document',
    ...signedIn,
    say(subscribe('q', { query: '' })),
    hear(refused('q')),
    hearNothing,
  ],
  [
    'an operation that is not there',
    ...signedIn,
    say(subscribe('q', { query: named, operationName: 'Three' })),
    hear(refused('q', /Three/)),
    hearNothing,
  ],
  [
    'a subscription with two roots',
    ...signedIn,
    say(
      subscribe('s', { query: 'subscription { a: orderChanged { id } b: orderChanged { id } }' }),
    ),
    hear(refused('s', /one top level field/)),
    hearNothing,
  ],
  [
    'a variable that does not fit a subscription',
    ...signedIn,
    say(
      subscribe('s', { query: 'subscription ($f: ID!) { orderChanged(facilityId: $f) { id } }' }),
    ),
    hear(refused('s', /\$f/)),
    hearNothing,
  ],
];

test('an error while a query runs is part of its result, which is then complete', () =>
  talk.run([
    ...signedIn,
    say(subscribe('q', { query: '{ broken }' })),
    hear(
      next('q', {
        data: { broken: null },
        errors: [expect.objectContaining({ path: ['broken'] })],
      }),
    ),
    hear(complete('q')),
    hearNothing,
  ]));

const malformed: readonly (readonly [string, unknown])[] = [
  ['no JSON', '{'],
  ['nothing', ''],
  ['a list', []],
  ['a word', '"ping"'],
  ['null', 'null'],
  ['an object without a type', {}],
  ['an unknown type', { type: 'start' }],
  ['a type that is no text', { type: 1 }],
  ['an acknowledgement, which is the server’s to send', { type: 'connection_ack' }],
  ['a result, which is the server’s to send', { id: '1', type: 'next', payload: {} }],
  ['an error, which is the server’s to send', { id: '1', type: 'error', payload: [] }],
  ['a subscription without an id', subscribe(undefined, { query })],
  ['an empty id', subscribe('', { query })],
  ['an id that is no text', subscribe(1, { query })],
  ['a subscription without a payload', subscribe('1', undefined)],
  ['a payload that is no object', subscribe('1', query)],
  ['a payload without a query', subscribe('1', {})],
  ['a query that is no text', subscribe('1', { query: { kind: 'Document' } })],
  ['variables that are a list', subscribe('1', { query, variables: [] })],
  ['extensions that are text', subscribe('1', { query, extensions: 'x' })],
  ['a name that is no text', subscribe('1', { query, operationName: 1 })],
  ['a complete without an id', { type: 'complete' }],
];

describe('ids', () => {
  test.each(identified)('%s', (_, ...steps) => talk.run(steps));
});
describe('an error of one operation ends it without a complete and leaves the socket open:', () => {
  test.each(failing)('%s', (_, ...steps) => talk.run(steps));
});
describe('a message that the protocol does not know closes the socket with 4400:', () => {
  test.each(malformed)('%s', (_, message) => talk.run([...signedIn, say(message), closes(4400)]));
});

test('a message above the limit closes the socket', () =>
  talk.run([
    ...signedIn,
    say({ type: 'ping', payload: { x: 'x'.repeat(1_100_000) } }),
    closes(1009, ''),
  ]));
