import { parse } from 'graphql';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

/** Events that name orders, and the orders themselves. */
export const orderSubgraphs = {
  events: {
    typeDefs: parse(`${link}
      type Subscription { orderChanged(facilityId: ID, after: String): OrderChange! }
      type OrderChange { id: ID! to: String! order: Order! }
      type Order @key(fields: "id", resolvable: false) { id: ID! }`),
    resolvers: {},
  },
  orders: {
    typeDefs: parse(`${link}
      type Query { order(id: ID!): Order broken: String }
      type Mutation { rename(id: ID!, number: String!): Order! }
      type Order @key(fields: "id") { id: ID! number: String! }`),
    resolvers: {
      Query: {
        order: (_: unknown, { id }: { id: string }) => ({ id }),
        broken: () => {
          throw new Error('It is broken.');
        },
      },
      Mutation: { rename: (_: unknown, args: { id: string; number: string }) => args },
      Order: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        number: ({ id, number }: { id: string; number?: string }) => number ?? `No. ${id}`,
      },
    },
  },
};
