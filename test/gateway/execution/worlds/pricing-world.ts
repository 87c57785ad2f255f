import type { Thing, World } from './world.ts';

const product = (id: string): Thing => ({ __typename: 'Product', id });
const comment = (id: string): Thing => ({ __typename: 'Comment', id });
const rates: Readonly<Record<string, number>> = { USD: 1, EUR: 2, CHF: 3 };

const sum = (...values: unknown[]): number | null => {
  if (values.includes(undefined)) throw new Error('Nothing was sent along.');
  return values.includes(null) ? null : values.reduce<number>((all, one) => all + Number(one), 0);
};

/** Fields that require others with arguments, while clients ask for the same ones with arguments of their own. */
export const pricingWorld: World = {
  name: 'pricing',
  forgetful: ['shipping'],
  keys: new Set(['id']),
  subgraphs: {
    catalogue: `
      enum Currency { USD EUR CHF }
      type Product @key(fields: "id") {
        id: ID!
        name: String
        price(currency: Currency = USD): Int
        weight(unit: String = "g"): Int
        box: Box
      }
      type Box { volume(unit: String = "l"): Int material: String }
      type Query { products(first: Int = 3): [Product!] }`,
    shipping: `
      enum Currency { USD EUR CHF }
      type Product @key(fields: "id") {
        id: ID!
        price(currency: Currency = USD): Int @external
        weight(unit: String = "g"): Int @external
        box: Box @external
        dollars: Int @requires(fields: "price(currency: USD) weight")
        euros: Int @requires(fields: "price(currency: EUR) weight(unit: \\"kg\\")")
        room: Int @requires(fields: "box { volume(unit: \\"l\\") }")
        days: Int
      }
      type Box @external { volume(unit: String = "l"): Int }`,
    social: `
      type Product @key(fields: "id") {
        id: ID!
        comments(limit: Int!): [Comment!]
        authors: [String] @requires(fields: "comments(limit: 3) { by }")
      }
      type Comment @key(fields: "id") { id: ID! by: String @external text: String }`,
    people: `
      type Comment @key(fields: "id") { id: ID! by: String }`,
  },
  values: {
    Query: { products: (_, { first }) => ['p1', 'p2', 'p3'].slice(0, Number(first)).map(product) },
    Product: {
      name: ({ id }) => `Product ${id}`,
      price: ({ id }, { currency }) =>
        Number(id.slice(1)) * 100 * (rates[String(currency ?? 'USD')] ?? 0),
      weight: (_, { unit }) => (unit === 'kg' ? 7 : 7_000),
      box: ({ id }) => ({ __typename: 'Box', id: `${id}.box` }),
      dollars: (_, __, read) =>
        sum(read('price', { currency: 'USD' }), read('weight', { unit: 'g' })),
      euros: (_, __, read) =>
        sum(read('price', { currency: 'EUR' }), read('weight', { unit: 'kg' })),
      room: (_, __, read) => sum(read('box.volume')),
      days: () => 2,
      comments: ({ id }, { limit }) =>
        ['a', 'b', 'c', 'd'].slice(0, Number(limit)).map((name) => comment(`${id}.${name}`)),
      authors: (_, __, read) => {
        const by = read('comments.by', { limit: 3 });
        if (by === undefined) throw new Error('Nothing was sent along.');
        return by;
      },
    },
    Box: { volume: (_, { unit }) => (unit === 'm3' ? 1 : 1_000), material: () => 'wood' },
    Comment: { by: ({ id }) => `Author of ${id}`, text: ({ id }) => `Text of ${id}` },
  },
};
