import { connect, type Ending, type Message, type ProblemInAnswer } from './connection.ts';
import type { CursorStore } from './cursor-store.ts';
import { type TypedDocument, textOf } from './typed-document.ts';

/** What a follower is told. Only `url` and `query` have to be there. */
export interface FollowOptions<TData, TVariables> {
  /** The hub's GraphQL address, as http(s) or ws(s). */
  readonly url: string;
  readonly query: string | TypedDocument<TData, TVariables>;
  readonly variables?: TVariables;
  /** Gives a token; asked for every connection. `refused` is true when the last one had ended: then it takes a fresh one. */
  readonly token?: (refused: boolean) => string | Promise<string>;
  /** Where the place is kept; in memory unless said otherwise. */
  readonly store?: CursorStore;
  /**
   * Reads the present state: called before the first event when there is no place yet, and again when the hub no longer holds
   * what followed the place. All that changes after the reading has begun comes as events.
   */
  readonly snapshot?: () => void | Promise<void>;
  /** Told when the hub answers, and when it no longer does; for whoever shows it. The follower comes back by itself. */
  readonly onConnection?: (isConnected: boolean) => void;
  /** What a reader that is too slow asks the hub for: REPLAY misses nothing, LATEST gets the last state of each document. */
  readonly lag?: 'REPLAY' | 'LATEST';
  /** How many events may wait for the reader in memory; more stay in the hub's log until their time. */
  readonly ahead?: number;
  /** Pauses between attempts: a random part of a bound that doubles from `firstMs` to `longestMs`. */
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number };
  readonly silenceMs?: number;
  readonly webSocketImpl?: typeof WebSocket;
}

/** One event. */
export interface Followed<TData> {
  readonly data: TData;
  /** Of fields that could not be answered. */
  readonly errors: readonly ProblemInAnswer[];
  /** The event's place. */
  readonly cursor: string;
}

/** The events as they come, until closed. Iterated once. */
export interface Following<TData> extends AsyncIterableIterator<Followed<TData>, undefined, void> {
  readonly close: () => void;
}

/** The hub will not answer, however often it is asked. */
export class FollowRefused extends Error {
  override readonly name = 'FollowRefused';
  readonly errors: readonly ProblemInAnswer[];

  constructor(message: string, errors: readonly ProblemInAnswer[] = []) {
    super(message);
    this.errors = errors;
  }
}

/** In the order of the log: an event for the reader, or (null) the moment at which the present state has to be read. */
interface Waiting<TData> {
  readonly cursor: string;
  readonly event: Followed<TData> | null;
}

const finalCodes: ReadonlySet<number> = new Set([4400, 4401, 4406, 4409]);
/** Told off for too much at once; only time helps. */
const tooMany = 4429;
const tokenEnded = 4403;

const lostPlace: ReadonlySet<unknown> = new Set(['CURSOR_EXPIRED', 'CURSOR_INVALID']);
const passing: ReadonlySet<unknown> = new Set([
  'SUBSCRIPTION_INTERRUPTED',
  'SUBSCRIPTION_LIMIT_EXCEEDED',
  'INTERNAL_SERVER_ERROR',
  'COST_BUDGET_EXCEEDED',
  'DEADLINE_EXCEEDED',
  'OVERLOADED',
  'UNAUTHENTICATED',
]);

/** How often one event may come without an answer before the follower gives up. */
const patience = 5;

const memoryCursor = (): CursorStore => {
  let kept: string | null = null;
  return {
    read: () => kept,
    write: (cursor) => {
      kept = cursor;
    },
  };
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });

class Follower<TData, TVariables> implements Following<TData> {
  readonly #options: FollowOptions<TData, TVariables>;
  readonly #store: CursorStore;
  readonly #stop = new AbortController();
  readonly #queue: Waiting<TData>[] = [];
  /** The place of the last event that came, handled or not. */
  #received: string | null = null;
  /** The place of the event that the reader is at; it counts as handled when the reader asks for the next. */
  #handling: string | null = null;
  #feeding: Promise<void> | null = null;
  #failure: unknown = null;
  #attempts = 0;
  /** When the hub let this connection in, on the clock of `performance.now()`. */
  #acknowledgedAt = Number.POSITIVE_INFINITY;
  #unanswered = 0;
  #tokenRefused = false;
  #wakeReader = (): void => undefined;
  #wakeFeed = (): void => undefined;
  #leave = new AbortController();

  constructor(options: FollowOptions<TData, TVariables>) {
    this.#options = options;
    this.#store = options.store ?? memoryCursor();
  }

  readonly close = (): void => {
    this.#stop.abort();
    this.#queue.length = 0;
    this.#leave.abort();
    this.#wakeReader();
    this.#wakeFeed();
  };

