import type { SubgraphClient, SubgraphFetch } from '../../subgraph-client.ts';
import { MergedFetch } from './merged-fetch.ts';
import type { PlannedFetch, WaitingFetch } from './planned-fetch.ts';
import type { Run } from './run.ts';
import { variablesText } from './variables-text.ts';

const joined = (a: string, b: string): string => (a && b ? `${a},${b}` : a + b);

// How many combinations of fetches are kept for a plan; which ones meet in a tick is up to the subgraphs' timing.
const mostCombinations = 64;

// Long enough for subgraphs nearby; whoever is further away answers so late that these few milliseconds are not seen.
const longestHeldMs = 20;

export interface QueueOptions {
  /** Entity fetches of one tick to one subgraph travel as one request. */
  readonly merges: boolean;
  /** A fetch that nothing waits for is held back a moment while the plan has others for its subgraph. */
  readonly holds: boolean;
}

/**
 * Sends the fetches of a plan's runs in as few requests as can be: what subgraphs and gateway spend on a request is mostly
 * for its being one.
 */
export class FetchQueue {
  readonly #options: QueueOptions;
  readonly #merged = new Map<string, MergedFetch>();
  /** For each subgraph, how many fetches the plan has that others may travel with. */
  readonly #expected = new Map<SubgraphClient, number>();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Tells of an entity fetch of the plan, while it is compiled. */
  expect({ client, mergeable }: PlannedFetch): void {
    if (mergeable) this.#expected.set(client, (this.#expected.get(client) ?? 0) + 1);
  }

  /** An entity fetch of the plan begins, whether or not there is anything to send. */
  begin(run: Run, fetch: PlannedFetch): void {
    if (!this.#options.holds) return;
    const { client, mergeable } = fetch;
    if (mergeable) run.begun.set(client, (run.begun.get(client) ?? 0) + 1);
    // What is held may be what this fetch waits for, where both ask for the same entity.
    if (run.held && !this.#mayBeHeld(run, fetch)) this.#release(run, client);
  }

  send(run: Run, waiting: WaitingFetch): void {
    if (this.#options.merges && waiting.fetch.mergeable) this.#wait(run, waiting);
    else this.#sendAlone(run, waiting);
  }

  #wait(run: Run, waiting: WaitingFetch): void {
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
    for (const together of Map.groupBy(waiting, ({ fetch }) => fetch.client).values())
      if (together.every(({ fetch, wasHeld }) => !wasHeld && this.#mayBeHeld(run, fetch)))
        this.#hold(run, together);
      else this.#sendTogether(run, together);
  }

  #sendTogether(run: Run, together: WaitingFetch[]): void {
    const merged = together.length > 1 ? this.#mergedOf(together) : null;
    if (merged) this.#sendMerged(run, merged, together);
    else for (const one of together) this.#sendAlone(run, one);
  }

  #mayBeHeld(run: Run, { client, isLast }: PlannedFetch): boolean {
    if (!(this.#options.holds && isLast)) return false;
    return (run.begun.get(client) ?? 0) < (this.#expected.get(client) ?? 0);
  }

  #hold(run: Run, together: readonly WaitingFetch[]): void {
    run.held ??= {
      fetches: [],
      timer: setTimeout(() => this.#release(run, null), longestHeldMs),
    };
    run.held.fetches.push(...together);
  }

  /** Lets the held fetches for a subgraph go, or all. */
  #release(run: Run, client: SubgraphClient | null): void {
    const { held } = run;
    if (!held) return;
    const isFree = ({ fetch }: WaitingFetch): boolean => !client || fetch.client === client;
    const free = held.fetches.filter(isFree);
    held.fetches = held.fetches.filter((one) => !isFree(one));
    if (held.fetches.length === 0) {
      clearTimeout(held.timer);
      run.held = null;
    }
    for (const waiting of free) this.#wait(run, { ...waiting, wasHeld: true });
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
