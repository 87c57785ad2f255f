import type { GraphDraft } from './graph-draft.ts';
import type { FieldMeaning, TypeDeclaration } from './graph-model.ts';

const argumentLists: readonly Pick<FieldMeaning, 'args' | 'defaults'>[] = [
  { args: '(n: Int)', defaults: {} },
  { args: '(n: Int = 5)', defaults: { n: 5 } },
  { args: '(n: Int!)', defaults: {} },
];

/** No arguments, or one. */
export const randomArguments = ({ dice }: GraphDraft): Pick<FieldMeaning, 'args' | 'defaults'> =>
  dice.chance(0.55) ? { args: '', defaults: {} } : dice.pick(argumentLists);

type FieldType = Pick<FieldMeaning, 'type' | 'possible' | 'isList'>;
const leaf: FieldType = { type: 'String', possible: [], isList: false };

const declareValue = (draft: GraphDraft, subgraph: string, name: string): void => {
  if (draft.types(subgraph).has(name)) return;
  const type = draft.type(subgraph, name, { isValue: true });
  draft.declare(type, draft.meaning(name, { name: 'x', ...randomArguments(draft) }));
  if (draft.dice.chance(0.85)) draft.declare(type, draft.meaning(name, { name: 'y' }));
  if (name !== 'V1') return;
  draft.declare(type, draft.meaning(name, { name: 'in', type: 'V0', possible: ['V0'] }));
  declareValue(draft, subgraph, 'V0');
};

const valueType = (draft: GraphDraft, subgraph: string): FieldType => {
  const type = draft.dice.pick(['V0', 'V1']);
  declareValue(draft, subgraph, type);
  return { type, possible: [type], isList: draft.dice.chance(0.4) };
};

const unionType = (draft: GraphDraft, subgraph: string): FieldType => {
  const members = [...draft.types(subgraph).values()]
    .filter(({ name, isInterfaceObject }) => name.startsWith('E') && !isInterfaceObject)
    .map(({ name }) => name);
  if (members.length === 0) return leaf;
  const union = draft.type(subgraph, 'U', { kind: 'union', members });
  return { type: 'U', possible: [...union.members], isList: draft.dice.chance(0.4) };
};

const fieldType = (draft: GraphDraft, subgraph: string): FieldType => {
  const { dice } = draft;
  if (dice.chance(0.45)) return { ...leaf, isList: dice.chance(0.1) };
  if (dice.chance(0.35)) return valueType(draft, subgraph);
  if (dice.chance(0.15)) return unionType(draft, subgraph);
  const objects = [...draft.types(subgraph).keys()].filter((name) => /^[EI]/.test(name));
  if (objects.length === 0) return leaf;
  const type = dice.pick(objects);
  return { type, possible: draft.possible(subgraph, type), isList: dice.chance(0.4) };
};

/** Lets other subgraphs that know the entity and the field's type answer the field as well. */
const share = (draft: GraphDraft, type: TypeDeclaration, name: string): void => {
  const declared = type.fields.get(name);
  if (!(declared && /^[SEV]/.test(declared.field.type))) return;
  for (const types of draft.subgraphs.values()) {
    const other = types.get(type.name);
    const isKnown = declared.field.type === 'String' || types.has(declared.field.type);
    if (!other || other === type || other.isInterfaceObject || !isKnown) continue;
    declared.directives = ['@shareable'];
    draft.declare(other, declared.field, { directives: ['@shareable'] });
  }
};

/** A field of an entity or the interface, in one subgraph or shared by several. */
export const addField = (draft: GraphDraft, typeName: string): void => {
  const homes = draft.homesOf(typeName);
  if (homes.length === 0) return;
  const subgraph = draft.dice.pick(homes);
  const type = draft.type(subgraph, typeName);
  const field = draft.meaning(typeName, {
    name: draft.newName('f'),
    ...fieldType(draft, subgraph),
    ...randomArguments(draft),
  });
  draft.declare(type, field);
  if (type.kind === 'interface')
    for (const member of draft.possible(subgraph, typeName))
      draft.declare(draft.type(subgraph, member), field);
  const isAlone = type.isInterfaceObject || draft.interfacesOf(typeName).length > 0;
  if (type.kind === 'type' && !isAlone && draft.dice.chance(0.2)) share(draft, type, field.name);
};
