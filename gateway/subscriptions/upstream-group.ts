import { setImmediate } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { FailureReport } from '../errors.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { SubgraphAnswer } from '../subgraph-client.ts';
import { MessageShelf } from './message-shelf.ts';
import type { Payload } from './subscriber.ts';
import {
  type Ending,
  interrupted,
  type UpstreamCounts,
  UpstreamReader,
  type Wire,
} from './upstream-reader.ts';

/** Completes what the subgraph said about one event: the response body as JSON text. Rejects when the subscription must end. */
export type CompleteEvent = (answer: SubgraphAnswer) => Promise<string>;

/** How many events are completed ahead of the one being delivered. */
const ahead = 16;
/** How many more may wait; a subgraph that is faster than that for long is faster than its neighbours in the graph. */
const mostPending = 1_000;

const unanswered = JSON.stringify({
  errors: [
    {
      message: 'This event could not be answered.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    },
  ],
  data: null,
});

/** A reason that a client may see for the end of its subscription; undefined for a bug. */
const endingIn = (error: unknown): Ending | undefined => {
  if (error instanceof OperationRefused) return error.errors[0];
  return error instanceof GraphQLError ? error : undefined;
};

export interface UpstreamGroupOptions {
  readonly complete: CompleteEvent;
  readonly report: FailureReport;
  readonly counts: UpstreamCounts;
  /** Called when the group needs no more events; perhaps again. */
  readonly onOver: () => void;
}

/** Everybody who gets the same messages: each event of the subgraph is completed once for all of them, in order. */
export class UpstreamGroup {
  readonly #options: UpstreamGroupOptions;
  readonly #readers = new Set<UpstreamReader>();
  readonly #shelf = new MessageShelf();
  readonly #pending: SubgraphAnswer[] = [];
  readonly #started: Promise<Payload | null>[] = [];
  #phase: 'idle' | 'delivering' = 'idle';
  #ending: Ending | undefined;

  constructor(options: UpstreamGroupOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#readers.size;
  }

  /** How many of them have had everything. */
  get live(): number {
    let live = 0;
    for (const { lags } of this.#readers) if (!lags) live += 1;
    return live;
  }

  /** Lets a client in; it gets what is delivered from now on. Returns how to leave. */
  add(wire: Wire): () => void {
    const reader = new UpstreamReader(
      { shelf: this.#shelf, counts: this.#options.counts },
      wire,
      (gone) => this.#remove(gone),
    );
    this.#readers.add(reader);
    return () => reader.leave();
  }

  /** Takes the next event. */
  take(answer: SubgraphAnswer): void {
    if (this.#ending !== undefined) return;
    this.#pending.push(answer);
    if (this.#pending.length > mostPending)
      this.#breakOff(interrupted('Events come faster than they can be completed.'));
    this.#start();
    if (this.#phase === 'idle') void this.#deliverAll();
  }

  /** Ends the subscription of everybody, after what came before. */
  end(ending: Ending): void {
    this.#ending ??= ending;
    if (this.#phase === 'idle') this.#finish();
  }

  #start(): void {
    for (const answer of this.#pending.splice(0, ahead - this.#started.length))
      this.#started.push(this.#payload(answer));
  }

  async #deliverAll(): Promise<void> {
    this.#phase = 'delivering';
    while (this.#readers.size > 0) {
      const [next] = this.#started;
      if (next === undefined) break;
      const payload = await next;
      void this.#started.shift();
      if (payload === null) break;
      this.#deliver(payload);
      this.#start();
      // Several events may be completed in one turn of the loop; a network that takes them gets to show it before the next.
      if (this.live < this.size) await setImmediate();
    }
    this.#phase = 'idle';
    if (this.#ending !== undefined) this.#finish();
  }

  /** Null when the subscription ends with this event. */
  async #payload(answer: SubgraphAnswer): Promise<Payload | null> {
    this.#options.counts.executions += 1;
    try {
      return payloadOf(await this.#options.complete(answer));
    } catch (error) {
      const ending = endingIn(error);
      if (ending === undefined) {
        this.#options.report(error);
        return payloadOf(unanswered);
      }
      this.#breakOff(ending);
      return null;
    }
  }

  #deliver(payload: Payload): void {
    this.#shelf.add(payload);
    for (const reader of this.#readers) reader.advance();
    if (this.live === this.size) this.#shelf.clear();
  }

  #breakOff(ending: Ending): void {
    this.#pending.length = 0;
    this.#ending ??= ending;
    this.#options.onOver();
  }

  #finish(): void {
    for (const reader of this.#readers) reader.end(this.#ending ?? null);
  }

  #remove(reader: UpstreamReader): void {
    if (this.#readers.delete(reader) && this.#readers.size === 0) this.#options.onOver();
  }
}

/** There are no cursors here. */
const payloadOf = (text: string): Payload => ({ text, cursor: '', bytes: Buffer.from(text) });
