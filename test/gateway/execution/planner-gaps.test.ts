import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { unsafePatterns } from '../../../gateway/execution/unsafe-patterns.ts';
import { composeSmall, openGraph } from './worlds/small-graph.ts';

/**
 * What the planner, or ApolloGateway's executor, answers wrong without an error. Each is answered right here, or refused.
 */

const users = { u1: { id: 'u1', name: 'Ada', age: 36 }, u2: { id: 'u2', name: 'Bob', age: 41 } };
type UserId = keyof typeof users;

const people = {
  accounts: {
    sdl: `
      type User @key(fields: "id") { id: ID! name: String age: Int }
      type Query { users: [User] }`,
    resolvers: {
      Query: { users: () => Object.values(users) },
      User: { __resolveReference: ({ id }: { id: UserId }) => users[id] },
    },
  },
  letters: {
    sdl: `
      type User @key(fields: "id") {
        id: ID!
        name: String @external
        greeting: String @requires(fields: "name")
        letters: [String]
      }`,
    resolvers: {
      User: {
        greeting: ({ name }: { name: string }) => `Dear ${name}`,
        letters: ({ id }: { id: string }) => [`Letter to ${id}`],
      },
    },
  },
};

describe('names that the client chooses', () => {
  test.each([
    [
      'an alias like the key does not show the key',
      '{ users { id: name letters } }',
      [
        { id: 'Ada', letters: ['Letter to u1'] },
        { id: 'Bob', letters: ['Letter to u2'] },
      ],
    ],
    [
      'an alias like a required field is not sent for it',
      '{ users { name: age greeting } }',
      [
        { name: 36, greeting: 'Dear Ada' },
        { name: 41, greeting: 'Dear Bob' },
      ],
    ],
    [
      'an alias like __typename does not change the type',
      '{ users { __typename: name letters } }',
      [
        { __typename: 'Ada', letters: ['Letter to u1'] },
        { __typename: 'Bob', letters: ['Letter to u2'] },
      ],
    ],
    [
      'names that every object inherits are names like others',
      '{ users { constructor: age toString: letters } }',
      [
        { constructor: 36, toString: ['Letter to u1'] },
        { constructor: 41, toString: ['Letter to u2'] },
      ],
    ],
  ])('%s', async (_, query, expected) => {
    const { run } = await openGraph(people);
    expect(await run(query)).toEqual({ data: { users: expected } });
  });

  test('errors have the names that the client chose', async () => {
    const { run } = await openGraph({
      ...people,
      accounts: {
        ...people.accounts,
        resolvers: {
          ...people.accounts.resolvers,
          Query: {
            users: () => [
              {
                id: 'u1',
                name: () => {
                  throw new Error('No name.');
                },
              },
            ],
          },
        },
      },
    });
    const { errors } = await run('{ users { id: name letters } }');
    expect(errors).toMatchObject([{ message: 'No name.', path: ['users', 0, 'id'] }]);
  });
});

describe('conditions', () => {
  test('a required field that is left out does not take other fields along', async () => {
    const { run } = await openGraph(people);
    const query = 'query ($with: Boolean!) { users { letters greeting @include(if: $with) } }';
    expect(await run(query, { with: false })).toEqual({
      data: { users: [{ letters: ['Letter to u1'] }, { letters: ['Letter to u2'] }] },
    });
    expect(await run(query, { with: true })).toEqual({
      data: {
        users: [
          { letters: ['Letter to u1'], greeting: 'Dear Ada' },
          { letters: ['Letter to u2'], greeting: 'Dear Bob' },
        ],
      },
    });
  });

  test('an object of which everything is left out is an empty object, not null', async () => {
    const { run } = await openGraph(people);
    const query = 'query ($with: Boolean!) { users { name @include(if: $with) } }';
    expect(await run(query, { with: false })).toEqual({ data: { users: [{}, {}] } });
  });
});

describe('required fields with arguments', () => {
  const prices = {
    shop: {
      sdl: `
        type Product @key(fields: "id") { id: ID! price(currency: String!): Int }
        type Query { product: Product }`,
      resolvers: {
        Query: { product: () => ({ id: 'p' }) },
        Product: {
          price: (_: unknown, { currency }: { currency: string }) => (currency === 'EUR' ? 2 : 1),
        },
      },
    },
    shipping: {
      sdl: `
        type Product @key(fields: "id") {
          id: ID!
          price(currency: String!): Int @external
          inDollars: String @requires(fields: "price(currency: \\"USD\\")")
          inEuros: String @requires(fields: "price(currency: \\"EUR\\")")
        }`,
      resolvers: {
        Product: {
          inDollars: ({ price }: { price: number }) => `$${price}`,
          inEuros: ({ price }: { price: number }) => `€${price}`,
        },
      },
    },
  };

  test.each([
    ['one', '{ product { inEuros } }', { inEuros: '€2' }],
    ['two of one field', '{ product { inDollars inEuros } }', { inDollars: '$1', inEuros: '€2' }],
    [
      'one, and the client asks with other arguments',
      '{ product { inDollars price(currency: "EUR") } }',
      { inDollars: '$1', price: 2 },
    ],
    [
      'one, and the client has taken its name',
      '{ product { price__required1: id inDollars price(currency: "EUR") } }',
      { price__required1: 'p', inDollars: '$1', price: 2 },
    ],
  ])('%s', async (_, query, product) => {
    const { run } = await openGraph(prices);
    expect(await run(query)).toEqual({ data: { product } });
  });

  test('a field that is required with one set of arguments alone is asked for under its own name', async () => {
    const { run, sent } = await openGraph(prices);
    await run('{ product { inDollars } }');
    expect(sent[0]?.operation).toContain('price(currency:"USD")');
    expect(sent[0]?.operation).not.toContain('__required');
  });
});

