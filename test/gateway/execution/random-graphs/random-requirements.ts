import type { GraphDraft } from './graph-draft.ts';
import type { FieldMeaning, TypeDeclaration } from './graph-model.ts';
import { randomArguments } from './random-fields.ts';

const callOf = ({ dice }: GraphDraft, { name, args }: FieldMeaning): string => {
  const isCalled = args === '(n: Int!)' || (args !== '' && dice.chance(0.7));
  return isCalled ? `${name}(n: ${1 + dice.below(3)})` : name;
};

/** Writes what a field of one subgraph requires, and declares as external what it needs for that. */
class Requirement {
  readonly #draft: GraphDraft;
  readonly #subgraph: string;

  constructor(draft: GraphDraft, subgraph: string) {
    this.#draft = draft;
    this.#subgraph = subgraph;
  }

  /** One or two selections, each of another field; empty when there is nothing to require. */
  selections(type: TypeDeclaration, depth: number): string {
    const selections = new Map<string, string>();
    for (let at = this.#draft.dice.below(2); at >= 0; at -= 1) {
      const candidates =
        depth > 0
          ? this.#draft.meaningsOf(type.name).filter(({ name }) => name !== 'tag')
          : this.#draft.elsewhere(this.#subgraph, type.name);
      if (candidates.length === 0) continue;
      const field = this.#draft.dice.pick(candidates);
      const selection = this.#selection(type, field, depth);
      if (selection) selections.set(field.name, selection);
    }
    return [...selections.values()].join(' ');
  }

  #selection(type: TypeDeclaration, field: FieldMeaning, depth: number): string {
    const below = field.possible.length > 0 ? this.#below(field, depth) : '';
    if (field.possible.length > 0 && !below) return '';
    this.#draft.declare(type, field, { isExternal: true });
    return callOf(this.#draft, field) + below;
  }

  #below({ type: name, possible }: FieldMeaning, depth: number): string {
    if (depth > 1 || (name === 'U' && !this.#draft.types(this.#subgraph).has('U'))) return '';
    const type = this.#type(name, possible);
    const selections =
      type.kind === 'type' ? this.selections(type, depth + 1) : this.#byType(type, depth);
    if (!selections && type.fields.size === 0) this.#draft.types(this.#subgraph).delete(name);
    return selections && ` { ${selections} }`;
  }

  #type(name: string, possible: readonly string[]): TypeDeclaration {
    const known = this.#draft.types(this.#subgraph).get(name);
    if (known) return known;
    if (name !== 'I') {
      const type = this.#draft.type(this.#subgraph, name);
      if (name.startsWith('E'))
        this.#draft.addKey(this.#subgraph, type, ['id', this.#draft.dice.chance(0.8)]);
      return type;
    }
    const type = this.#draft.type(this.#subgraph, name, { kind: 'interface' });
    this.#draft.declare(type, this.#draft.meaning(name, { name: 'id', type: 'ID!' }));
    for (const member of possible) {
      const implementing = this.#draft.type(this.#subgraph, member);
      this.#draft.addKey(this.#subgraph, implementing, ['id', true]);
      implementing.implemented.add(name);
    }
    return type;
  }

  #byType(type: TypeDeclaration, depth: number): string {
    const parts = this.#draft.possible(this.#subgraph, type.name).flatMap((member) => {
      const selections = this.selections(this.#draft.type(this.#subgraph, member), depth + 1);
      return selections ? [`... on ${member} { ${selections} }`] : [];
    });
    if (type.kind === 'interface' && this.#draft.dice.chance(0.4)) parts.push('id');
    return parts.join(' ');
  }
}

const entitiesOf = (draft: GraphDraft, subgraph: string): TypeDeclaration[] =>
  [...draft.types(subgraph).values()].filter(
    ({ kind, keys }) => kind === 'type' && keys.length > 0,
  );

/** A field that requires fields which other subgraphs answer. */
export const addRequires = (draft: GraphDraft): void => {
  const subgraph = draft.dice.pick([...draft.subgraphs.keys()]);
  const entities = entitiesOf(draft, subgraph);
  if (entities.length === 0) return;
  const type = draft.dice.pick(entities);
  const requires = new Requirement(draft, subgraph).selections(type, 0);
  if (!requires) return;
  const called = draft.dice.chance(0.3) ? randomArguments(draft) : {};
  const name = draft.newName('r');
  draft.declare(type, draft.meaning(type.name, { name, ...called, requires }));
};

/** A field that provides a field of the entity that it leads to. */
export const addProvides = (draft: GraphDraft): void => {
  const subgraph = draft.dice.pick([...draft.subgraphs.keys()]);
  const fields = [...draft.types(subgraph).values()]
    .filter(({ kind }) => kind === 'type')
    .flatMap((type) => [...type.fields.values()])
    .filter(({ field, isExternal }) => !(isExternal || field.requires) && /^E/.test(field.type));
  if (fields.length === 0) return;
  const declared = draft.dice.pick(fields);
  const candidates = draft
    .elsewhere(subgraph, declared.field.type)
    .filter(({ possible, args, requires }) => possible.length === 0 && !args && !requires);
  if (candidates.length === 0) return;
  const provided = draft.dice.pick(candidates);
  for (const types of draft.subgraphs.values()) {
    const owner = types.get(declared.field.type)?.fields.get(provided.name);
    if (owner && !owner.isExternal) owner.directives = ['@shareable'];
  }
  declared.provides = provided.name;
  const target = draft.type(subgraph, declared.field.type);
  draft.declare(target, provided, { isExternal: true });
};

/** Moves a leaf of an entity to another subgraph. */
export const addOverride = (draft: GraphDraft): void => {
  const [from, to] = [...draft.subgraphs.keys()].sort(() => draft.dice.below(3) - 1);
  if (!(from && to)) return;
  for (const type of entitiesOf(draft, from)) {
    const target = draft.types(to).get(type.name);
    const moved = [...type.fields.values()].find(
      ({ field, isExternal, directives }) =>
        /^f/.test(field.name) &&
        field.possible.length + directives.length === 0 &&
        !(isExternal || target?.fields.has(field.name)),
    );
    if (!moved || !target || draft.interfacesOf(type.name).length > 0) continue;
    moved.isOverridden = true;
    draft.declare(target, moved.field, { directives: [`@override(from: "${from}")`] });
    return;
  }
};
