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
    const place = `${type}.${field}`;
    const known = this.#fields.get(place);
    if (known) return known;
    // Fields that require each other would ask without end.
    this.#fields.set(place, none);
    const demands = [
      ...new Set([
        ...this.ofType(type),
        ...this.#onField(type, field),
        ...this.#ofValue(type, field),
        ...this.#required(type, field),
        ...this.#behind(type).flatMap((object) => this.ofField(object, field)),
      ]),
    ];
    this.#fields.set(place, demands);
    return demands;
  }

  /** Of giving a value of an input type: the protected enums and scalars that it may hold. */
  ofInput(name: string): Demands {
    const known = this.#inputs.get(name);
    if (known) return known;
    this.#inputs.set(name, none);
    const type = this.#api.getType(name);
    const below = isInputObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) =>
          this.ofInput(getNamedType(field.type).name),
        )
      : this.ofType(name);
    const demands = [...new Set(below)];
    this.#inputs.set(name, demands);
    return demands;
  }

  #onField(type: string, field: string): Demands {
    const { fields } = this.#applied;
    const meant = this.#interfacesOf(type).flatMap((parent) =>
      this.#meantForAll(parent, (owner) => fields.get(`${owner}.${field}`)),
    );
    return [...(fields.get(`${type}.${field}`) ?? none), ...meant];
  }

  #ofValue(type: string, field: string): Demands {
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

  /** The objects that clients may meet behind an interface. */
  #behind(name: string): readonly string[] {
    const type = this.#api.getType(name);
    return isInterfaceType(type)
      ? this.#api.getPossibleTypes(type).map((object) => object.name)
      : [];
  }

  /** By @requires of the field itself, or of the interface object that stands for its type. */
  #required(type: string, field: string): Demands {
    return [type, ...this.#interfacesOf(type)].flatMap((owner) =>
      (this.#supergraph.field(owner, field)?.directives ?? []).flatMap((directive) => {
        const requires = directiveArgument(directive, 'requires');
        return requires === null ? none : this.#ofSelections(owner, fieldSet(requires));
      }),
    );
  }

  #ofSelections(type: string, { selections }: SelectionSetNode): Demands {
    return selections.flatMap((selection): Demands => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return none;
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return this.#ofSelections(
          selection.typeCondition?.name.value ?? type,
          selection.selectionSet,
        );
      const name = selection.name.value;
      const definition = this.#supergraph.field(type, name);
      if (!definition) return none;
      const below = selection.selectionSet
        ? this.#ofSelections(namedType(definition.type).name.value, selection.selectionSet)
        : none;
      return [...this.ofField(type, name), ...below];
    });
  }
}
