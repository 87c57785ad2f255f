import { describe, expect, test } from '@jest/globals';
import { SystemUnavailable } from '../../../platform/system-error.ts';
import { clinic, log } from './worlds/clinic.ts';
import { openGraph, request } from './worlds/small-graph.ts';

describe('answers', () => {
  test.each([
    [
      'custom scalars as they are',
      '{ wards(first: 1) { plan } }',
      { wards: [{ plan: { a: ['"'] } }] },
    ],
    [
      '__typename anywhere',
      '{ __typename t: __typename ward { __typename head { __typename } } }',
      {
        __typename: 'Query',
        t: 'Query',
        ward: { __typename: 'Ward', head: { __typename: 'Person' } },
      },
    ],
    [
      'the schema along with data',
      '{ count __type(name: "Kind") { enumValues { name } } }',
      { count: 7, __type: { enumValues: [{ name: 'SURGERY' }] } },
    ],
    [
      'the schema without any subgraph',
      '{ __schema { mutationType { name } } }',
      { __schema: { mutationType: { name: 'Mutation' } } },
    ],
    [
      'nothing for what is skipped',
      '{ count @skip(if: true) ward @include(if: false) { id } }',
      {},
    ],
  ])('hold %s', async (_, source, data) => {
    const { run } = await openGraph(clinic);
    expect(await run(source)).toEqual({ data });
  });

  test('hold the fields of two subgraphs in the order asked', async () => {
    const { engine } = await openGraph(clinic);
    const prepared = await engine.prepare(
      '{ ward { nurses { name } name ...F } } fragment F on Ward { id }',
    );
    expect(await prepared.execute(undefined, request)).toBe(
      '{"data":{"ward":{"nurses":[{"name":"Bob"},{"name":"Eve"}],"name":"Ward w1","id":"w1"}}}',
    );
  });

  test('use the defaults of variables and arguments', async () => {
    const { run } = await openGraph(clinic);
    const query =
      'query ($n: Int! = 1, $with: Boolean = true) { wards(first: $n) { id name @include(if: $with) } }';
    expect(await run(query)).toEqual({ data: { wards: [{ id: 'w1', name: 'Ward w1' }] } });
    expect(await run(query, { n: 2, with: false })).toEqual({
      data: { wards: [{ id: 'w1' }, { id: 'w2' }] },
    });
  });

  test('follow a fragment and a condition that is on it', async () => {
    const { run } = await openGraph(clinic);
    const query = `query ($with: Boolean!) { ward { ...W @include(if: $with) id } } fragment W on Ward { name head { ...P } } fragment P on Person { name }`;
    expect(await run(query, { with: true })).toEqual({
      data: { ward: { name: 'Ward w1', head: { name: 'Ada' }, id: 'w1' } },
    });
    expect(await run(query, { with: false })).toEqual({ data: { ward: { id: 'w1' } } });
  });

  test('answer the schema with variables and names of the client', async () => {
    const { run } = await openGraph(clinic);
    const query = 'query ($t: String!) { id: __type(name: $t) { kind } }';
    expect(await run(query, { t: 'Kind' })).toEqual({ data: { id: { kind: 'ENUM' } } });
  });
});

describe('nulls and errors', () => {
  test('a null that its place does not allow goes up to the next place that does, and is told', async () => {
    const { run } = await openGraph(clinic);
    expect(
      await run('{ a: ward { head { name } } b: ward(id: "w2") { name head { name } } }'),
    ).toEqual({
      data: { a: { head: { name: 'Ada' } }, b: null },
      errors: [
        {
          message: 'Cannot return null for non-nullable field Ward.head.',
          path: ['b', 'head'],
          extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'staff' },
        },
      ],
    });
  });

  test('a value that clients may not see is told and null', async () => {
    const { run } = await openGraph(clinic);
    expect(await run('{ ward { kind } }')).toMatchObject({
      data: { ward: { kind: null } },
      errors: [{ path: ['ward', 'kind'], extensions: { code: 'INVALID_SUBGRAPH_DATA' } }],
    });
  });

  test('a subgraph that is down takes its own fields and no others', async () => {
    const { run } = await openGraph(clinic, {
      between: (fetch, pass) =>
        fetch.subgraph === 'staff'
          ? Promise.reject(
              new SystemUnavailable('refused', {
                system: 'staff',
                operation: 'POST',
                kind: 'transient',
              }),
            )
          : pass(),
    });
    expect(await run('{ count wards { name nurses { name } } ward { id } }')).toMatchObject({
      data: { count: null, wards: null, ward: { id: 'w1' } },
      errors: [
        { path: ['count'], extensions: { code: 'SYSTEM_UNAVAILABLE', serviceName: 'staff' } },
        { path: ['wards'], extensions: { code: 'SYSTEM_UNAVAILABLE', serviceName: 'staff' } },
      ],
    });
  });

  test.each([
    ['no entities', { data: { _entities: null } }],
    ['too few entities', { data: { _entities: [] } }],
    ['nothing at all', {}],
    ['a word for a list', { data: { _entities: 'entities' } }],
  ])('an answer with %s is told', async (_, answer) => {
    const { run } = await openGraph(clinic, {
      between: (fetch, pass) => (fetch.subgraph === 'staff' ? Promise.resolve(answer) : pass()),
    });
    const { data, errors } = await run('{ ward { nurses { name } } }');
    expect(data).toEqual({ ward: null });
    expect(errors).toHaveLength(1);
  });
});

describe('mutations', () => {
  test('run one after the other, across subgraphs, and their objects are completed', async () => {
    const { run } = await openGraph(clinic);
    log.length = 0;
    const mutation = `mutation {
      a: open(id: "w1") { name head { name } } b: hire(id: "w3") { name } c: close(id: "w1") { id } }`;
    expect(await run(mutation)).toEqual({
      data: {
        a: { name: 'Ward w1', head: { name: 'Ada' } },
        b: { name: 'Ward w3' },
        c: { id: 'w1' },
      },
    });
    expect(log).toEqual(['open w1', 'hire w3', 'close w1']);
  });

  test('may answer the root of queries, in any subgraph', async () => {
    const { run } = await openGraph(clinic);
    expect(await run('mutation { leave { count query { count ward { name } } } }')).toEqual({
      data: { leave: { count: 6, query: { count: 7, ward: { name: 'Ward w1' } } } },
    });
  });
});
