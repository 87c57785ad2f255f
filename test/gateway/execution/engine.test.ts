import { describe, expect, test } from '@jest/globals';
import { createEngine } from '../../../gateway/execution/engine.ts';
import { OperationRefused } from '../../../gateway/execution/operation-refused.ts';
import { clinic } from './worlds/clinic.ts';
import { composeSmall, openGraph, request } from './worlds/small-graph.ts';

const refusal = async (prepared: unknown): Promise<OperationRefused> => {
  const error = await Promise.resolve(prepared).catch((reason: unknown) => reason);
  if (!(error instanceof OperationRefused)) throw new Error('It was not refused.');
  return error;
};

describe('operations that are refused', () => {
  test.each([
    ['no GraphQL', '{ ward', 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
    ['an unknown field', '{ ward { colour } }', 'GRAPHQL_VALIDATION_FAILED', /colour/],
    ['an inaccessible field', '{ ward { secret } }', 'GRAPHQL_VALIDATION_FAILED', /secret/],
    [
      '@defer',
      '{ ward { id ... @defer { name } } }',
      'INCREMENTAL_DELIVERY_NOT_SUPPORTED',
      /@defer is not supported/,
    ],
    [
      'an alias that no object can have',
      '{ ward { __proto__: name } }',
      'GRAPHQL_VALIDATION_FAILED',
      /__proto__/,
    ],
    [
      'two operations and no name',
      'query A { count } query B { count }',
      'OPERATION_RESOLUTION_FAILURE',
      /2 operations/,
    ],
  ])('%s', async (_, source, code, message) => {
    const { engine } = await openGraph(clinic);
    const { errors, status } = await refusal(engine.prepare(source));
    expect(status).toBe(400);
    expect(errors[0]?.extensions['code']).toBe(code);
    expect(errors[0]?.message).toMatch(message);
  });

  test('an operation that the document does not have', async () => {
    const { engine } = await openGraph(clinic);
    const { errors } = await refusal(engine.prepare('query A { count }', 'B'));
    expect(errors[0]?.message).toBe('Unknown operation named "B".');
  });

  test('variables that do not fit, before anything is sent', async () => {
    const { engine, sent } = await openGraph(clinic);
    const prepared = await engine.prepare(
      'query ($f: Filter!, $n: Int!) { wards(filter: $f, first: $n) { id } }',
    );
    const { errors, status } = await refusal(prepared.execute({ f: { name: 3 }, n: 'x' }, request));
    expect(status).toBe(400);
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual([
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ]);
    expect(sent).toEqual([]);
  });
});

describe('preparing', () => {
  test('a known operation is there at once, and the same one', async () => {
    const { engine } = await openGraph(clinic);
    const [first, again] = [engine.prepare('{ count }'), engine.prepare('{ count }')];
    expect(again).toBe(first);
    expect(engine.prepare('{ count }')).toBeInstanceOf(Promise);
    const prepared = await first;
    expect(engine.prepare('{ count }')).toBe(prepared);
    expect(engine.stats()).toMatchObject({ planned: 1, planCacheHits: 1, planCacheMisses: 1 });
  });

  test('the operation that is named is chosen', async () => {
    const { engine } = await openGraph(clinic);
    const source = 'query A { count } query B { ward { id } }';
    const prepared = await engine.prepare(source, 'B');
    expect(await prepared.execute({}, request)).toBe('{"data":{"ward":{"id":"w1"}}}');
    expect(await (await engine.prepare(source, 'A')).execute({}, request)).toBe(
      '{"data":{"count":7}}',
    );
  });

  test('the cache is bounded', async () => {
    const { engine } = await openGraph(clinic, { cacheSize: 2 });
    for (const name of ['a', 'b', 'c']) await engine.prepare(`{ ${name}: count }`);
    await engine.prepare('{ a: count }');
    expect(engine.stats().planned).toBe(4);
  });
});

describe('supergraphs', () => {
  const client = (name: string) => ({
    name,
    send: () => Promise.reject(new Error('Nobody asked.')),
    close: () => Promise.resolve(),
  });

  test('that demand authorization load, and nobody reads what they protect', async () => {
    const { run, sent } = await openGraph({
      a: {
        sdl: 'type Query { mine: Int @authenticated }',
        resolvers: { Query: { mine: () => 1 } },
      },
    });
    expect((await run('{ mine }')).data).toEqual({ mine: null });
    expect(sent).toEqual([]);
  });

  test.each([
    ['are no SDL', 'type', /The supergraph is refused: Syntax Error/],
    ['are no supergraph', 'type Query { a: Int }', /The supergraph is refused: Invalid supergraph/],
    [
      'need what this gateway does not know',
      composeSmall(clinic).replace(
        '{\n  query: Query',
        '@link(url: "https://specs.example.org/magic/v1.0", for: EXECUTION)\n{\n  query: Query',
      ),
      /magic/,
    ],
  ])('that %s are refused', async (_, supergraphSdl, message) => {
    await expect(createEngine({ supergraphSdl, client })).rejects.toThrow(message);
  });

  test('hand their subgraphs out once each, and close them', async () => {
    const closed: string[] = [];
    const engine = await createEngine({
      supergraphSdl: composeSmall(clinic),
      client: (name, url) => ({
        ...client(name),
        close: async () => void closed.push(`${name} ${url}`),
      }),
    });
    await engine.close();
    expect(new Set(closed)).toEqual(
      new Set(['staff http://staff.test/graphql', 'wards http://wards.test/graphql']),
    );
  });
});
