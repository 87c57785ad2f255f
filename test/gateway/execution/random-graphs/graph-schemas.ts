import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { FieldDeclaration, RandomGraph, TypeDeclaration } from './graph-model.ts';
import { graphSdl, nameIn } from './graph-sdl.ts';
import {
  type DataObject,
  fieldSet,
  GraphValues,
  type Json,
  mapped,
  typeOf,
} from './graph-values.ts';

type Resolver = GraphQLFieldResolver<DataObject, unknown>;

/** Every field resolved; an abstract type is told by the id. */
const resolved = (
  schema: GraphQLSchema,
  resolver: (type: string, field: string) => Resolver,
): GraphQLSchema => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_')) continue;
    if (isAbstractType(type)) type.resolveType = ({ id }: DataObject) => typeOf(id);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (!field.name.startsWith('_')) field.resolve = resolver(type.name, field.name) as never;
  }
  return schema;
};

const idOf = (type: string, object: DataObject): string =>
  type === 'Query' ? 'Query:' : object.id;

/** The one big schema, answered without any federation. */
export const wholeGraphSchema = (graph: RandomGraph, api: GraphQLSchema): GraphQLSchema => {
  const values = new GraphValues(graph);
  return resolved(
    api,
    (type, field) => (object, args) => values.value(idOf(type, object), field, args),
  );
};

const sentField = (sent: Json, node: FieldNode, isOptional: boolean): Json => {
  const name = node.name.value;
  const value = sent[name];
  if (value === undefined && isOptional) return {};
  if (value === undefined) throw new Error(`${name} was not sent, only ${JSON.stringify(sent)}.`);
  const { selectionSet } = node;
  return {
    [name]: selectionSet
      ? mapped(value as Json, (item: Json) => selectSent(item, selectionSet, false))
      : value,
  };
};

/** The required fields among what was sent. Throws when one is missing. */
const selectSent = (sent: Json, set: SelectionSetNode, isOptional: boolean): Json => {
  const parts = set.selections.map((selection) => {
    if (selection.kind === Kind.FIELD) return sentField(sent, selection, isOptional);
    return selection.kind === Kind.INLINE_FRAGMENT
      ? selectSent(sent, selection.selectionSet, true)
      : {};
  });
  return Object.assign({}, ...parts);
};

const hasKey = (sent: Json, fields: string): boolean => {
  const tag = sent['tag'] as Json | undefined;
  const leaves =
    fields
      .match(/\{([^}]*)\}/)?.[1]
      ?.trim()
      .split(/\s+/) ?? [];
  return (
    nameIn(fields).every((name) => sent[name] !== undefined) &&
    leaves.every((leaf) => tag?.[leaf] !== undefined)
  );
};

/** The id that all parts of a key agree on. */
const idOfKey = (sent: Json, fields: string): string => {
  const parts = nameIn(fields).flatMap((name) =>
    name === 'tag'
      ? Object.entries(sent['tag'] as Json).flatMap(([leaf, value]) =>
          leaf === '__typename' ? [] : [value],
        )
      : [sent[name]],
  );
  const [id, ...others] = new Set(parts.map((part) => String(part).replace(/^(?:code|a|b) /, '')));
  if (!id || others.length > 0) throw new Error(`A wrong key: ${JSON.stringify(sent)}.`);
  return id;
};

/** One subgraph, which refuses to answer what it was not asked rightly. */
class RandomSubgraph {
  readonly #values: GraphValues;
  readonly #types: ReadonlyMap<string, TypeDeclaration>;

  constructor(graph: RandomGraph, name: string) {
    this.#values = new GraphValues(graph);
    this.#types = graph.subgraphs.get(name) ?? new Map();
  }

  schema(): GraphQLSchema {
    const resolvers: Record<string, object> = {};
    for (const type of this.#types.values())
      if (type.keys.length > 0)
        resolvers[type.name] = { __resolveReference: (sent: Json) => this.#entity(type, sent) };
    const typeDefs = parse(graphSdl(this.#types));
    const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
    return resolved(schema, (type, field) => this.#resolver(type, field));
  }

  #entity(type: TypeDeclaration, sent: Json): object {
    const key = type.keys.find(({ fields, isResolvable }) => isResolvable && hasKey(sent, fields));
    if (!key) throw new Error(`${type.name}: no resolvable key in ${JSON.stringify(sent)}.`);
    const id = idOfKey(sent, key.fields);
    return { id, sent, __typename: type.kind === 'interface' ? typeOf(id) : type.name };
  }

  #resolver(type: string, name: string): Resolver {
    const declared = this.#types.get(type)?.fields.get(name);
    if (!declared) throw new Error(`No ${type}.${name}.`);
    return (object, args) => this.#answer(declared, { ...object, id: idOf(type, object) }, args);
  }

  #answer(declared: FieldDeclaration, object: DataObject, args: Json): unknown {
    const { field, isExternal, isOverridden, provides } = declared;
    const isProvided = object.provided?.includes(field.name) ?? false;
    if ((isExternal && !isProvided) || isOverridden)
      throw new Error(`${typeOf(object.id)}.${field.name} is not to be asked for here.`);
    if (field.requires) {
      const known = { ...this.#provided(object), ...object.sent };
      const sent = selectSent(known, fieldSet(field.requires), false);
      return this.#values.requiring(object.id, field, { args, sent });
    }
    const value = this.#values.plain(object.id, field, args);
    return provides
      ? mapped(value as DataObject, (item) => ({ ...item, provided: [provides] }))
      : value;
  }

  #provided({ id, provided = [] }: DataObject): Json {
    return Object.fromEntries(provided.map((name) => [name, this.#values.value(id, name, {})]));
  }
}

/** The schema of one subgraph, as it would run in a process of its own. */
export const randomSubgraphSchema = (graph: RandomGraph, name: string): GraphQLSchema =>
  new RandomSubgraph(graph, name).schema();
