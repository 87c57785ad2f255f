import { type ConstDirectiveNode, type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import {
  directiveArgument,
  type FieldsType,
  fieldSet,
  isResolvable,
  namedType,
  SupergraphFields,
  subgraphNames,
} from './supergraph-fields.ts';

/** A field as one subgraph has it. */
export interface SubgraphField {
  /** The type of its objects. */
  readonly type: string;
  /** The subgraph can answer it only where it is provided. */
  readonly isExternal: boolean;
  readonly requires: SelectionSetNode | null;
  readonly provides: SelectionSetNode | null;
}

const isTrue = (directive: ConstDirectiveNode, name: string): boolean => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.BOOLEAN && value.value;
};

const setOf = (directive: ConstDirectiveNode, name: string): SelectionSetNode | null => {
  const text = directiveArgument(directive, name);
  return text === null ? null : fieldSet(text);
};

/** What each subgraph says of its types: by which keys it can be asked, which fields require and provide others. */
export class SubgraphFields {
  readonly #supergraph: SupergraphFields;
  readonly #graphs: ReadonlyMap<string, string>;
  /** Fields of which there is more to say than their type, by subgraph, type and name. */
  readonly #special = new Map<string, SubgraphField>();
  /** Fields of any key, by subgraph, type and name. */
  readonly #inKeys = new Set<string>();
  /** By subgraph and type. */
  readonly #resolvable = new Map<string, SelectionSetNode[]>();
  readonly #onTheWay = new Set<string>();

  constructor(supergraph: DocumentNode) {
    this.#supergraph = new SupergraphFields(supergraph);
    this.#graphs = subgraphNames(supergraph);
    for (const type of this.#supergraph.types.values()) {
      this.#addKeys(type);
      this.#addFields(type);
      this.#addOnTheWay(type);
    }
  }

  /** Undefined when the type has no such field in any subgraph. */
  field(subgraph: string, type: string, name: string): SubgraphField | undefined {
    const special = this.#special.get(`${subgraph}\0${type}.${name}`);
    if (special) return special;
    const field = this.#supergraph.field(type, name);
    if (!field) return undefined;
    const named = namedType(field.type).name.value;
    return { type: named, isExternal: false, requires: null, provides: null };
  }

  isInKey(subgraph: string, type: string, name: string): boolean {
    return this.#inKeys.has(`${subgraph}\0${type}.${name}`);
  }

  /** The keys by which the subgraph can be asked for objects of the type. */
  resolvableKeys(subgraph: string, type: string): readonly SelectionSetNode[] {
    return this.#resolvable.get(`${subgraph}\0${type}`) ?? [];
  }

  /** A field of an interface object that some subgraph answers on the way to the object alone: it cannot be asked again. */
  isOnTheWay(type: string, name: string): boolean {
    return this.#onTheWay.has(`${type}.${name}`);
  }

  /** The type itself and whatever implements it. */
  implementing(type: string): readonly string[] {
    return this.#supergraph.implementing(type);
  }

  #nameOf(directive: ConstDirectiveNode): string {
    const graph = directiveArgument(directive, 'graph') ?? '';
    return this.#graphs.get(graph) ?? graph;
  }

  #addKeys(type: FieldsType): void {
    for (const directive of type.directives ?? []) {
      const key = directive.name.value === 'join__type' ? setOf(directive, 'key') : null;
      if (!key) continue;
      const subgraph = this.#nameOf(directive);
      this.#addKey(subgraph, type.name.value, key);
      const place = `${subgraph}\0${type.name.value}`;
      if (isResolvable(directive))
        this.#resolvable.set(place, [...(this.#resolvable.get(place) ?? []), key]);
    }
  }

  #addKey(subgraph: string, type: string, set: SelectionSetNode): void {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) continue;
      this.#inKeys.add(`${subgraph}\0${type}.${selection.name.value}`);
      const field = this.#supergraph.field(type, selection.name.value);
      if (field && selection.selectionSet)
        this.#addKey(subgraph, namedType(field.type).name.value, selection.selectionSet);
    }
  }

  #addFields(type: FieldsType): void {
    for (const { name, type: fieldType, directives } of type.fields ?? [])
      for (const directive of directives ?? []) {
        if (directive.name.value !== 'join__field') continue;
        const special: SubgraphField = {
          type: namedType(fieldType).name.value,
          isExternal: isTrue(directive, 'external'),
          requires: setOf(directive, 'requires'),
          provides: setOf(directive, 'provides'),
        };
        if (special.isExternal || special.requires || special.provides)
          this.#special.set(
            `${this.#nameOf(directive)}\0${type.name.value}.${name.value}`,
            special,
          );
      }
  }

  #addOnTheWay(type: FieldsType): void {
    const graphs = (type.directives ?? [])
      .filter((directive) => isTrue(directive, 'isInterfaceObject'))
      .filter((one) => this.resolvableKeys(this.#nameOf(one), type.name.value).length === 0)
      .map((directive) => directiveArgument(directive, 'graph'));
    if (graphs.length === 0) return;
    for (const { name, directives = [] } of type.fields ?? []) {
      const places = directives.filter((directive) => directive.name.value === 'join__field');
      const isHere = places.some((place) => graphs.includes(directiveArgument(place, 'graph')));
      if (isHere || places.length === 0) this.#onTheWay.add(`${type.name.value}.${name.value}`);
    }
  }
}
