import type { SubgraphAnswer } from '../../subgraph-client.ts';
import type { DataObject } from './run.ts';

/** The subgraph did not answer what an entity fetch asks for. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** The entities of an answer, one for each that was asked for; null where there is no data, which errors then explain. */
export const entitiesOf = (
  { data }: SubgraphAnswer,
  count: number,
): readonly (DataObject | null)[] | MalformedAnswer | null => {
  if (!data) return null;
  const entities = data['_entities'];
  if (!Array.isArray(entities))
    return new MalformedAnswer('Expected "data._entities" in response to be an array');
  return entities.length === count
    ? entities
    : new MalformedAnswer(`Expected "data._entities" in response to contain ${count} elements`);
};
