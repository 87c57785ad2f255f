import type { GraphQLError } from 'graphql';
import { refusal } from '../errors.ts';
import type { MessageShelf } from './message-shelf.ts';
import type { LagPolicy, Outlet } from './subscriber.ts';

/** A client never has more than this waiting in the gateway's memory, in bytes. */
const backlogLimit = 64 * 1024;

/** How a subscription ends: null normally, else with an error that the client sees. */
export type Ending = GraphQLError | null;

/** The typed end of a subscription without cursors: what comes from now on is missed, and the client has to know. */
export const interrupted = (why: string): GraphQLError =>
  refusal('SUBSCRIPTION_INTERRUPTED', `${why} Subscribe again.`);

/** What all readers and groups of a source count together, since the start. */
export interface UpstreamCounts {
  executions: number;
  /** Messages sent to readers that had fallen behind. */
  replayed: number;
  lagged: number;
}

/** The wire of one client, and what is to happen when it is slow. */
export interface Wire {
  readonly outlet: Outlet;
  readonly policy: LagPolicy;
}

/**
 * One client of a shared subscription. When its network does not take more it reads on from the shelf later, as far as the
 * shelf reaches; by its policy it skips to the latest message instead, or is closed.
 */
export class UpstreamReader {
  readonly #shelf: MessageShelf;
  readonly #counts: UpstreamCounts;
  readonly #wire: Wire;
  readonly #onGone: (reader: UpstreamReader) => void;
  #state: 'live' | 'lagging' | 'gone' = 'live';
  #next: number;
  #ending: Ending | undefined;

  constructor(
    { shelf, counts }: { shelf: MessageShelf; counts: UpstreamCounts },
    wire: Wire,
    onGone: (reader: UpstreamReader) => void,
  ) {
    this.#shelf = shelf;
    this.#counts = counts;
    this.#wire = wire;
    this.#onGone = onGone;
    this.#next = shelf.head;
  }

  /** True while the shelf must be kept for it. */
  get lags(): boolean {
    return this.#state === 'lagging';
  }

  /** Sends what it has not had, as far as its network takes it; the end comes last. */
  advance(): void {
    if (this.#state === 'lagging') this.#checkOvertaken();
    while (this.#state === 'live' && this.#next < this.#shelf.head) this.#sendNext();
    if (this.#state === 'live' && this.#ending !== undefined) this.#finish(this.#ending);
  }

  /** Ends the subscription after the messages that are there. */
  end(ending: Ending): void {
    this.#ending = ending;
    this.advance();
  }

  /** The client has left; safe to call twice. */
  leave(): void {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    this.#onGone(this);
  }

  #sendNext(): void {
    const { outlet } = this.#wire;
    const message = this.#shelf.at(this.#next);
    if (message === undefined) this.#finish(tooSlow());
    else if (outlet.backlog() > backlogLimit) this.#lag();
    else {
      this.#next += 1;
      outlet.send(message);
    }
  }

  #lag(): void {
    const { outlet, policy } = this.#wire;
    this.#counts.lagged += 1;
    if (policy === 'DISCONNECT') {
      this.leave();
      outlet.disconnect();
      return;
    }
    this.#state = 'lagging';
    outlet.onDrain(() => {
      if (this.#state === 'lagging') this.#goOn();
    });
  }

  #goOn(): void {
    this.#state = 'live';
    if (this.#wire.policy === 'LATEST') this.#next = this.#shelf.head - 1;
    const from = this.#next;
    this.advance();
    this.#counts.replayed += this.#next - from;
  }

  #checkOvertaken(): void {
    const missed = this.#shelf.at(this.#next) === undefined;
    if (missed && this.#wire.policy === 'REPLAY') this.#finish(tooSlow());
  }

  #finish(ending: Ending): void {
    const { outlet } = this.#wire;
    this.leave();
    if (ending === null) outlet.complete();
    else outlet.fail(ending);
  }
}

const tooSlow = (): GraphQLError =>
  interrupted('This client takes messages more slowly than they come, and some are lost to it.');
