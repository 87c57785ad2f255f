import type { SubgraphClient, SubgraphFetch } from '../../subgraph-client.ts';
import { MergedFetch } from './merged-fetch.ts';
import type { WaitingFetch } from './planned-fetch.ts';
import type { Run } from './run.ts';
import { variablesText } from './variables-text.ts';

const joined = (a: string, b: string): string => (a && b ? `${a},${b}` : a + b);

// How many combinations of fetches are kept for a plan; which ones meet in a tick is up to the subgraphs' timing.
const mostCombinations = 64;

/** Sends the fetches of a plan's runs. Entity fetches of one tick to one subgraph travel as one request. */
export class FetchQueue {
  readonly #merges: boolean;
  readonly #merged = new Map<string, MergedFetch>();

  constructor(merges: boolean) {
    this.#merges = merges;
  }

  send(run: Run, waiting: WaitingFetch): void {
    if (!(this.#merges && waiting.fetch.mergeable)) {
      this.#sendAlone(run, waiting);
      return;
    }
    run.waiting.push(waiting);
    if (run.waiting.length === 1) setImmediate(() => this.#flushOrFail(run));
  }

  /** Nobody stands above a tick of the event loop to catch a bug. */
  #flushOrFail(run: Run): void {
    try {
      this.#flush(run);
    } catch (bug) {
      run.fail(bug);
    }
  }

  #flush(run: Run): void {
    const { waiting } = run;
    run.waiting = [];
    for (const together of Map.groupBy(waiting, ({ fetch }) => fetch.client).values()) {
      const merged = together.length > 1 ? this.#mergedOf(together) : null;
      if (merged) this.#sendMerged(run, merged, together);
      else for (const one of together) this.#sendAlone(run, one);
    }
  }

  #mergedOf(together: WaitingFetch[]): MergedFetch | null {
    together.sort((a, b) => a.fetch.id - b.fetch.id);
    const key = together.map(({ fetch }) => fetch.id).join();
    let merged = this.#merged.get(key) ?? null;
    if (!merged && this.#merged.size < mostCombinations) {
      merged = new MergedFetch(together.map(({ fetch }) => fetch));
      this.#merged.set(key, merged);
    }
    return merged;
  }

  #sendAlone(run: Run, { fetch, texts, settled }: WaitingFetch): void {
    const given = variablesText(run.variables, fetch.variableNames);
    const entities = texts ? `"representations":[${texts.join()}]` : '';
    this.#dispatch(fetch.client, run, {
      fetch: {
        operation: fetch.operation,
        operationName: fetch.operationName,
        kind: fetch.kind,
        variables: `{${joined(given, entities)}}`,
      },
      settled,
    });
  }

  #sendMerged(run: Run, merged: MergedFetch, together: readonly WaitingFetch[]): void {
    const [first] = together;
    if (!first) return;
    const entities = together.map(
      ({ fetch, texts }) => `"${merged.variableOf(fetch)}":[${texts?.join()}]`,
    );
    this.#dispatch(first.fetch.client, run, {
      fetch: {
        operation: merged.operation,
        operationName: undefined,
        kind: 'query',
        variables: `{${joined(variablesText(run.variables, merged.variableNames), entities.join())}}`,
      },
      settled: (answer, failure) => {
        // Without data one fetch has spoilt the others' answers as well, so each is sent again alone.
        const isSpoilt = failure === undefined && !answer.data;
        for (const waiting of together)
          if (isSpoilt) this.#sendAlone(run, waiting);
          else waiting.settled(merged.answerFor(waiting.fetch, answer), failure);
      },
    });
  }

  #dispatch(
    client: SubgraphClient,
    run: Run,
    sent: { readonly fetch: SubgraphFetch; readonly settled: WaitingFetch['settled'] },
  ): void {
    client
      .send(sent.fetch, run.request)
      .then(sent.settled, (failure) => sent.settled({}, failure))
      // What fails here is our own code, not the subgraph: `settled` throws for bugs alone.
      .catch(run.fail);
  }
}
