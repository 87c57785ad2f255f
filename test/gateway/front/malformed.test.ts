import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { openSocket } from './raw-socket.ts';
import { type StreamBed, startStreamBed } from './stream-doors.ts';

let bed: StreamBed;
let pool: Pool;
beforeAll(async () => {
  bed = await startStreamBed({ production: true, introspection: true });
  pool = new Pool(new URL(bed.server.url).origin, { connections: 8 });
});
afterAll(async () => {
  await pool.close();
  await bed.close();
});

const random = seededRandom(20_261_123);
const below = (limit: number): number => Math.floor(random() * limit);
const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;

const operations = [
  'query One($id: ID! = "1", $n: Int) { product(id: $id) { ...F related { id price } } products(first: $n) { name } }\nfragment F on Product { id reviews { id body product { name } } }',
  'mutation Rename { rename(id: "1", name: """block\n  "string" """) { id name @skip(if: false) } }',
  '{ __schema { types { name fields(includeDeprecated: true) { name args { defaultValue } } } } }',
  'subscription { renamed { id } }',
];
const tokens =
  '{ } ( ) [ ] ! $ : = @ & | ... # " """ \\ \\u{110000} \u0000 \ud800 é 🏃 -1 1e400 0x1 null true enum query mutation fragment on subscription __proto__ constructor __typename product id $id ...F @skip(if:1) input type extend'.split(
    ' ',
  );
const values = [
  '1',
  'null',
  '[]',
  '{}',
  '"x"',
  'true',
  '1e999',
  '{"id":{"id":[]}}',
  '"\\ud800"',
  '[[[[1]]]]',
  '{"__proto__":{"id":1}}',
  '-0',
];

/** Ways to spoil a text. */
const spoilers: readonly ((text: string) => string)[] = [
  (text) => text.slice(0, below(text.length)),
  (text) => text.slice(below(text.length)),
  (text) => {
    const at = below(text.length);
    return text.slice(0, at) + oneOf(tokens) + text.slice(at);
  },
  (text) => {
    const at = below(text.length);
    return text.slice(0, at) + String.fromCharCode(below(65_536)) + text.slice(at + 1);
  },
  (text) => {
    const [from, to] = [below(text.length), below(text.length)].sort((a, b) => a - b);
    return text.slice(0, to) + text.slice(from);
  },
  () => Array.from({ length: 1 + below(30) }, () => oneOf(tokens)).join(' '),
];

const spoiled = (text: string): string => {
  let result = text;
  for (let times = 1 + below(3); times > 0; times -= 1) result = oneOf(spoilers)(result || ' ');
  return result;
};

const bodies: readonly (() => string)[] = [
  () => JSON.stringify({ query: spoiled(oneOf(operations)) }),
  () => JSON.stringify({ query: spoiled(oneOf(operations)), operationName: oneOf(tokens) }),
  () => spoiled(JSON.stringify({ query: oneOf(operations), variables: { id: '1' } })),
  () =>
    `{"query":${JSON.stringify(oneOf(operations))},"operationName":"One","variables":${oneOf(values)}}`,
  () =>
    `{"query":${JSON.stringify(oneOf(operations))},"variables":{"id":${oneOf(values)},"n":${oneOf(values)}}}`,
  () => `{"query":${oneOf(values)},"operationName":${oneOf(values)},"extensions":${oneOf(values)}}`,
  () => `{"extensions":{"persistedQuery":${oneOf(values)}},"documentId":${oneOf(values)}}`,
];

const stack = /\n\s+at |node_modules|\.ts:\d+|\/work\//;

interface Seen {
  readonly body: string;
  readonly status: number;
  readonly text: string;
}

const send = async (): Promise<Seen> => {
  const body = oneOf(bodies)();
  const response = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body,
  });
  return { body, status: response.statusCode, text: await response.body.text() };
};

const isAnswer = (text: string): boolean => {
  const { data, errors } = JSON.parse(text);
  return Array.isArray(errors)
    ? errors.length > 0 && errors.every((error) => typeof error.extensions?.code === 'string')
    : typeof data === 'object';
};

test('10,000 malformed requests get JSON with typed errors, never a 5xx, a stack or a hint', async () => {
  const wrong: Seen[] = [];
  let refused = 0;
  for (let round = 0; round < 1_250; round += 1) {
    const answers = await Promise.all(Array.from({ length: 8 }, send));
    for (const answer of answers) {
      if (answer.text.startsWith('{"errors"')) refused += 1;
      const fine =
        answer.status < 500 &&
        isAnswer(answer.text) &&
        !stack.test(answer.text) &&
        !answer.text.includes('Did you mean');
      if (!fine) wrong.push(answer);
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  // Most of them must really have been malformed, or this would hold nothing.
  expect(refused).toBeGreaterThan(7_000);
  expect(bed.logged).toEqual([]);
}, 120_000);

test('1,000 malformed operations on one WebSocket are each answered, and the socket stays open', async () => {
  const { socket, subscribe, answerTo, complete } = await openSocket(bed.server.url);
  const wrong: unknown[] = [];
  for (let at = 0; at < 1_000; at += 1) {
    const query = spoiled(oneOf(operations.filter((text) => !text.startsWith('subscription'))));
    subscribe(String(at), { query, operationName: at % 3 === 0 ? oneOf(tokens) : undefined });
    const answer = await answerTo(String(at));
    complete(String(at));
    const text = JSON.stringify(answer.payload);
    if (stack.test(text) || text.includes('Did you mean')) wrong.push({ query, answer });
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(socket.readyState).toBe(socket.OPEN);
  expect(bed.logged).toEqual([]);
  socket.close();
}, 120_000);
