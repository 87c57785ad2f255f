import { GraphQLError } from 'graphql';
import { comparePositions, type Event, type Position } from '../../platform/event.ts';
import { type Cursors, createCursors, cursorExpired } from './cursor.ts';
import { LiveIndex } from './live-index.ts';
import { type AnswerEvent, SelectionGroup } from './selection-group.ts';
import { type Subscriber, wants } from './subscriber.ts';

/** The append-only log behind all subscriptions: PostgreSQL in the hub, anything with an order elsewhere. */
export interface SubscriptionSource {
  readonly epoch: string;
  readonly head: () => Promise<Position>;
  /** The last event that was dropped from the log; zero when nothing ever was. */
  readonly droppedTo: () => Promise<Position>;
  readonly read: (after: Position, limit: number) => Promise<readonly Event[]>;
  readonly follow: (
    after: Position,
    listener: (events: readonly Event[]) => void,
  ) => { stop: () => void };
}

/** A client never has more than this waiting in the hub's memory, in bytes. */
const backlogLimit = 64 * 1024;
/** Events kept in memory for readers that are a little behind. */
const recentLimit = 4096;
const pageSize = 500;

/** Counters for /metrics and the benchmarks. */
export interface FanOutStats {
  readonly groups: number;
  readonly live: number;
  readonly subscribers: number;
  readonly executions: number;
  readonly replayed: number;
  readonly lagged: number;
}

/**
 * Hands every event to everybody who wants it: one execution per event and selection, whatever the number of clients.
 * A subscriber is a place in the log. "Caught up" and "joins the live set" is one synchronous step, so that between the
 * two no event can be missed or come twice.
 */
export class FanOut {
  readonly cursors: Cursors;
  readonly #source: SubscriptionSource;
  readonly #live = new LiveIndex();
  readonly #members = new Set<Subscriber>();
  readonly #groups = new Map<string, SelectionGroup>();
  readonly #feed: { stop: () => void };
  #recent: Event[] = [];
  #dispatched: Position;
  #dropped: Position;
  #executed = 0;
  #replayed = 0;
  #lagged = 0;

