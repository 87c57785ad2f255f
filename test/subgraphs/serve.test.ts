import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { type ServedSubgraph, serveSubgraph } from '../../subgraphs/serve.ts';
import { central, type Graph, northerner, openGraph } from '../support/graph.ts';

let graph: Graph;
let served: ServedSubgraph;
const reported: unknown[] = [];

beforeAll(async () => {
  graph = await openGraph();
  const { erp } = graph.subgraphs;
  if (erp === undefined) throw new Error('There is no erp subgraph.');
  served = await serveSubgraph(erp, {
    host: '127.0.0.1',
    port: await freePort(),
    // Stands for the signature that the gateway makes.
    identify: async (headers) =>
      headers['x-identity'] === 'central'
        ? central
        : headers['x-identity'] === 'north'
          ? northerner
          : null,
    report: (error) => reported.push(error),
  });
});
afterAll(async () => {
  await served.stop();
  await graph.close();
  expect(reported).toEqual([]);
});

const post = async (
  body: string,
  identity?: string,
): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(identity === undefined ? {} : { 'x-identity': identity }),
    },
    body,
  });
  return { status: response.status, body: await response.json() };
};
const query = (source: string, variables = {}): string =>
  JSON.stringify({ query: source, variables });
const entity = query(
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Facility { name } } }',
  {
    r: [{ __typename: 'Facility', id: 'south' }],
  },
);

test.each([
  ['a query', query('{ facilities { totalCount } }')],
  ['its own SDL', query('{ _service { sdl } }')],
  ['an entity', entity],
  ['a broken body', '{'],
])('refuses %s to anyone but the gateway', async (_, body) => {
  const answer = await post(body);
  expect(answer).toMatchObject({
    status: 401,
    body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  });
  expect(answer.body).not.toHaveProperty('data');
});

test('answers entities to the gateway, within the scope of the signed identity', async () => {
  expect(await post(entity, 'central')).toEqual({
    status: 200,
    body: { data: { _entities: [{ name: 'south hospital' }] } },
  });
  expect(await post(entity, 'north')).toEqual({
    status: 200,
    body: { data: { _entities: [null] } },
  });
});

test('gives the gateway its SDL', async () => {
  const { body } = await post(query('{ _service { sdl } }'), 'central');
  expect(JSON.stringify(body)).toContain('type CostCenter');
});

test.each([
  ['{', 400],
  [query('{ nonsense }'), 400],
  ['[]', 400],
])('refuses %j with %i and goes on', async (body, status) => {
  expect((await post(body, 'central')).status).toBe(status);
  expect((await post(entity, 'central')).status).toBe(200);
});
