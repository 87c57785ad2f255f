import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { signIdentity } from '../../platform/tokens.ts';
import { createInventorySubgraph } from '../../subgraphs/inventory/subgraph.ts';
import { type RunningSubgraph, runSubgraph, subgraphHelp } from '../../subgraphs/run-subgraph.ts';
import { northerner } from '../support/graph.ts';
import { freshDatabase } from '../support/postgres.ts';

const secret = 's'.repeat(32);
const names = ['clinical', 'inventory'];
const feeds = { clinicalMs: 1, ordersMs: 1, mastersMs: 1, stockMs: 1 };
const reported: unknown[] = [];

const run = (
  words: readonly string[],
  environment: Record<string, string>,
): Promise<RunningSubgraph> =>
  runSubgraph({
    words,
    environment,
    names,
    create: async (_, database) =>
      createInventorySubgraph({ database, freshness: { clock: { now: () => new Date() }, feeds } }),
    report: (error) => reported.push(error),
  });

let database: Awaited<ReturnType<typeof freshDatabase>>;
let environment: Record<string, string>;
let running: RunningSubgraph;

beforeAll(async () => {
  database = await freshDatabase();
  environment = { DATABASE_URL: database.url, HUB_SECRET: secret, PORT: String(await freePort()) };
  running = await run(['inventory'], environment);
});
afterAll(async () => {
  await running.stop();
  await database.drop();
  expect(reported).toEqual([]);
});

const ask = (headers: Record<string, string>): Promise<Response> =>
  fetch(running.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ stockPositions { totalCount } }' }),
  });

test('answers what the gateway signed', async () => {
  const response = await ask({ 'x-syncline-identity': signIdentity(northerner, secret) });
  expect(await response.json()).toEqual({ data: { stockPositions: { totalCount: 0 } } });
});

test.each<[string, () => Record<string, string>]>([
  ['no identity', () => ({})],
  ['an unsigned identity', () => ({ 'x-syncline-identity': 'eyJ9.x' })],
  [
    'an identity signed with another secret',
    () => ({ 'x-syncline-identity': signIdentity(northerner, 'o'.repeat(32)) }),
  ],
  [
    'an identity signed long ago',
    () => ({ 'x-syncline-identity': signIdentity(northerner, secret, Date.now() - 3_600_000) }),
  ],
])('refuses %s', async (_, headers) => {
  const response = await ask(headers());
  expect(response.status).toBe(401);
  expect(await response.json()).not.toHaveProperty('data');
});

test.each<[string, readonly string[], Record<string, string>, string]>([
  ['no name', [], {}, 'name one of clinical, inventory'],
  ['an unknown name', ['erq'], {}, 'There is no subgraph "erq"'],
  ['no database', ['inventory'], { DATABASE_URL: '' }, 'DATABASE_URL is not set'],
  ['no secret', ['inventory'], { HUB_SECRET: '' }, 'HUB_SECRET is not set'],
  ['a short secret', ['inventory'], { HUB_SECRET: 'short' }, 'HUB_SECRET is too short'],
  ['a port that is none', ['inventory'], { PORT: 'http' }, 'PORT is http'],
])('with %s it says what to do', async (_, words, change, message) => {
  await expect(run(words, { ...environment, ...change })).rejects.toThrow(message);
});

test('says that its port is taken', async () => {
  await expect(run(['inventory'], environment)).rejects.toThrow('EADDRINUSE');
});

test('the help names every subgraph with its port and every setting', () => {
  const help = subgraphHelp(names);
  for (const word of [
    '4101 for clinical',
    '4102 for inventory',
    'DATABASE_URL',
    'HUB_SECRET',
    'PORT',
  ])
    expect(help).toContain(word);
});
