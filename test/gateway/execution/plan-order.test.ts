import { expect, test } from '@jest/globals';
import { openGraph } from './worlds/small-graph.ts';

test('what an interface object requires with arguments is fetched before it is sent', async () => {
  const { run } = await openGraph({
    wards: {
      sdl: `interface Place @key(fields: "id") { id: ID! beds(of: Int): String }
        type Ward implements Place @key(fields: "id") { id: ID! beds(of: Int): String }
        type Query { hospital: String }`,
      resolvers: {
        Place: { __resolveType: () => 'Ward', __resolveReference: (place: object) => place },
        Ward: {
          __resolveReference: (ward: object) => ward,
          beds: (_: object, { of }: { of: number }) => `beds ${of}`,
        },
      },
    },
    stock: {
      sdl: `type Place @key(fields: "id") @interfaceObject { id: ID! shelves(of: Int = 5): [Shelf] }
        type Shelf { label: String } type Query { places: [Place] }`,
      resolvers: {
        Query: { places: () => [{ id: '1' }] },
        Place: { shelves: (_: object, { of }: { of: number }) => [{ label: `shelf ${of}` }] },
      },
    },
    rounds: {
      sdl: `type Place @key(fields: "id") @interfaceObject {
          id: ID! beds(of: Int): String @external shelves(of: Int = 5): [Shelf] @external
          plan: String @requires(fields: "shelves(of: 3) { label } beds(of: 2)") }
        type Shelf { label: String @external }`,
      resolvers: {
        Place: {
          plan: ({ beds, shelves }: { beds: string; shelves: { label: string }[] }) =>
            `${beds}, ${shelves[0]?.label}`,
        },
      },
    },
  });
  expect(await run('{ places { __typename ... on Ward { plan } } }')).toEqual({
    data: { places: [{ __typename: 'Ward', plan: 'beds 2, shelf 3' }] },
  });
});
