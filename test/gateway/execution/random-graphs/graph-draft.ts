import type { Dice } from './dice.ts';
import type {
  FieldDeclaration,
  FieldMeaning,
  RandomGraph,
  SubgraphDeclaration,
  TypeDeclaration,
} from './graph-model.ts';
import { nameIn } from './graph-sdl.ts';

const keyTypes: Readonly<Record<string, string>> = { id: 'ID!', tag: 'Tag' };

/** A graph that is being made: what is declared so far. Entities are called E0, E1 …, the interface I, shared values V0, V1. */
export class GraphDraft {
  readonly dice: Dice;
  readonly subgraphs = new Map<string, SubgraphDeclaration>();
  readonly entities: string[] = [];
  readonly #meanings = new Map<string, Map<string, FieldMeaning>>();
  readonly #interfaces = new Map<string, string[]>();
  #names = 0;

  constructor(dice: Dice, subgraphs: readonly string[]) {
    this.dice = dice;
    for (const name of subgraphs) this.subgraphs.set(name, new Map());
  }

  graph(): RandomGraph {
    return {
      subgraphs: this.subgraphs,
      meanings: this.#meanings,
      interfacesOf: (type) => this.interfacesOf(type),
      entityCount: 3,
    };
  }

  newName(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  types(subgraph: string): SubgraphDeclaration {
    const types = this.subgraphs.get(subgraph);
    if (!types) throw new Error(`No subgraph ${subgraph}.`);
    return types;
  }

  /** Subgraphs that have the type. */
  homesOf(type: string): string[] {
    return [...this.subgraphs].filter(([, types]) => types.has(type)).map(([name]) => name);
  }

  interfacesOf(type: string): readonly string[] {
    return this.#interfaces.get(type) ?? [];
  }

  implement(type: string, name: string): void {
    this.#interfaces.set(type, [name]);
  }

  meaningsOf(type: string): readonly FieldMeaning[] {
    return [...(this.#meanings.get(type)?.values() ?? [])];
  }

  /** What a field means, the same in all subgraphs. */
  meaning(type: string, field: Partial<FieldMeaning> & { name: string }): FieldMeaning {
    const fields = this.#meanings.get(type) ?? new Map<string, FieldMeaning>();
    this.#meanings.set(type, fields);
    const empty = { type: 'String', isList: false, args: '', defaults: {}, possible: [] };
    const meaning = fields.get(field.name) ?? { ...empty, requires: '', ...field };
    fields.set(field.name, meaning);
    return meaning;
  }

  /** The type as the subgraph declares it, or shall declare it. */
  type(subgraph: string, name: string, extra: Partial<TypeDeclaration> = {}): TypeDeclaration {
    const known = this.types(subgraph).get(name);
    if (known) return known;
    const declared: TypeDeclaration = {
      name,
      kind: 'type',
      isInterfaceObject: false,
      isValue: false,
      keys: [],
      implemented: new Set(),
      members: [],
      fields: new Map(),
      ...extra,
    };
    this.types(subgraph).set(name, declared);
    return declared;
  }

  declare(
    type: TypeDeclaration,
    field: FieldMeaning,
    extra: Partial<FieldDeclaration> = {},
  ): FieldDeclaration {
    const empty = { isExternal: false, isOverridden: false, provides: '', directives: [] };
    const declared = type.fields.get(field.name) ?? { field, ...empty, ...extra };
    type.fields.set(field.name, declared);
    return declared;
  }

  addKey(subgraph: string, type: TypeDeclaration, [fields, isResolvable]: [string, boolean]): void {
    if (type.keys.some((key) => key.fields === fields)) return;
    type.keys.push({ fields, isResolvable });
    for (const name of nameIn(fields)) {
      this.declare(type, this.meaning(type.name, { name, type: keyTypes[name] ?? 'String!' }));
      if (name !== 'tag') continue;
      const tag = this.type(subgraph, 'Tag', { isValue: true });
      for (const leaf of ['a', 'b']) this.declare(tag, this.meaning('Tag', { name: leaf }));
    }
  }

  /** What objects of the type can be in the subgraph. */
  possible(subgraph: string, name: string): string[] {
    const type = this.types(subgraph).get(name);
    if (!type) return [];
    if (type.kind === 'union') return [...type.members];
    if (type.kind === 'type' && !type.isInterfaceObject) return [name];
    const members = this.entities.filter((entity) => this.interfacesOf(entity).includes(name));
    return type.isInterfaceObject
      ? members
      : members.filter((member) => this.types(subgraph).get(member)?.implemented.has(name));
  }

  /** Fields of a type that the subgraph cannot answer itself. */
  elsewhere(subgraph: string, type: string): FieldMeaning[] {
    const here = this.types(subgraph).get(type)?.fields;
    return [type, ...this.interfacesOf(type)]
      .flatMap((name) => this.meaningsOf(name))
      .filter(({ name }) => !['id', 'code', 'tag'].includes(name))
      .filter(({ name }) => here?.get(name)?.isExternal ?? true);
  }
}
