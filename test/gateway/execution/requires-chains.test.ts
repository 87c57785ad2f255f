import { afterEach, describe, expect, test } from '@jest/globals';
import type { Engine } from '../../../gateway/execution/engine.ts';
import { endlessGraph, endlessQuery } from './worlds/endless-graph.ts';
import { openGraph, type SmallGraph, type SmallSubgraph } from './worlds/small-graph.ts';

/**
 * Fields that require fields that require others. The planner alone asks a subgraph for them before it has what they require,
 * or never ends. Each is planned another way here, or refused.
 */

const engines: Engine[] = [];

const open = async (subgraphs: Record<string, SmallSubgraph>): Promise<SmallGraph> => {
  const graph = await openGraph(subgraphs);
  engines.push(graph.engine);
  return graph;
};

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

type Sent = Readonly<Record<string, unknown>>;

/** What came along with the key, as a subgraph gets it. */
const asSent = { __resolveReference: (reference: Sent) => reference };
const drug = { id: 'd', net: 100 };

const prices: Record<string, SmallSubgraph> = {
  catalogue: {
    sdl: `
      type Drug @key(fields: "id") {
        id: ID!
        net(currency: String = "USD"): Int
        tax: Int @external
        label: String @requires(fields: "tax")
      }`,
    resolvers: {
      Drug: {
        __resolveReference: (reference: Sent) => ({ ...drug, ...reference }),
        net: (_: unknown, { currency }: { currency: string }) => (currency === 'EUR' ? 90 : 100),
        label: ({ tax }: { tax?: number }) => `tax ${tax}`,
      },
    },
  },
  taxes: {
    sdl: `
      type Drug @key(fields: "id") {
        id: ID!
        net(currency: String = "USD"): Int @external
        tax: Int @requires(fields: "net(currency: \\"EUR\\")")
      }
      type Query { drug: Drug }`,
    resolvers: {
      Query: { drug: () => ({ id: 'd' }) },
      Drug: {
        ...asSent,
        tax: ({ net }: { net?: number }) => (net === undefined ? null : net / 10),
      },
    },
  },
};

const withArguments: Record<string, SmallSubgraph> = {
  catalogue: {
    sdl: `
      type Drug @key(fields: "id") {
        id: ID!
        net: Int
        tax(year: Int!): String @external
        label: String @requires(fields: "tax(year: 2)")
      }`,
    resolvers: {
      Drug: {
        __resolveReference: (reference: Sent) => ({ ...drug, ...reference }),
        label: ({ tax }: { tax?: string }) => `tax ${tax}`,
      },
    },
  },
  taxes: {
    sdl: `
      type Drug @key(fields: "id") {
        id: ID!
        net: Int @external
        tax(year: Int!): String @requires(fields: "net")
      }
      type Query { drug: Drug }`,
    resolvers: {
      Query: { drug: () => ({ id: 'd' }) },
      Drug: {
        ...asSent,
        tax: ({ net }: { net?: number }, { year }: { year: number }) => `${net} in ${year}`,
      },
    },
  },
};