describe('keys', () => {
  test('a subgraph is given a key that it can resolve, whatever comes first', async () => {
    const { run } = await openGraph({
      names: {
        sdl: `
          type Item @key(fields: "id") @key(fields: "code", resolvable: false) { id: ID! code: String name: String }
          type Query { item: Item }`,
        resolvers: {
          Query: { item: () => ({ id: 'i', code: 'c', name: 'Bolt' }) },
          Item: {
            __resolveReference: ({ id }: { id: string }) => ({ id, code: 'c', name: 'Bolt' }),
          },
        },
      },
      labels: {
        sdl: `
          type Item @key(fields: "code", resolvable: false) @key(fields: "id") {
            id: ID!
            code: String
            name: String @external
            label: String @requires(fields: "name")
          }`,
        resolvers: {
          Item: {
            __resolveReference: (reference: { id?: string }) => (reference.id ? reference : null),
            label: ({ name }: { name: string }) => `[${name}]`,
          },
        },
      },
    });
    expect(await run('{ item { label } }')).toEqual({ data: { item: { label: '[Bolt]' } } });
  });

  test('a supergraph in which a subgraph cannot be asked again is refused by the name of the field', async () => {
    const supergraphSdl = composeSmall({
      names: { sdl: 'type Item @key(fields: "id") { id: ID! name: String } type Query { x: Int }' },
      labels: {
        sdl: `
          type Item @key(fields: "id", resolvable: false) {
            id: ID!
            name: String @external
            label: String @requires(fields: "name")
          }
          type Query { items: [Item] }`,
      },
    });
    expect(unsafePatterns(parse(supergraphSdl))).toEqual([
      'Item.label has @requires in the subgraph "labels", which has no resolvable @key for Item: it cannot be given what the field requires.',
    ]);
  });
});

describe('interface objects', () => {
  const media = {
    library: {
      sdl: `
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
        type Query { media: [Media] }`,
      resolvers: {
        Query: {
          media: () => [
            { __typename: 'Book', id: 'b', title: 'Emma', pages: 300 },
            { __typename: 'Film', id: 'f', title: 'Heat', minutes: 170 },
          ],
        },
        Media: {
          __resolveReference: ({ id }: { id: string }) =>
            id === 'b'
              ? { __typename: 'Book', id, title: 'Emma', pages: 300 }
              : { __typename: 'Film', id, title: 'Heat', minutes: 170 },
        },
      },
    },
    reviews: {
      sdl: `
        type Media @key(fields: "id") @interfaceObject { id: ID! stars(of: Int = 5): Int }
        type Query { best: [Media] }`,
      resolvers: {
        Query: { best: () => [{ id: 'b' }, { id: 'f' }] },
        Media: { stars: (_: unknown, args: { of: number }) => args.of - 1 },
      },
    },
  };

  test.each([
    [
      'keep the type that is known when the subgraph names the interface',
      '{ best { title ... on Book { __typename pages stars } } }',
      { best: [{ title: 'Emma', __typename: 'Book', pages: 300, stars: 4 }, { title: 'Heat' }] },
    ],
    [
      'are told their type by the subgraph that knows it',
      '{ best { __typename stars } }',
      {
        best: [
          { __typename: 'Book', stars: 4 },
          { __typename: 'Film', stars: 4 },
        ],
      },
    ],
    [
      'do not mix what one name means for two types',
      '{ media { ... on Book { it: stars(of: 10) } ... on Film { it: stars(of: 100) } } }',
      { media: [{ it: 9 }, { it: 99 }] },
    ],
  ])('%s', async (_, query, data) => {
    const { run } = await openGraph(media);
    expect(await run(query)).toEqual({ data });
  });

  test('what nothing implements is refused, not read as null', async () => {
    const { run } = await openGraph({
      a: {
        sdl: 'interface Node @key(fields: "id") { id: ID! } type Query { node: Node }',
        resolvers: { Query: { node: () => null } },
      },
      b: {
        sdl: 'type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! size: Int }',
        resolvers: {},
      },
    });
    await expect(run('{ node { size } }')).rejects.toMatchObject({
      errors: [
        {
          message:
            'No subgraph can answer what is selected of Query.node: nothing in the graph implements its type Node.',
          extensions: { code: 'OPERATION_NOT_ANSWERABLE' },
        },
      ],
    });
  });
});
