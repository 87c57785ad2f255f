import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

/** Two subgraphs that share products, small enough to be read and large enough to be asked across. */
const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])';

const catalogue = `${link}
type Query {
  product(id: ID!): Product
  products(first: Int = 3): [Product!]! @listSize(slicingArguments: ["first"], assumedSize: 10)
  report: String @cost(weight: 500)
  me: String
}
type Mutation { rename(id: ID!, name: String!): Product }
type Subscription { renamed: Product }
type Product @key(fields: "id") { id: ID! name: String! price: Float related: [Product!]! }`;

const opinions = `${link}
type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
type Review { id: ID! body: String! product: Product! }`;

export interface Shop {
  readonly schemas: Readonly<Record<'catalogue' | 'opinions', GraphQLSchema>>;
  readonly supergraph: (urls: Readonly<Record<'catalogue' | 'opinions', string>>) => string;
}

const product = (id: string) => ({ id, name: `Product ${id}`, price: 1.5 });
const review = (id: string) => ({ id: `r${id}`, body: `About ${id}`, product: { id } });

type Args = Readonly<Record<string, string>>;

/** What the resolvers see of a call. */
export interface ShopContext {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const catalogueResolvers = {
  Query: {
    product: (_: unknown, { id = '' }: Args) => product(id),
    products: (_: unknown, { first }: { first: number }) =>
      Array.from({ length: Math.min(first, 20) }, (__, at) => product(String(at + 1))),
    report: () => 'long',
    me: (_: unknown, __: unknown, context: ShopContext) => context.headers['authorization'] ?? null,
  },
  Mutation: { rename: (_: unknown, { id = '', name }: Args) => ({ ...product(id), name }) },
  Product: {
    related: () => [product('7')],
    __resolveReference: ({ id }: { id: string }) => product(id),
  },
};

const opinionsResolvers = {
  Product: { reviews: ({ id }: { id: string }) => [review(id)] },
};

const composed = (urls: Readonly<Record<'catalogue' | 'opinions', string>>): string => {
  const result = composeServices([
    { name: 'catalogue', url: urls.catalogue, typeDefs: parse(catalogue) },
    { name: 'opinions', url: urls.opinions, typeDefs: parse(opinions) },
  ]);
  if (result.errors) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
};

export const shop: Shop = {
  schemas: {
    catalogue: buildSubgraphSchema([
      { typeDefs: parse(catalogue), resolvers: catalogueResolvers as never },
    ]),
    opinions: buildSubgraphSchema([
      { typeDefs: parse(opinions), resolvers: opinionsResolvers as never },
    ]),
  },
  supergraph: composed,
};