describe('a required field that requires another', () => {
  test.each([
    ['alone', '{ drug { label } }', { label: 'tax 9' }],
    ['with what it requires', '{ drug { label tax } }', { label: 'tax 9', tax: 9 }],
    [
      'with the first of the chain, by other arguments',
      '{ drug { label net tax } }',
      { label: 'tax 9', net: 100, tax: 9 },
    ],
  ])('is fetched before it, in the subgraph where the plan starts: %s', async (_, query, data) => {
    const { run } = await open(prices);
    expect(await run(query)).toEqual({ data: { drug: data } });
  });

  test('is never asked of a subgraph that was not sent what it requires', async () => {
    const { run, sent } = await open(prices);
    await run('{ drug { label } }');
    const [first, second, third, fourth] = sent;
    expect(sent).toHaveLength(4);
    expect(first?.operation).not.toMatch(/net|tax/);
    expect([second?.subgraph, third?.subgraph, fourth?.subgraph]).toEqual([
      'catalogue',
      'taxes',
      'catalogue',
    ]);
    expect(JSON.parse(third?.variables ?? '')).toEqual({
      representations: [{ __typename: 'Drug', id: 'd', net: 90 }],
    });
  });

  test('is sent what it requires where the client has a condition for the same field', async () => {
    const { run } = await open(withArguments);
    const query = `query ($with: Boolean!) { drug { label again: tax(year: 2) @include(if: $with) } }`;
    expect(await run(query, { with: true })).toEqual({
      data: { drug: { label: 'tax 100 in 2', again: '100 in 2' } },
    });
  });

  test('is sent with the types of its objects where it depends on them', async () => {
    const { run, sent } = await open({
      catalogue: {
        sdl: `
          interface Pack { size: Int }
          type Box implements Pack { size: Int @shareable walls: Int }
          type Bag implements Pack { size: Int @shareable }
          type Drug @key(fields: "id") {
            id: ID!
            pack: Pack
            room: Int @external
            label: String @requires(fields: "room")
          }`,
        resolvers: {
          Drug: {
            __resolveReference: (reference: Sent) => ({
              pack: { __typename: 'Box', size: 3, walls: 1 },
              ...reference,
            }),
            label: ({ room }: { room: number }) => `room ${room}`,
          },
        },
      },
      store: {
        sdl: `
          interface Pack { size: Int }
          type Box implements Pack { size: Int @shareable walls: Int @external }
          type Bag implements Pack { size: Int @shareable }
          type Drug @key(fields: "id") {
            id: ID!
            pack: Pack @external
            room: Int @requires(fields: "pack { size ... on Box { walls } }")
          }
          type Query { drug: Drug }`,
        resolvers: {
          Query: { drug: () => ({ id: 'd' }) },
          Drug: {
            ...asSent,
            room: ({ pack }: { pack: { __typename: string; size: number; walls: number } }) =>
              pack.__typename === 'Box' ? pack.size - pack.walls : pack.size,
          },
        },
      },
    });
    expect(await run('{ drug { label } }')).toEqual({ data: { drug: { label: 'room 2' } } });
    expect(sent.some(({ variables }) => variables.includes('"__typename":"Box"'))).toBe(true);
  });
});

describe('a query that the planner never ends with', () => {
  test('is planned another way', async () => {
    const { run } = await open(endlessGraph);
    expect(await run(endlessQuery)).toEqual({
      data: { item: { substitute: { substitute: { partOf: { label: '[Drug 1ssp]' } } } } },
    });
  });
});

describe('an interface object that its subgraph cannot be asked for', () => {
  const stock: Record<string, SmallSubgraph> = {
    catalogue: {
      sdl: `
        interface Item @key(fields: "id") { id: ID! }
        type Drug implements Item @key(fields: "id") { id: ID! strength: Int }
        type Device implements Item @key(fields: "id") { id: ID! }`,
      resolvers: {
        Item: {
          __resolveReference: ({ id }: { id: string }) =>
            id.startsWith('dr')
              ? { __typename: 'Drug', id, strength: 5 }
              : { __typename: 'Device', id },
        },
      },
    },
    stock: {
      sdl: `
        type Item @key(fields: "id", resolvable: false) @interfaceObject {
          id: ID!
          onHand(atLeast: Int = 0): Int
        }
        type Query { items: [Item] }`,
      resolvers: {
        Query: { items: () => [{ id: 'drug' }, { id: 'device' }] },
        Item: {
          __resolveReference: () => {
            throw new Error('Items cannot be asked for here.');
          },
          onHand: ({ id }: { id: string }, { atLeast }: { atLeast: number }) => id.length + atLeast,
        },
      },
    },
  };

  test.each([
    ['for one type', '{ items { ... on Drug { onHand } } }', [{ onHand: 4 }, {}]],
    [
      'by other arguments for each type, in a fragment, with what the type alone has',
      `{ items { ...OfDrug ... on Device { id onHand(atLeast: 20) } } }
       fragment OfDrug on Drug { __typename strength onHand(atLeast: 10) }`,
      [
        { __typename: 'Drug', strength: 5, onHand: 14 },
        { id: 'device', onHand: 26 },
      ],
    ],
  ])('is asked at once for what the client selects %s', async (_, query, items) => {
    const { run } = await open(stock);
    expect(await run(query)).toEqual({ data: { items } });
  });
});
