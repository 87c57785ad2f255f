import type { SmallSubgraph } from './small-graph.ts';

type Sent = Readonly<Record<string, unknown>>;

/** Three subgraphs, of which the planner alone never ends planning `endlessQuery`. */
export const endlessGraph: Record<string, SmallSubgraph> = {
  catalogue: {
    sdl: `
      interface Item @key(fields: "id") { id: ID! name: String }
      type Drug implements Item @key(fields: "id") { id: ID! name: String substitute: Drug }
      type Query { item: Item }`,
    resolvers: {
      Query: { item: () => ({ __typename: 'Drug', id: '1' }) },
      Item: {
        __resolveReference: (reference: Sent) => ({ ...reference, __typename: 'Drug' }),
      },
      Drug: {
        name: ({ id }: { id: string }) => `Drug ${id}`,
        substitute: ({ id }: { id: string }) => ({ id: `${id}s` }),
      },
    },
  },
  labels: {
    sdl: `
      type Item @key(fields: "id") @interfaceObject {
        id: ID!
        name: String @external
        label: String @requires(fields: "name")
      }`,
    resolvers: { Item: { label: ({ name }: { name: string }) => `[${name}]` } },
  },
  stock: {
    sdl: 'type Item @key(fields: "id") @interfaceObject { id: ID! partOf(level: Int = 1): Item }',
    resolvers: { Item: { partOf: ({ id }: { id: string }) => ({ id: `${id}p` }) } },
  },
};

export const endlessQuery = `{ item { ... on Drug { substitute { substitute { partOf(level: 4) {
  ... on Drug { label }
} } } } } }`;
