import { GraphQLError } from 'graphql';
import type { SystemUnavailable } from '../../platform/system-error.ts';
import { describeFailure, type FailureReport } from '../errors.ts';
import type { AnswerSink, SubgraphAnswer } from '../subgraph-client.ts';
import { type CompleteEvent, UpstreamGroup } from './upstream-group.ts';
import type { Ending, UpstreamCounts, Wire } from './upstream-reader.ts';

export interface UpstreamFeedOptions {
  /** Subscribes at the subgraph; returns how to leave. */
  readonly subscribe: (sink: AnswerSink) => () => void;
  readonly report: FailureReport;
  readonly counts: UpstreamCounts;
  /** Called when nobody may join any more; perhaps again. */
  readonly onOver: () => void;
}

const endingOf = (failure: SystemUnavailable): GraphQLError => {
  const { message, extensions } = describeFailure(failure);
  return new GraphQLError(message, { extensions: extensions ?? {} });
};

/** One subscription at a subgraph, for everybody who asked it for the same: begun with the first client, left with the last. */
export class UpstreamFeed {
  readonly #options: UpstreamFeedOptions;
  readonly #groups = new Map<string, UpstreamGroup>();
  readonly #leave: () => void;

  constructor(options: UpstreamFeedOptions) {
    this.#options = options;
    this.#leave = options.subscribe({
      next: (answer) => this.#take(answer),
      end: (failure) => this.end(failure === null ? null : endingOf(failure)),
    });
  }

  get groups(): readonly UpstreamGroup[] {
    return [...this.#groups.values()];
  }

  /** Lets a client in. Clients with the same key get the same messages. Returns how to leave. */
  join(key: string, complete: () => CompleteEvent, wire: Wire): () => void {
    const group = this.#groups.get(key) ?? this.#open(key, complete());
    return group.add(wire);
  }

  /** Leaves the subgraph and ends the subscription of everybody, after what came before. */
  end(ending: Ending): void {
    const { groups } = this;
    this.#groups.clear();
    this.#over();
    for (const group of groups) group.end(ending);
  }

  #open(key: string, complete: CompleteEvent): UpstreamGroup {
    const { report, counts } = this.#options;
    const onOver = (): void => {
      if (this.#groups.get(key) === group) this.#groups.delete(key);
      if (this.#groups.size === 0) this.#over();
    };
    const group: UpstreamGroup = new UpstreamGroup({ complete, report, counts, onOver });
    this.#groups.set(key, group);
    return group;
  }

  /** Completing an event writes into it, so that each group needs one of its own. */
  #take(answer: SubgraphAnswer): void {
    const [first, ...others] = this.#groups.values();
    const copies = others.map((group) => [group, structuredClone(answer)] as const);
    first?.take(answer);
    for (const [group, copy] of copies) group.take(copy);
  }

  #over(): void {
    this.#leave();
    this.#options.onOver();
  }
}
