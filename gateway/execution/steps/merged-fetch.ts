import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer } from '../../subgraph-client.ts';
import type { PlannedFetch } from './planned-fetch.ts';

const aliasOf = (fetch: PlannedFetch): string => `_e${fetch.id}`;

/** Several entity fetches to one subgraph as one operation, each under an alias of its own. */
export class MergedFetch {
  readonly operation: string;
  /** Variables of the client's operation that any part uses. */
  readonly variableNames: readonly string[];
  readonly #first: PlannedFetch | undefined;

  constructor(fetches: readonly PlannedFetch[]) {
    const definitions = new Map<string, string>();
    const parts: string[] = [];
    for (const fetch of fetches) {
      if (!fetch.mergeable) throw new Error('A fetch that must go alone was merged.');
      const variable = this.variableOf(fetch);
      definitions.set(variable, `$${variable}:[_Any!]!`);
      for (const { name, text } of fetch.mergeable.variableDefinitions) definitions.set(name, text);
      parts.push(
        `${aliasOf(fetch)}:_entities(representations:$${variable})${fetch.mergeable.selection}`,
      );
    }
    this.operation = `query(${[...definitions.values()].join()}){${parts.join(' ')}}`;
    this.variableNames = [...new Set(fetches.flatMap((fetch) => fetch.variableNames))];
    this.#first = fetches[0];
  }

  variableOf(fetch: PlannedFetch): string {
    return `_r${fetch.id}`;
  }

  /** The answer as if the fetch had been sent alone. An error that belongs to no part is told once, with the first. */
  answerFor(fetch: PlannedFetch, answer: SubgraphAnswer): SubgraphAnswer {
    const alias = aliasOf(fetch);
    const errors: GraphQLFormattedError[] = [];
    for (const error of answer.errors ?? []) {
      const [root, ...below] = error.path ?? [];
      if (root === alias) errors.push({ ...error, path: ['_entities', ...below] });
      else if (root === undefined && fetch === this.#first) errors.push(error);
    }
    const data = answer.data && { _entities: answer.data[alias] };
    const plain = answer.plain === true;
    return {
      ...(data && { data }),
      ...(errors.length > 0 && { errors }),
      plain,
    };
  }
}
