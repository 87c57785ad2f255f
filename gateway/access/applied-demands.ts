import type { Schema } from '@apollo/federation-internals';
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ValueNode,
  visit,
} from 'graphql';
import type { Demand } from './demand.ts';

/** The demands that stand in a supergraph. Equal demands are one object. */
export interface AppliedDemands {
  /** By name of an object type, interface, enum or scalar. */
  readonly types: ReadonlyMap<string, readonly Demand[]>;
  /** By `Type.field`. */
  readonly fields: ReadonlyMap<string, readonly Demand[]>;
}

type DemandKind = Demand['kind'];

const kinds: readonly DemandKind[] = ['authenticated', 'requiresScopes', 'policy'];

const identityOf = (kind: DemandKind): string => `https://specs.apollo.dev/${kind}`;

/** The directives of authorization by what they are called here. A supergraph that calls one by two names does not load. */
const directiveKinds = ({ coreFeatures }: Schema): ReadonlyMap<string, DemandKind> => {
  const names = new Map<string, DemandKind>();
  for (const kind of kinds) {
    const feature = coreFeatures?.getByIdentity(identityOf(kind));
    if (feature) names.set(feature.directiveNameInSchema(kind), kind);
  }
  return names;
};

const listOf = (value: ValueNode): readonly ValueNode[] =>
  value.kind === Kind.LIST ? value.values : [value];

const nameIn = (value: ValueNode, directive: ConstDirectiveNode): string => {
  if (value.kind === Kind.STRING) return value.value;
  throw new Error(`@${directive.name.value} names something that is no string.`);
};

/** The groups that a directive lists. A value stands for the list of itself, as everywhere in GraphQL. */
const groupsIn = (directive: ConstDirectiveNode): readonly (readonly string[])[] => {
  const [argument] = directive.arguments ?? [];
  if (!argument) throw new Error(`@${directive.name.value} does not say what it demands.`);
  return listOf(argument.value).map((group) =>
    listOf(group).map((name) => nameIn(name, directive)),
  );
};

const demandIn = (kind: DemandKind, directive: ConstDirectiveNode): Demand =>
  kind === 'authenticated' ? { kind } : { kind, anyOf: groupsIn(directive) };

const protectable = new Set<string>([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.ENUM_TYPE_EXTENSION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_EXTENSION,
]);

type Ancestors = readonly (ASTNode | readonly ASTNode[])[];

const nodesOf = (ancestors: Ancestors): ASTNode[] =>
  ancestors.filter((ancestor): ancestor is ASTNode => 'kind' in ancestor);

const nameOf = (node: ASTNode | undefined): string =>
  node && 'name' in node && node.name ? node.name.value : '';

/** The element that a directive stands on: `Type` or `Type.field`. Throws for what this gateway could not enforce it on. */
const placeOf = (directive: ConstDirectiveNode, ancestors: Ancestors): string => {
  const [element, type] = nodesOf(ancestors).reverse();
  if (element && protectable.has(element.kind)) return nameOf(element);
  if (element?.kind === Kind.FIELD_DEFINITION) return `${nameOf(type)}.${nameOf(element)}`;
  throw new Error(
    `@${directive.name.value} stands on "${nameOf(element)}", where it cannot be enforced.`,
  );
};

/** A directive that is named like one of authorization but belongs to nothing that is linked may mean it, unheard. */
const checkLinked = (name: string, schema: Schema): void => {
  if (!kinds.some((kind) => kind === name)) return;
  const definition = schema.directive(name);
  if (definition && schema.coreFeatures?.sourceFeature(definition)) return;
  throw new Error(
    `@${name} is used, but the supergraph does not link ${identityOf(name as DemandKind)}.`,
  );
};

/**
 * Reads the directives of authorization, whatever the supergraph calls them. Throws when one cannot be enforced: it stands
 * where it means nothing, or is not linked.
 */
export const appliedDemands = (document: DocumentNode, schema: Schema): AppliedDemands => {
  const directives = directiveKinds(schema);
  const interned = new Map<string, Demand>();
  const places = new Map<string, Demand[]>();
  visit(document, {
    Directive: (node, _key, _parent, _path, ancestors) => {
      const directive = node as ConstDirectiveNode;
      const kind = directives.get(directive.name.value);
      if (kind === undefined) return checkLinked(directive.name.value, schema);
      const demand = demandIn(kind, directive);
      const text = JSON.stringify(demand);
      interned.set(text, interned.get(text) ?? demand);
      const place = placeOf(directive, ancestors);
      places.set(place, [...(places.get(place) ?? []), interned.get(text) ?? demand]);
      return undefined;
    },
  });
  const isField = ([place]: [string, unknown]): boolean => place.includes('.');
  return {
    types: new Map([...places].filter((entry) => !isField(entry))),
    fields: new Map([...places].filter(isField)),
  };
};
