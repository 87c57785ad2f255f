/** A field as it is meant, wherever it stands. */
export interface FieldMeaning {
  readonly name: string;
  /** A type's name; `String` for leaves. */
  readonly type: string;
  readonly isList: boolean;
  /** `(n: Int = 5)`, or empty. */
  readonly args: string;
  /** Values of arguments that are not given. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** What an object of the field can be. */
  readonly possible: readonly string[];
  /** A field set; empty for a field that requires nothing. */
  readonly requires: string;
}

/** A field as one subgraph declares it. */
export interface FieldDeclaration {
  readonly field: FieldMeaning;
  isExternal: boolean;
  /** Another subgraph answers it instead. */
  isOverridden: boolean;
  provides: string;
  directives: string[];
}

export interface KeyDeclaration {
  readonly fields: string;
  readonly isResolvable: boolean;
}

/** A type as one subgraph declares it. */
export interface TypeDeclaration {
  readonly name: string;
  readonly kind: 'type' | 'interface' | 'union';
  readonly isInterfaceObject: boolean;
  readonly isValue: boolean;
  readonly keys: KeyDeclaration[];
  readonly implemented: Set<string>;
  readonly members: readonly string[];
  readonly fields: Map<string, FieldDeclaration>;
}

export type SubgraphDeclaration = Map<string, TypeDeclaration>;

/** A federated graph: what its subgraphs declare, and what fields mean, by type and name. */
export interface RandomGraph {
  readonly subgraphs: ReadonlyMap<string, SubgraphDeclaration>;
  readonly meanings: ReadonlyMap<string, ReadonlyMap<string, FieldMeaning>>;
  /** Interfaces by the name of the type that implements them. */
  readonly interfacesOf: (type: string) => readonly string[];
  /** Entities are numbered from 1. */
  readonly entityCount: number;
}