  private constructor(source: SubscriptionSource, secret: string, at: [Position, Position]) {
    this.#source = source;
    [this.#dispatched, this.#dropped] = at;
    this.cursors = createCursors({ epoch: source.epoch, secret, range: () => this.range() });
    this.#feed = source.follow(this.#dispatched, (events) => this.#dispatch(events));
  }

  /** Opens the fan-out at the end of the log. */
  static async open(source: SubscriptionSource, secret: string): Promise<FanOut> {
    return new FanOut(source, secret, [await source.head(), await source.droppedTo()]);
  }

  /** The cursor of the last event handed out: a snapshot read from now on, followed from here, misses nothing. */
  headCursor(): string {
    return this.cursors.write(this.#dispatched);
  }

  /** The cursors between which a client may resume. */
  range(): { tail: string; head: string } {
    return { tail: this.cursors.write(this.#dropped), head: this.headCursor() };
  }

  stats(): FanOutStats {
    const executions = [...this.#groups.values()].reduce((sum, group) => sum + group.executions, 0);
    return {
      groups: this.#groups.size,
      live: this.#live.size,
      subscribers: this.#members.size,
      executions: this.#executed + executions,
      replayed: this.#replayed,
      lagged: this.#lagged,
    };
  }

  /** The place to begin for a client's cursor; now for null. Throws CURSOR_EXPIRED or CURSOR_INVALID. */
  startOf(after: string | null): Position {
    if (after === null) return this.#dispatched;
    const position = this.cursors.read(after);
    if (comparePositions(position, this.#dropped) < 0) throw cursorExpired(this.range());
    return position;
  }

  /** Lets a client in. Clients with the same key share their executions. */
  join(subscriber: Subscriber, key: string, answer: () => AnswerEvent): void {
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new SelectionGroup(key, answer(), (position) => this.cursors.write(position));
      this.#groups.set(key, group);
    }
    group.size += 1;
    subscriber.group = group;
    this.#members.add(subscriber);
    void this.#catchUp(subscriber, group, false);
  }

  /** Lets a client go; safe to call twice. */
  leave(subscriber: Subscriber): void {
    const { group } = subscriber;
    if (group === null) return;
    subscriber.group = null;
    subscriber.closed = true;
    this.#leaveLive(subscriber);
    this.#members.delete(subscriber);
    group.size -= 1;
    if (group.size > 0) return;
    this.#executed += group.executions;
    this.#groups.delete(group.key);
  }

  /** Ends every subscription normally. */
  close(): void {
    this.#feed.stop();
    for (const subscriber of [...this.#members]) {
      subscriber.outlet.complete();
      this.leave(subscriber);
    }
  }

  #dispatch(events: readonly Event[]): void {
    for (const event of events) {
      const readers = this.#readersOf(event);
      this.#recent.push(event);
      this.#dispatched = event.position;
      for (const [group, list] of readers)
        group.deliver(event, list, (reader) => this.#checkBacklog(reader, group));
    }
    if (this.#recent.length > recentLimit * 2) this.#recent = this.#recent.slice(-recentLimit);
  }

  /** The live readers of an event, by the selection that answers them. */
  #readersOf(event: Event): ReadonlyMap<SelectionGroup, Subscriber[]> {
    const readers = new Map<SelectionGroup, Subscriber[]>();
    this.#live.forEachReader(event, (reader) => {
      if (comparePositions(event.position, reader.seen) <= 0) return;
      reader.seen = event.position;
      const { group } = reader;
      if (group === null) return;
      const list = readers.get(group);
      if (list === undefined) readers.set(group, [reader]);
      else list.push(reader);
    });
    return readers;
  }

  #checkBacklog(subscriber: Subscriber, group: SelectionGroup): void {
    if (subscriber.outlet.backlog() <= backlogLimit) return;
    this.#lagged += 1;
    this.#leaveLive(subscriber);
    if (subscriber.policy === 'DISCONNECT') {
      this.leave(subscriber);
      subscriber.outlet.disconnect();
      return;
    }
    subscriber.seen = subscriber.sent;
    subscriber.outlet.onDrain(() => void this.#catchUp(subscriber, group, true));
  }

  async #catchUp(subscriber: Subscriber, group: SelectionGroup, lagging: boolean): Promise<void> {
    try {
      while (await this.#catchUpPage(subscriber, group, lagging)) {
        // Another page; the loop ends when the reader is live, gone, or waits for its network.
      }
    } catch (error) {
      subscriber.outlet.fail(
        new GraphQLError('The events could not be read. Subscribe again after your last cursor.', {
          extensions: { code: 'SUBSCRIPTION_INTERRUPTED' },
          originalError: error instanceof Error ? error : null,
        }),
      );
      this.leave(subscriber);
    }
  }

  /** One page of catching up; false when there is nothing more to do here. */
  async #catchUpPage(
    subscriber: Subscriber,
    group: SelectionGroup,
    lagging: boolean,
  ): Promise<boolean> {
    const dispatched = this.#dispatched;
    const page = await this.#pageAfter(subscriber.seen);
    if (subscriber.closed) return false;
    if (page.length === 0) {
      if (dispatched !== this.#dispatched) return true;
      subscriber.live = true;
      this.#live.add(subscriber);
      return false;
    }
    const skips = lagging && subscriber.policy === 'LATEST';
    const goesOn = await this.#replay(subscriber, group, skips ? latestOf(subscriber, page) : page);
    if (!goesOn) return false;
    subscriber.seen = page.at(-1)?.position ?? subscriber.seen;
    subscriber.sent = subscriber.seen;
    return true;
  }

  /** Sends a page; false when the reader fell behind or left, and somebody else goes on with it. */
  async #replay(
    subscriber: Subscriber,
    group: SelectionGroup,
    page: readonly Event[],
  ): Promise<boolean> {
    for (const event of page) {
      if (!wants(subscriber, event)) continue;
      const payload = await group.payload(event);
      if (subscriber.closed) return false;
      subscriber.outlet.send(payload);
      this.#replayed += 1;
      subscriber.seen = event.position;
      subscriber.sent = event.position;
      if (subscriber.outlet.backlog() > backlogLimit) {
        subscriber.outlet.onDrain(() => void this.#catchUp(subscriber, group, true));
        return false;
      }
    }
    return true;
  }

  /** The events after a place: from memory when it reaches back that far, else from the log. */
  #pageAfter(after: Position): readonly Event[] | Promise<readonly Event[]> {
    const [oldest] = this.#recent;
    if (comparePositions(after, this.#dispatched) >= 0) return [];
    if (oldest === undefined || comparePositions(after, oldest.position) < 0)
      return this.#source.read(after, pageSize);
    const from = firstAfter(this.#recent, after);
    return this.#recent.slice(from, from + pageSize);
  }

  #leaveLive(subscriber: Subscriber): void {
    if (!subscriber.live) return;
    subscriber.live = false;
    this.#live.delete(subscriber);
  }
}

/** The last wanted event of each document, in order: all that a reader of the latest state needs. */
const latestOf = (subscriber: Subscriber, page: readonly Event[]): readonly Event[] => {
  const last = new Map<string, Event>();
  for (const event of page)
    if (wants(subscriber, event)) last.set(subscriber.field.documentKey(event), event);
  return page.filter((event) => last.get(subscriber.field.documentKey(event)) === event);
};

/** The index of the first event after the place; binary search. */
const firstAfter = (events: readonly Event[], after: Position): number => {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    if (event !== undefined && comparePositions(event.position, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
};
