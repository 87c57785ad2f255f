import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  type TypeNode,
  visit,
} from 'graphql';
import type { Thing, World, WorldContext } from './world.ts';
import { WorldResolver } from './world-resolver.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible", "@override"])\n`;

/** The composed supergraph. Throws what composition says against it. */
export const composeWorld = (world: World): string => {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(world.subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}.test/graphql`,
      typeDefs: parse(link + sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map((error) => error.message).join('\n'));
  return supergraphSdl;
};

const checkedLeaves = new Set(['String', 'Int', 'Float', 'Boolean']);

/** Leaves that pass whatever a resolver returns: graphql-js refuses to serialise wrong ones, other servers may not. */
const uncheckedLeaves = (document: DocumentNode): DocumentNode => {
  const enums = new Set<string>();
  visit(document, {
    EnumTypeDefinition: ({ name }) => {
      enums.add(name.value);
    },
  });
  const unchecked = (type: TypeNode): TypeNode => {
    if (type.kind !== Kind.NAMED_TYPE) return { ...type, type: unchecked(type.type) } as TypeNode;
    const { value } = type.name;
    const isChecked = checkedLeaves.has(value) || enums.has(value);
    return isChecked ? { ...type, name: { kind: Kind.NAME, value: 'Unchecked' } } : type;
  };
  const changed = visit(document, {
    FieldDefinition: (field): FieldDefinitionNode => ({ ...field, type: unchecked(field.type) }),
  });
  return {
    ...changed,
    definitions: [...changed.definitions, ...parse('scalar Unchecked').definitions],
  };
};

type ReferenceResolvers = Record<
  string,
  { __resolveReference: (reference: Thing, context: WorldContext) => Thing | null }
>;

const entityResolvers = (
  resolver: WorldResolver,
  world: World,
  schemaSdl: DocumentNode,
): ReferenceResolvers => {
  const resolvers: ReferenceResolvers = {};
  const resolveReference = (reference: Thing, context: WorldContext) => {
    const isOwnInterface = schemaSdl.definitions.some(
      (definition) =>
        definition.kind === Kind.INTERFACE_TYPE_DEFINITION &&
        definition.name.value === reference.__typename,
    );
    const __typename = isOwnInterface
      ? (world.typeOf?.(reference.id) ?? reference.__typename)
      : reference.__typename;
    const [id] = [...world.keys].map((key) => reference[key]).filter((key) => key !== undefined);
    return resolver.entity({ ...reference, __typename, id: String(id) }, context);
  };
  for (const definition of schemaSdl.definitions)
    if (
      (definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
        definition.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
      definition.directives?.some(({ name }) => name.value === 'key')
    )
      resolvers[definition.name.value] = { __resolveReference: resolveReference };
  return resolvers;
};

/** Every field of a schema answered by the world. */
const resolved = (schema: GraphQLSchema, resolver: WorldResolver): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields()))
      if (!field.name.startsWith('_')) field.resolve = resolver.resolve;
  }
  return schema;
};

/** The subgraphs as they would run, each in a process of its own. */
export const subgraphSchemas = (
  world: World,
  { checksLeaves }: { readonly checksLeaves: boolean },
): ReadonlyMap<string, GraphQLSchema> => {
  const resolver = new WorldResolver(world);
  const schemas = new Map<string, GraphQLSchema>();
  for (const [name, sdl] of Object.entries(world.subgraphs)) {
    const document = parse(link + sdl);
    const typeDefs = checksLeaves ? document : uncheckedLeaves(document);
    const resolvers = entityResolvers(resolver, world, document);
    schemas.set(name, resolved(buildSubgraphSchema([{ typeDefs, resolvers }]), resolver));
  }
  return schemas;
};

/** The one big schema: the API of the supergraph, answered without any federation. */
export const wholeSchema = (world: World, api: GraphQLSchema): GraphQLSchema =>
  resolved(api, new WorldResolver(world));
