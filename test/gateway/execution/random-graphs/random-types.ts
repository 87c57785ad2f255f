import type { GraphDraft } from './graph-draft.ts';

const keySets = ['id', 'code', 'tag { a b }', 'id code', 'id tag { b }', 'code tag { a }'] as const;

/** An entity in some subgraphs, by one key or several. */
export const addEntity = (draft: GraphDraft, name: string): void => {
  const { dice } = draft;
  draft.entities.push(name);
  const homes = dice.some([...draft.subgraphs.keys()], 0.75);
  for (const [at, subgraph] of homes.entries()) {
    const type = draft.type(subgraph, name);
    if (at === 0) draft.addKey(subgraph, type, ['id', true]);
    const count = 1 + Number(dice.chance(0.35)) + Number(dice.chance(0.15));
    for (let key = 0; key < count; key += 1) {
      const fields = dice.chance(0.6) ? 'id' : dice.pick(keySets);
      draft.addKey(subgraph, type, [fields, dice.chance(0.8)]);
    }
  }
};

const addMembers = (draft: GraphDraft, home: string, members: readonly string[]): void => {
  const declared = draft.type(home, 'I', { kind: 'interface' });
  if (draft.dice.chance(0.7)) draft.addKey(home, declared, ['id', true]);
  else draft.declare(declared, draft.meaning('I', { name: 'id', type: 'ID!' }));
  for (const member of members) {
    draft.implement(member, 'I');
    const type = draft.type(home, member);
    draft.addKey(home, type, ['id', true]);
    type.implemented.add('I');
  }
};

/** An interface of some entities, which other subgraphs may have as an interface object. */
export const addInterface = (draft: GraphDraft): void => {
  const { dice } = draft;
  const home = dice.pick([...draft.subgraphs.keys()]);
  const inHome = draft.entities.filter((entity) => draft.types(home).has(entity));
  if (inHome.length === 0) return;
  const members = dice.some(inHome, 0.8);
  addMembers(draft, home, members);
  if (draft.types(home).get('I')?.keys.length === 0) return;
  for (const [other, types] of draft.subgraphs) {
    if (other === home || dice.chance(0.4)) continue;
    const object = draft.type(other, 'I', { isInterfaceObject: true });
    draft.addKey(other, object, ['id', dice.chance(0.85)]);
    // A subgraph with an interface object does not know what implements it.
    for (const member of members) types.delete(member);
  }
};
