import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultLimits } from '../../../gateway/limits/limits.ts';
import { operationHash } from '../../../gateway/persisted/operation-hash.ts';
import type { Identity } from '../../../platform/identity.ts';
import { openSocket } from './raw-socket.ts';
import { roads } from './roads.ts';
import { type StreamBed, startStreamBed } from './stream-doors.ts';

const identityOf = (authorization: string | undefined): Identity => ({
  subject: authorization ?? '',
  name: 'U',
  roles: [],
  facilityIds: 'ALL',
  clientId: 'console',
});

/** A front on which everybody is who the Authorization header says. */
const start = (options: Parameters<typeof startStreamBed>[0]): Promise<StreamBed> =>
  startStreamBed({
    authenticate: ({ authorization }) => identityOf(authorization),
    session: async (authorization) => ({ identity: identityOf(authorization), expiresAt: null }),
    ...options,
  });

let open: StreamBed;
let production: StreamBed;
let registered: StreamBed;
beforeAll(async () => {
  open = await start({ limits: { cost: 400, costPerMinute: 600 } });
  production = await start({ production: true });
  registered = await start({ production: true, safelist: { find: () => null, operations: [] } });
});
afterAll(() => Promise.all([open.close(), production.close(), registered.close()]));

const times = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');

const nested = (levels: number): string =>
  `{ products ${'{ related '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 2)} }`;

/** One above each limit, in few characters, since an address has to hold it. */
const tooMuch: readonly (readonly [code: string, message: string, query: string])[] = [
  ['NAME_LIMIT_EXCEEDED', '501 characters in one name; the limit is 500', `{ ${'a'.repeat(501)} }`],
  ['TOKEN_LIMIT_EXCEEDED', '5001 tokens; the limit is 5000', `{ ${'a '.repeat(4_999)}}`],
  ['DEPTH_LIMIT_EXCEEDED', '26 levels; the limit is 25', nested(26)],
  [
    'FIELD_LIMIT_EXCEEDED',
    '2001 fields; the limit is 2000',
    `{ products { ${times(20, () => '...F')} } } fragment F on Product { ${times(100, () => 'id')} }`,
  ],
  [
    'ALIAS_LIMIT_EXCEEDED',
    '101 aliases; the limit is 100',
    `{ product(id: 1) { ${times(101, (at) => `a${at}: id`)} } }`,
  ],
  ['ROOT_FIELD_LIMIT_EXCEEDED', '51 root fields; the limit is 50', `{ ${times(51, () => 'me')} }`],
  [
    'INTROSPECTION_LIMIT_EXCEEDED',
    '5 introspection fields; the limit is 4',
    `{ ${times(5, (at) => `a${at}: __schema { types { name } }`)} }`,
  ],
  [
    'COMPARISON_LIMIT_EXCEEDED',
    'more than 20000 comparisons',
    `{ products { ${'related { id } '.repeat(300)} } }`,
  ],
  [
    'COST_LIMIT_EXCEEDED',
    '401 points of cost; the limit is 400',
    '{ products(first: 401) { id } }',
  ],
  ['GRAPHQL_PARSE_FAILED', 'Syntax Error', '{'],
  ['GRAPHQL_VALIDATION_FAILED', 'Cannot query field "nothing"', '{ nothing }'],
  ['INCREMENTAL_DELIVERY_NOT_SUPPORTED', '@defer is not supported', '{ ... @defer { me } }'],
];

describe.each(Object.entries(roads))('over %s', (road, ask) => {
  test.each(tooMuch)('%s is said with the limit: %s', async (code, message, query) => {
    const [error, ...others] = await ask(open, { query });
    expect(error?.extensions?.['code']).toBe(code);
    expect(error?.message).toContain(message);
    expect(others).toEqual([]);
  });

  test('the budget of one principal is not another’s', async () => {
    const query = '{ products(first: 390) { id } }';
    const who = `one of ${road}`;
    await ask(open, { query }, who);
    const [error] = await ask(open, { query }, who);
    expect(error).toMatchObject({
      message: expect.stringContaining('budget of 600 a minute'),
      extensions: { code: 'COST_BUDGET_EXCEEDED', retryAfterMs: expect.any(Number) },
    });
    expect(await ask(open, { query }, `another of ${road}`)).toBeUndefined();
  });

  test('variables that do not fit are an error of the operation', async () => {
    const body = { query: 'query ($id: ID!) { product(id: $id) { id } }', variables: {} };
    const [error] = await ask(open, body);
    expect(error?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  test('production hints at no names and shows no schema', async () => {
    const [unknown] = await ask(production, { query: '{ produkt(id: 1) { id } }' });
    expect(unknown?.message).toBe('Cannot query field "produkt" on type "Query".');
    const [schema] = await ask(production, { query: '{ __schema { types { name } } }' });
    expect(schema?.extensions?.['code']).toBe('INTROSPECTION_DISABLED');
  });

  test('production with a safelist runs what is registered and nothing else', async () => {
    const [error] = await ask(registered, { query: '{ me }' });
    expect(error?.extensions?.['code']).toBe('OPERATION_NOT_REGISTERED');
  });

  test('an operation is known by its id once it was sent', async () => {
    const query = `{ __typename } # ${road}`;
    const extensions = { persistedQuery: { version: 1, sha256Hash: operationHash(query) } };
    const [unknown] = await ask(open, { extensions });
    expect(unknown).toMatchObject({
      message: 'PersistedQueryNotFound',
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    });
    expect(await ask(open, { query, extensions })).toBeUndefined();
    expect(await ask(open, { extensions })).toBeUndefined();
    expect(await ask(open, { documentId: `sha256:${operationHash(query)}` })).toBeUndefined();
  });
});

describe.each(['POST', 'SSE', 'multipart', 'WebSocket'] as const)('over %s', (name) => {
  test('an operation above 256 KB is refused', async () => {
    const query = `{ me } #${'x'.repeat(defaultLimits.bodyBytes)}`;
    const [error] = (await roads[name]?.(open, { query })) ?? [];
    expect(error).toMatchObject({
      message: expect.stringMatching(/bytes or more; the limit is 262144/),
      extensions: { code: 'BODY_LIMIT_EXCEEDED' },
    });
  });
});

test('a mutation is not carried out by GET, streamed or not', async () => {
  const query = 'mutation { rename(id: "1", name: "x") { id } }';
  for (const road of ['GET', 'SSE by GET'] as const) {
    const [error] = (await roads[road]?.(open, { query })) ?? [];
    expect(error?.extensions?.['code']).toBe('METHOD_NOT_ALLOWED');
  }
  expect(open.catalogue.seen.map(({ body }) => body).join()).not.toContain('rename');
});

test('whatever is refused on a WebSocket, its neighbours go on', async () => {
  const { socket, subscribe, answerTo } = await openSocket(open.server.url);
  subscribe('follow', { query: 'subscription { renamed { id } }' });
  for (const [at, [, , query]] of tooMuch.entries()) {
    subscribe(`bad ${at}`, { query });
    expect((await answerTo(`bad ${at}`)).type).toBe('error');
  }
  subscribe('huge', { query: `{ me } #${'x'.repeat(600_000)}` });
  expect((await answerTo('huge')).type).toBe('error');
  open.log.append({ subjectId: '7' });
  expect(await answerTo('follow')).toMatchObject({
    type: 'next',
    payload: { data: { renamed: { id: '7' } } },
  });
  socket.close();
});
