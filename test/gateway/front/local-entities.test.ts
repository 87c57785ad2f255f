import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { OperationCache } from '../../../gateway/clients/compiled/operation-cache.ts';
import { localClient } from '../../../gateway/clients/local-client.ts';
import type { GatewayRequest } from '../../../gateway/request.ts';

const typeDefs = parse(`
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Item @key(fields: "id") { id: ID! name: String self: Named }
type Supplier implements Named @key(fields: "id") { id: ID! name: String self: Named }
interface Named @key(fields: "id") { id: ID! name: String }`);

interface Reference {
  readonly id: string;
}

const later = (ticks: number): Promise<unknown> =>
  ticks === 0 ? Promise.resolve() : Promise.resolve().then(() => later(ticks - 1));

const supplier = ({ id }: Reference) => Object.freeze({ id, name: `Supplier ${id}` });

const resolvers = {
  Item: {
    __resolveReference: ({ id }: Reference) => {
      if (id === 'thrown') throw new Error('secret words');
      if (id === 'unknown') return null;
      if (id.startsWith('late')) return later(9).then(() => ({ id, name: 'late' }));
      if (id === 'rejected') return later(5).then(() => Promise.reject(new Error('secret')));
      return { id, name: `Item ${id}` };
    },
  },
  Supplier: { __resolveReference: supplier, self: (parent: unknown) => parent },
  Named: {
    __resolveReference: (reference: Reference) => ({
      ...supplier(reference),
      __typename: 'Supplier',
    }),
  },
};

const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
const client = localClient({ name: 'erp', schema, contextFor: () => ({}) });
const request: GatewayRequest = {
  identity: null,
  forward: {},
  deadlineAt: Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
};

const ask = (selection: string, typename: string, ids: readonly string[]) =>
  client.send(
    {
      operation: `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`,
      operationName: undefined,
      kind: 'query',
      variables: JSON.stringify({ r: ids.map((id) => ({ __typename: typename, id })) }),
    },
    request,
  );

describe('entities of a subgraph in this process', () => {
  test('keep their places, whichever comes first and whichever fails', async () => {
    const ids = ['rejected', '1', 'late', 'unknown', 'thrown', '2'];
    const { data, errors } = await ask('... on Item { name }', 'Item', ids);
    const names = [null, 'Item 1', 'late', null, null, 'Item 2'];
    expect(data).toEqual({ _entities: names.map((name) => name && { name }) });
    expect(errors?.map(({ path }) => path)).toEqual([
      ['_entities', 4],
      ['_entities', 0],
    ]);
  });

  test('may be frozen records, and resolvers below them see their type', async () => {
    const { data, errors } = await ask('... on Supplier { self { __typename name } }', 'Supplier', [
      '7',
    ]);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [{ self: { __typename: 'Supplier', name: 'Supplier 7' } }],
    });
  });

  test('are found by the key of an interface', async () => {
    const { data } = await ask('__typename ... on Named { name }', 'Named', ['7']);
    expect(data).toEqual({ _entities: [{ __typename: 'Supplier', name: 'Supplier 7' }] });
  });
});

describe('the operations that are kept compiled', () => {
  test('are bounded by the length of their texts, and a text that is known is not compiled again', () => {
    const operations = new OperationCache(schema);
    const text = (at: number) => `query Q${at} { ${`a${at}: __typename `.repeat(600)} }`;
    const first = operations.compiled(text(0), undefined);
    expect(operations.compiled(text(0), undefined)).toBe(first);
    for (let at = 1; at < 80; at += 1) operations.compiled(text(at), undefined);
    expect(operations.characters).toBeGreaterThan(400 * 1_024);
    expect(operations.characters).toBeLessThanOrEqual(512 * 1_024);
    expect(operations.compiled(text(0), undefined)).not.toBe(first);
  });
});
