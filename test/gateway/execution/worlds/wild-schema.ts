import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql';
import { afterTicks, chance, type Wildness, type WildObject, WildValues } from './wild-values.ts';

const sdl = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
scalar Code
enum Colour { RED GREEN BLUE }
interface Node @key(fields: "id") { id: ID! name: String next: Node }
interface Sized { size(unit: Colour = RED): Int! }
union Thing = Leaf | Branch
type Leaf implements Node @key(fields: "id") {
  id: ID! name: String next: Node code: Code weight: Float! colours: [Colour!] ripe: Boolean
}
type Branch implements Node & Sized @key(fields: "id") {
  id: ID! name: String next: Node size(unit: Colour = RED): Int! leaves: [Leaf!]! matrix: [[Int!]!] things: [Thing]
  must: Leaf! nodes(first: Int!, colour: Colour = BLUE): [Node!] echo(id: ID, few: Int = 3): String!
}
type Query {
  branch(id: ID!): Branch must: Branch! nodes(first: Int = 2): [Node] things: [Thing!]! leaf: Leaf sized: Sized
  word: String leaves: [Leaf!]
}
type Mutation { grow(id: ID!): Branch prune(first: Int = 1): [Leaf!] word: String leaf: Leaf }`;

type Resolver = GraphQLFieldResolver<WildObject | undefined, Wildness>;

/** Half of the fields have a resolver; the rest are properties of their objects. */
const resolveField: Resolver = (source, args, wildness, info) => {
  const place = `${source?.place ?? info.operation.operation}.${info.fieldName}`;
  const told = Object.keys(args).length > 0 ? JSON.stringify(args) : '';
  const isNamed = info.path.key === info.fieldName || info.path.typename !== undefined;
  if (!isNamed || info.parentType.getFields()[info.fieldName]?.type !== info.returnType)
    throw new Error('The resolver was told of another place.');
  return new WildValues(info.schema, wildness).at(`${place}${told}`, info.returnType);
};

const kindOf = (value: unknown): string | undefined =>
  (value as Partial<WildObject> | null)?.type ?? undefined;

const isTypeOf =
  (name: string) =>
  (value: unknown, { seed, share, isLate }: Wildness): boolean | Promise<boolean> => {
    const roll = chance(seed, `${String((value as WildObject).place)} is ${name}`);
    if (roll < 0.02 * share) throw new Error('It cannot be told.');
    const isOfType = kindOf(value) === name;
    return isLate && roll > 0.7 ? afterTicks(1).then(() => isOfType) : isOfType;
  };

const resolveNode = (value: unknown, { seed, share, isLate }: Wildness) => {
  const roll = chance(seed, `${String((value as WildObject).place)} type`);
  const kind = roll < 0.05 * share ? 'Query' : kindOf(value);
  return isLate && roll > 0.7 ? afterTicks(1).then(() => kind) : kind;
};

const code = new GraphQLScalarType({
  name: 'Code',
  serialize: (value) => {
    if (typeof value === 'string') throw new Error('A word is no code.');
    return value === 42 ? null : JSON.stringify(value, (_, inner) => String(inner));
  },
});

/** Rejects rather than throws, as resolvers that are asynchronous do. */
const resolveReference = async (
  { id, __typename }: { readonly id: string; readonly __typename: string },
  wildness: Wildness,
  { schema }: GraphQLResolveInfo,
): Promise<unknown> => {
  await afterTicks(id.length);
  const type = schema.getType(__typename) as GraphQLObjectType;
  return new WildValues(schema, wildness).at(`${__typename} ${id}`, type);
};

/** Root fields, and by chance half of the others. */
const addResolvers = (schema: GraphQLSchema): void => {
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType()]);
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  for (const type of types.filter(({ name }) => !name.startsWith('_')))
    for (const field of Object.values(type.getFields())) {
      const isPicked = roots.has(type) || chance(7, `${type.name}.${field.name}`) < 0.5;
      if (isPicked && !field.name.startsWith('_'))
        field.resolve = resolveField as GraphQLFieldResolver<unknown, unknown>;
    }
};

/** A subgraph in which everything can happen. */
export const wildSchema = (): GraphQLSchema => {
  const entity = { __resolveReference: resolveReference };
  const resolvers = {
    Code: code,
    Node: { __resolveType: resolveNode },
    Leaf: { ...entity, __isTypeOf: isTypeOf('Leaf') },
    Branch: { ...entity },
  };
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  addResolvers(schema);
  return schema;
};
