import {
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  parse,
  visit,
} from 'graphql';
import type { Arguments, Thing, World, WorldContext } from './world.ts';

interface Directed {
  readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined;
}

const has = (node: Directed, name: string): boolean =>
  (node.directives ?? []).some((directive) => directive.name.value === name);

/** `Type.field` of what only this subgraph knows about the entities that it may forget. */
const ownFields = (sdl: string): ReadonlySet<string> => {
  const fields = new Set<string>();
  visit(parse(sdl), {
    ObjectTypeDefinition: (type) => {
      if (!has(type, 'key')) return;
      for (const field of type.fields ?? [])
        if (field.name.value !== 'id' && !has(field, 'external') && !has(field, 'shareable'))
          fields.add(`${type.name.value}.${field.name.value}`);
    },
  });
  return fields;
};

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && '__typename' in value;

const holdsThings = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(holdsThings) : isThing(value);

const wrongLeaf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item, at) => (at === 0 ? wrongLeaf(item) : item));
  return typeof value === 'string' ? 42 : { not: 'a leaf' };
};

interface Asked {
  readonly field: string;
  readonly args: Arguments;
  readonly type: GraphQLObjectType;
  readonly schema: GraphQLSchema;
  readonly context: WorldContext;
}

const namesOf = (type: GraphQLObjectType): string[] => [
  type.name,
  ...type.getInterfaces().map(({ name }) => name),
];

/** Answers every field of a world, in its subgraphs and in the one big schema. */
export class WorldResolver {
  readonly #world: World;
  readonly #owned: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(world: World) {
    this.#world = world;
    this.#owned = new Map(
      world.forgetful.map((name) => [name, ownFields(world.subgraphs[name] ?? '')]),
    );
  }

  readonly resolve: GraphQLFieldResolver<Thing | undefined, WorldContext> = (
    source,
    args,
    context,
    info,
  ) => {
    const type = info.parentType;
    const thing = source ?? { __typename: type.name, id: type.name };
    return this.#value(thing, { field: info.fieldName, args, type, schema: info.schema, context });
  };

  /** The entity that a key stands for; null where the subgraph has forgotten it. */
  entity(reference: Thing, context: WorldContext): Thing | null {
    const { subgraph } = context;
    return subgraph && this.#forgets(subgraph, reference, context) ? null : reference;
  }

  #forgets(subgraph: string, thing: Thing, { faults }: WorldContext): boolean {
    return this.#owned.has(subgraph) && faults.forgets(subgraph, thing.id);
  }

  #isForgotten(thing: Thing, { field, type, context }: Asked): boolean {
    return [...this.#owned].some(
      ([subgraph, owned]) =>
        namesOf(type).some((name) => owned.has(`${name}.${field}`)) &&
        this.#forgets(subgraph, thing, context),
    );
  }

  #value(thing: Thing, asked: Asked): unknown {
    const { field, context } = asked;
    if (this.#world.keys.has(field)) return thing[field];
    if (this.#isForgotten(thing, asked)) return null;
    const fault = context.faults.kindAt(thing.id, field);
    if (fault === 'null') return null;
    if (fault === 'error')
      throw new GraphQLError(`No ${field} of ${thing.id}.`, {
        extensions: { code: thing.id.length % 2 ? 'OUT_OF_ORDER' : 'INTERNAL_SERVER_ERROR' },
      });
    const value = this.#known(thing, asked);
    return fault === 'wrong' && value !== null && !holdsThings(value) ? wrongLeaf(value) : value;
  }

  #known(thing: Thing, asked: Asked): unknown {
    for (const name of namesOf(asked.type)) {
      const known = this.#world.values[name]?.[asked.field];
      if (known)
        return known(thing, asked.args, (path, args = {}) =>
          this.#read(thing, path, { ...asked, args }),
        );
    }
    return thing[asked.field];
  }

  #read(thing: Thing, path: string, asked: Asked): unknown {
    const [field = '', ...below] = path.split('.');
    const value = asked.context.subgraph ? thing[field] : this.#readWhole(thing, field, asked);
    if (below.length === 0) return value;
    const inside = { ...asked, args: {} };
    return Array.isArray(value)
      ? value.map((item) => this.#readInside(item, below.join('.'), inside))
      : this.#readInside(value, below.join('.'), inside);
  }

  #readInside(value: unknown, path: string, asked: Asked): unknown {
    if (value === null || value === undefined) return value;
    const inner = value as Thing;
    if (asked.context.subgraph) return inner[path];
    const type = asked.schema.getType(inner.__typename);
    if (!isObjectType(type)) throw new Error(`${inner.__typename} is no object type.`);
    return this.#read(inner, path, { ...asked, type });
  }

  /** An error in what is required is told where it was fetched; who requires it gets null. */
  #readWhole(thing: Thing, field: string, asked: Asked): unknown {
    try {
      return this.#value(thing, { ...asked, field });
    } catch {
      return null;
    }
  }
}
