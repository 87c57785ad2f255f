import { Dice } from './dice.ts';
import { GraphDraft } from './graph-draft.ts';
import type { RandomGraph } from './graph-model.ts';
import { addField } from './random-fields.ts';
import { addOverride, addProvides, addRequires } from './random-requirements.ts';
import { addEntity, addInterface } from './random-types.ts';

const addRoots = (draft: GraphDraft): void => {
  for (const [subgraph, types] of draft.subgraphs) {
    const query = draft.type(subgraph, 'Query');
    for (const type of [...types.keys()].filter((name) => /^[EIU]/.test(name))) {
      if (draft.dice.chance(0.5)) continue;
      const isList = draft.dice.chance(0.4);
      const possible = draft.possible(subgraph, type);
      const name = `${subgraph}${type}`;
      draft.declare(query, draft.meaning('Query', { name, type, isList, possible }));
    }
    if (query.fields.size === 0)
      draft.declare(query, draft.meaning('Query', { name: `${subgraph}Word` }));
  }
};

/**
 * A random graph: entities by several keys, an interface, interface objects, unions, shared values, fields with arguments,
 * fields that require, provide and override others. Whether it is one, composition has to say.
 */
export const randomGraph = (random: () => number): RandomGraph => {
  const dice = new Dice(random);
  const draft = new GraphDraft(dice, dice.chance(0.5) ? ['a', 'b'] : ['a', 'b', 'c']);
  for (let count = dice.below(3); count >= 0; count -= 1) addEntity(draft, `E${count}`);
  if (dice.chance(0.6)) addInterface(draft);
  for (const type of [...draft.entities, 'I'])
    for (let count = dice.below(3); count >= 0; count -= 1) addField(draft, type);
  for (let count = dice.below(3); count >= 0; count -= 1) addRequires(draft);
  if (dice.chance(0.4)) addProvides(draft);
  if (dice.chance(0.25)) addOverride(draft);
  addRoots(draft);
  return draft.graph();
};
