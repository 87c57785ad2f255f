import type { SmallSubgraph } from './small-graph.ts';

/** What mutations did, in order. */
export const log: string[] = [];
const logged =
  (word: string) =>
  (_: unknown, { id }: { id: string }) => {
    log.push(`${word} ${id}`);
    return { id };
  };

/** Two subgraphs: wards, and the people who work in them. */
export const clinic: Record<string, SmallSubgraph> = {
  wards: {
    sdl: `
      scalar Json
      enum Kind { SURGERY CARE @inaccessible }
      type Ward @key(fields: "id") {
        id: ID!
        name: String!
        kind: Kind
        beds: [Int!]
        plan: Json
        secret: String @inaccessible
      }
      input Filter { name: String! }
      type Query {
        ward(id: ID! = "w1"): Ward
        wards(filter: Filter, first: Int! = 2): [Ward!]
      }
      type Mutation { open(id: ID!): Ward close(id: ID!): Ward }`,
    resolvers: {
      Query: {
        ward: (_: unknown, { id }: { id: string }) => ({
          id,
          name: `Ward ${id}`,
          kind: 'CARE',
          beds: [1, 2],
        }),
        wards: (_: unknown, { first }: { first: number }) =>
          ['w1', 'w2', 'w3']
            .slice(0, first)
            .map((id) => ({ id, name: `Ward ${id}`, plan: { a: ['"'] } })),
      },
      Mutation: { open: logged('open'), close: logged('close') },
      Ward: {
        __resolveReference: ({ id }: { id: string }) => ({ id, name: `Ward ${id}` }),
        name: ({ id, name }: { id: string; name?: string }) => name ?? `Ward ${id}`,
      },
    },
  },
  staff: {
    sdl: `
      type Ward @key(fields: "id") { id: ID! head: Person! nurses: [Person!]! }
      type Person { name: String! phone: String }
      type Query { count: Int }
      type Payload { query: Query count: Int }
      type Mutation { hire(id: ID!): Ward leave: Payload }`,
    resolvers: {
      Query: { count: () => 7 },
      Mutation: { hire: logged('hire'), leave: () => ({ query: {}, count: 6 }) },
      Ward: {
        head: ({ id }: { id: string }) => (id === 'w2' ? null : { name: 'Ada' }),
        nurses: () => [{ name: 'Bob' }, { name: 'Eve', phone: '1' }],
      },
    },
  },
};
