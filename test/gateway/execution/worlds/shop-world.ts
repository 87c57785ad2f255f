import type { Thing, World } from './world.ts';

const user = (id: string): Thing => ({ __typename: 'User', id });
const product = (upc: string): Thing => ({ __typename: 'Product', id: upc, upc });
const review = (id: string): Thing => ({ __typename: 'Review', id });

const prices: Readonly<Record<string, number>> = {
  '1': 899,
  '2': 1299,
  '3': 15,
  '4': 499,
  '5': 1299,
};
const reviewed: Readonly<Record<string, string>> = { r1: '1', r2: '1', r3: '2', r4: '3', r5: '2' };

/** The classic of federation: accounts, inventory, products, reviews. */
export const shopWorld: World = {
  name: 'shop',
  forgetful: ['inventory', 'reviews'],
  keys: new Set(['id', 'upc']),
  subgraphs: {
    accounts: `
      type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }
      type Query { me: User user(id: ID!): User users: [User] }`,
    inventory: `
      type Product @key(fields: "upc") {
        upc: String!
        weight: Int @external
        price: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }`,
    products: `
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }
      type Query { topProducts(first: Int = 3): [Product] }`,
    reviews: `
      type Review @key(fields: "id") {
        id: ID!
        body: String
        stars: Int!
        product: Product
        author: User @provides(fields: "username")
      }
      type User @key(fields: "id") {
        id: ID!
        username: String @external
        reviews(last: Int = 2): [Review!]
      }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }
      type Query { review(id: ID!): Review }`,
  },
  values: {
    Query: {
      me: () => user('1'),
      user: (_, { id }) => (Number(id) < 4 ? user(String(id)) : null),
      users: () => [user('1'), user('2'), null, user('3')],
      topProducts: (_, { first }) => ['1', '2', '3', '4', '5'].slice(0, Number(first)).map(product),
      review: (_, { id }) => (String(id) in reviewed ? review(String(id)) : null),
    },
    User: {
      name: ({ id }) => `Name "${id}"\twith \u2028 and \u{1F600}`,
      username: ({ id }) => `user${id}`,
      birthday: ({ id }) => 1_000 + Number(id),
      reviews: ({ id }, { last }) =>
        ['r1', 'r2', 'r3'].slice(Number(id) % 2, Number(last)).map(review),
    },
    Product: {
      name: ({ upc }) => `Product ${upc}`,
      price: ({ upc }) => prices[String(upc)],
      weight: ({ upc }) => Number(upc) * 100,
      inStock: ({ upc }) => Number(upc) % 2 === 0,
      shippingEstimate: (_, __, read) => {
        const [price, weight] = [read('price'), read('weight')];
        if (price === undefined || weight === undefined) throw new Error('Nothing was sent along.');
        return price === null || weight === null ? null : Number(price) + Number(weight);
      },
      reviews: ({ upc }) => [
        ...Object.keys(reviewed)
          .filter((id) => reviewed[id] === upc)
          .map(review),
        null,
      ],
    },
    Review: {
      body: ({ id }) => `Body of ${id}`,
      stars: ({ id }) => id.length + Number(id.slice(1)),
      product: ({ id }) => product(reviewed[id] ?? '1'),
      author: ({ id }) => user(id === 'r1' ? '1' : '2'),
    },
  },
};