  async next(): Promise<IteratorResult<Followed<TData>, undefined>> {
    this.#feeding ??= this.#feed().catch((error: unknown) => {
      this.#failure = error;
      this.#wakeReader();
    });
    if (this.#handling !== null) await this.#store.write(this.#handling);
    this.#handling = null;
    for (;;) {
      const waiting = await this.#take();
      if (waiting === null) return { done: true, value: undefined };
      if (waiting.event !== null) {
        this.#handling = waiting.cursor;
        return { done: false, value: waiting.event };
      }
      await this.#options.snapshot?.();
      await this.#store.write(waiting.cursor);
    }
  }

  return(): Promise<IteratorResult<Followed<TData>, undefined>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next in the queue; null when closed. Rejects, after all that came before, when the hub refused for good. */
  async #take(): Promise<Waiting<TData> | null> {
    for (;;) {
      const waiting = this.#queue.shift();
      if (this.#queue.length === 0) this.#wakeFeed();
      if (waiting !== undefined) return waiting;
      if (this.#stop.signal.aborted) return null;
      if (this.#failure !== null) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  /** Connects, again and again, until closed. Rejects when that is of no use any more. */
  async #feed(): Promise<void> {
    this.#received = await this.#store.read();
    while (!this.#stop.signal.aborted) {
      const ending = await this.#connectOnce();
      if (this.#stop.signal.aborted) return;
      this.#options.onConnection?.(false);
      const waitMs = this.#afterEnding(ending);
      await this.#whenRead();
      await pause(waitMs, this.#stop.signal);
    }
  }

  async #connectOnce(): Promise<Ending> {
    const { url, token, silenceMs = 20_000, webSocketImpl = WebSocket } = this.#options;
    const given = await token?.(this.#tokenRefused);
    this.#tokenRefused = false;
    this.#leave = new AbortController();
    if (this.#stop.signal.aborted) this.#leave.abort();
    return connect({
      url: url.replace(/^http/, 'ws'),
      authorization: given === undefined ? undefined : `Bearer ${given}`,
      silenceMs,
      webSocketImpl,
      signal: this.#leave.signal,
      onAcknowledged: (head) => this.#subscription(head),
      onMessage: (message) => this.#hear(message),
    });
  }

  #subscription(head: string | undefined): object {
    const { query, variables, lag, onConnection } = this.#options;
    onConnection?.(true);
    this.#acknowledgedAt = performance.now();
    if (this.#received === null && head !== undefined) {
      // Fixed before anything is read: what happens during the reading comes as events.
      this.#received = head;
      this.#put({ cursor: head, event: null });
    }
    return { query: textOf(query), variables, extensions: { cursor: this.#received, lag } };
  }

  #hear({ data, errors = [], extensions }: Message): void {
    const cursor = extensions?.cursor;
    if (data === null || data === undefined || cursor === undefined) {
      this.#unanswered += 1;
      if (this.#unanswered >= patience)
        this.#failure = new FollowRefused('An event cannot be answered.', errors);
      this.#leave.abort();
      return;
    }
    this.#attempts = 0;
    this.#unanswered = 0;
    this.#received = cursor;
    this.#put({ cursor, event: { data: data as TData, errors, cursor } });
    if (this.#queue.length >= (this.#options.ahead ?? 1000)) this.#leave.abort();
  }

  #put(waiting: Waiting<TData>): void {
    this.#queue.push(waiting);
    this.#wakeReader();
  }

  /** How long to wait before the next attempt, in milliseconds. Throws when there is to be none. */
  #afterEnding(ending: Ending): number {
    if (this.#failure !== null) throw this.#failure;
    const { firstMs, longestMs } = this.#options.backoff ?? { firstMs: 250, longestMs: 30_000 };
    if (ending.kind === 'refused') this.#afterRefusal(ending.errors);
    else if (finalCodes.has(ending.code)) throw new FollowRefused(ending.reason);
    else if (ending.code === tokenEnded) this.#tokenRefused = true;
    else if (ending.code === tooMany) return longestMs * (0.5 + Math.random() / 2);
    const boundMs = (): number => Math.min(longestMs, firstMs * 2 ** this.#attempts);
    // A connection that held as long as anybody waits for one ends the trouble, also when no event came.
    if (performance.now() - this.#acknowledgedAt >= boundMs()) this.#attempts = 0;
    this.#acknowledgedAt = Number.POSITIVE_INFINITY;
    const waitMs = Math.random() * boundMs();
    this.#attempts += 1;
    return waitMs;
  }

  #afterRefusal(errors: readonly ProblemInAnswer[]): void {
    const code = errors[0]?.extensions?.['code'];
    if (lostPlace.has(code) && this.#options.snapshot !== undefined) this.#received = null;
    else if (code === 'UNAUTHENTICATED') this.#tokenRefused = true;
    else if (!passing.has(code))
      throw new FollowRefused(errors[0]?.message ?? 'The hub refused.', errors);
  }

  /** Waits until the reader has taken what came: nothing more is asked for than it can take. */
  async #whenRead(): Promise<void> {
    while (this.#queue.length > 0 && !this.#stop.signal.aborted)
      await new Promise<void>((resolve) => {
        this.#wakeFeed = resolve;
      });
  }
}

/**
 * Follows a subscription of the hub: every event after the place that is kept, in order, none left out, over whatever losses of
 * connection. An event counts as handled when the next one is asked for; only then is its place kept, so that one that a crash
 * interrupted comes again. Rejects with FollowRefused when the hub will not answer.
 */
export const follow = <TData, TVariables = Readonly<Record<string, unknown>>>(
  options: FollowOptions<TData, TVariables>,
): Following<TData> => new Follower(options);
