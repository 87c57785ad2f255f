import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { isThenable } from './settle.ts';

type Resolve = GraphQLFieldResolver<unknown, unknown>;
type ResolveReference = (reference: unknown, context: unknown, info: GraphQLResolveInfo) => unknown;

interface Reference {
  readonly __typename: string;
}

/** Where @apollo/subgraph keeps the `__resolveReference` of a type. */
interface SubgraphExtensions {
  readonly apollo?: { readonly subgraph?: { readonly resolveReference?: ResolveReference } };
}

/** The entity, saying its type: hidden where that can be, because resolvers below may ask for it. */
const named = (entity: unknown, __typename: string): unknown => {
  if (typeof entity !== 'object' || entity === null) return entity;
  if ((entity as Partial<Reference>).__typename === __typename) return entity;
  if ('__typename' in entity || !Object.isExtensible(entity)) return { ...entity, __typename };
  return Object.defineProperty(entity, '__typename', { value: __typename });
};

const resolveOne = (
  reference: Reference,
  resolveReference: ResolveReference | undefined,
  { context, info }: { readonly context: unknown; readonly info: GraphQLResolveInfo },
): unknown => {
  const { __typename } = reference;
  if (!resolveReference) return named(reference, __typename);
  try {
    const entity = resolveReference(reference, context, info);
    if (!isThenable(entity)) return named(entity, __typename);
    return Promise.resolve(entity).then((found) => named(found, __typename));
  } catch (thrown) {
    // The failure of one entity is its own, as it is when the resolver is asynchronous.
    return Promise.reject(thrown);
  }
};

/**
 * Answers `_entities` as @apollo/subgraph does, but entities that are there at once at once: it makes three promises of each.
 * Keys of interfaces, and types that do not exist, are left to `original`.
 */
export const resolveEntities =
  (original: Resolve): Resolve =>
  (source, args, context, info) => {
    const references = args['representations'] as readonly Reference[];
    const types = references.map(({ __typename }) => info.schema.getType(__typename));
    if (!types.every(isObjectType)) return original(source, args, context, info);
    return references.map((reference, at) => {
      const { apollo } = (types[at]?.extensions ?? {}) as SubgraphExtensions;
      return resolveOne(reference, apollo?.subgraph?.resolveReference, { context, info });
    });
  };

/** The field that @apollo/subgraph adds to the query of every subgraph with entities. */
export const isEntitiesField = (
  { name, type }: GraphQLField<unknown, unknown>,
  schema: GraphQLSchema,
): boolean =>
  name === '_entities' &&
  getNamedType(type).name === '_Entity' &&
  schema.getQueryType()?.getFields()[name]?.type === type;
