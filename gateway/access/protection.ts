import type { Schema } from '@apollo/federation-internals';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import {
  directiveArgument,
  fieldSet,
  namedType,
  SupergraphFields,
} from '../execution/planning/supergraph-fields.ts';
import { type AppliedDemands, appliedDemands } from './applied-demands.ts';
import type { Demand } from './demand.ts';

type Demands = readonly Demand[];

const none: Demands = [];

interface Place {
  readonly type: string;
  readonly field: string;
}

const placeName = ({ type, field }: Place): string => `${type}.${field}`;

/** The demands of all that can be reached, each place once: fields may require, and inputs hold, each other in circles. */
const gathered = <P>(
  start: P,
  nameOf: (place: P) => string,
  look: (place: P) => readonly [demands: Demands, next: readonly P[]],
): Demands => {
  const waiting = [start];
  const seen = new Set(waiting.map(nameOf));
  const found = new Set<Demand>();
  for (const place of waiting) {
    const [demands, next] = look(place);
    for (const demand of demands) found.add(demand);
    for (const one of next) if (!seen.has(nameOf(one))) waiting.push(one);
    for (const one of next) seen.add(nameOf(one));
  }
  return [...found];
};

/**
 * What has to be met for each element that a client may ask for. A supergraph says it in more places than one, and what
 * stands in any of them counts:
 * 1. A field demands what stands on it, on its type and on the type of its value.
 * 2. A field of an interface demands what any object behind it demands, because the same field reads them all.
 * 3. What stands on an interface but, of its kind, on none of its objects was meant for all of them. (Since version 2.9.4
 *    composition forbids the former and derives what stands on interfaces from the objects: then it says nothing new.)
 * 4. A field that @requires others is answered from them, so it demands what they demand.
 */
export class Protection {
  readonly #applied: AppliedDemands;
  readonly #api: GraphQLSchema;
  readonly #supergraph: SupergraphFields;
  readonly #fields = new Map<string, Demands>();
  readonly #inputs = new Map<string, Demands>();

  private constructor(applied: AppliedDemands, document: DocumentNode, api: GraphQLSchema) {
    this.#applied = applied;
    this.#api = api;
    this.#supergraph = new SupergraphFields(document);
  }

  /** Null when nothing in the supergraph is protected. Throws when something is that could not be enforced. */
  static of(document: DocumentNode, schema: Schema, api: GraphQLSchema): Protection | null {
    const applied = appliedDemands(document, schema);
    const { types, fields } = applied;
    return types.size + fields.size > 0 ? new Protection(applied, document, api) : null;
  }

  /** Of an object, interface, enum or scalar by itself, wherever it is met. */
  ofType(name: string): Demands {
    const own = this.#applied.types.get(name) ?? none;
    const meant = this.#interfacesOf(name).flatMap((parent) =>
      this.#meantForAll(parent, (type) => this.#applied.types.get(type)),
    );
    return meant.length > 0 ? [...new Set([...own, ...meant])] : own;
  }

  /** Of reading a field of an object or an interface. */
  ofField(type: string, field: string): Demands {
    const place = placeName({ type, field });
    const demands =
      this.#fields.get(place) ??
      gathered<Place>({ type, field }, placeName, (at) => [
        [...this.ofType(at.type), ...this.#onField(at), ...this.#ofValue(at)],
        [...this.#required(at), ...this.#behind(at)],
      ]);
    this.#fields.set(place, demands);
    return demands;
  }

  /** Of giving a value of an input type: the protected enums and scalars that it may hold. */
  ofInput(name: string): Demands {
    const demands =
      this.#inputs.get(name) ??
      gathered(name, String, (type) => [this.ofType(type), this.#within(type)]);
    this.#inputs.set(name, demands);
    return demands;
  }

  /** The types of an input object's fields. */
  #within(name: string): readonly string[] {
    const type = this.#api.getType(name);
    if (!isInputObjectType(type)) return [];
    return Object.values(type.getFields()).map((field) => getNamedType(field.type).name);
  }

  #onField({ type, field }: Place): Demands {
    const { fields } = this.#applied;
    const meant = this.#interfacesOf(type).flatMap((parent) =>
      this.#meantForAll(parent, (owner) => fields.get(`${owner}.${field}`)),
    );
    return [...(fields.get(`${type}.${field}`) ?? none), ...meant];
  }

  #ofValue({ type, field }: Place): Demands {
    const definition = this.#supergraph.field(type, field);
    return definition ? this.ofType(namedType(definition.type).name.value) : none;
  }

  /** What stands on an interface and, of the same kind, on no object behind it. */
  #meantForAll(parent: string, on: (type: string) => Demands | undefined): Demands {
    const stated = on(parent) ?? none;
    if (stated.length === 0) return none;
    const objects = this.#supergraph
      .implementing(parent)
      .filter((name) => this.#supergraph.types.get(name)?.kind === Kind.OBJECT_TYPE_DEFINITION);
    const derived = new Set(objects.flatMap((name) => on(name) ?? none).map(({ kind }) => kind));
    return stated.filter(({ kind }) => !derived.has(kind));
  }

  #interfacesOf(type: string): readonly string[] {
    return this.#supergraph.types.get(type)?.interfaces?.map(({ name }) => name.value) ?? [];
  }

  /** The same field of the objects that clients may meet behind an interface. */
  #behind({ type: name, field }: Place): readonly Place[] {
    const type = this.#api.getType(name);
    if (!isInterfaceType(type)) return [];
    return this.#api.getPossibleTypes(type).map((object) => ({ type: object.name, field }));
  }

  /** By @requires of the field itself, or of the interface object that stands for its type. */
  #required({ type, field }: Place): readonly Place[] {
    return [type, ...this.#interfacesOf(type)].flatMap((owner) =>
      (this.#supergraph.field(owner, field)?.directives ?? []).flatMap((directive) => {
        const requires = directiveArgument(directive, 'requires');
        return requires === null ? [] : this.#selected(owner, fieldSet(requires));
      }),
    );
  }

  #selected(type: string, { selections }: SelectionSetNode): readonly Place[] {
    return selections.flatMap((selection): readonly Place[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return this.#selected(selection.typeCondition?.name.value ?? type, selection.selectionSet);
      const field = selection.name.value;
      const definition = this.#supergraph.field(type, field);
      if (!definition) return [];
      const below = selection.selectionSet
        ? this.#selected(namedType(definition.type).name.value, selection.selectionSet)
        : [];
      return [{ type, field }, ...below];
    });
  }
}
