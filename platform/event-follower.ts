import { setTimeout as wait } from 'node:timers/promises';
import { comparePositions, type Event, type EventListener, type Position } from './event.ts';
import { listen } from './listen.ts';
import { serially } from './serially.ts';

/** The channel on which writers say that the event log has grown. */
export const eventChannel = 'hub_event';
const pageSize = 1000;
/** Events kept in memory, so that many followers near the end cost one query together. */
const recentLimit = 2000;
const activePollMs = 20;
const idlePollMs = 1000;
/** After this long without news the log counts as idle. */
const activeForMs = 2000;
const firstRetryMs = 50;
const lastRetryMs = 5000;

interface Source {
  readonly url: string;
  /** Readable events after a position, as in EventLog.read. */
  read(after: Position, limit: number): Promise<readonly Event[]>;
  head(): Promise<Position>;
  /** Told of every failure of the database or a listener; the work goes on by itself. */
  onError(error: unknown): void;
}

/** The newest events: everything readable after `from`, up to the last event. */
interface Recent {
  from: Position;
  events: Event[];
}

interface Follower {
  /** New events may be there. */
  wake(): void;
  stop(): void;
}

const pageAfter = (events: readonly Event[], position: Position): readonly Event[] => {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event !== undefined && comparePositions(event.position, position) <= 0) low = middle + 1;
    else high = middle;
  }
  return events.slice(low, low + pageSize);
};

const remember = (recent: Recent, events: readonly Event[]): void => {
  recent.events.push(...events);
  const surplus = recent.events.length - recentLimit;
  if (surplus <= 0) return;
  recent.from = recent.events[surplus - 1]?.position ?? recent.from;
  recent.events.splice(0, surplus);
};

const createFollower = (
  source: Source,
  recent: Recent,
  { from, listener }: { from: Position; listener: EventListener },
): Follower => {
  let position = from;
  let stopped = false;
  let retryMs = firstRetryMs;
  const nextPage = async (): Promise<readonly Event[]> =>
    comparePositions(position, recent.from) >= 0
      ? pageAfter(recent.events, position)
      : await source.read(position, pageSize);
  const handOver = async (): Promise<boolean> => {
    try {
      const events = await nextPage();
      const last = events.at(-1);
      if (last === undefined || stopped) return false;
      await listener(events);
      position = last.position;
      retryMs = firstRetryMs;
    } catch (error) {
      source.onError(error);
      await wait(retryMs, undefined, { ref: false });
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    }
    return !stopped;
  };
  const wake = serially(async () => {
    while (!stopped && (await handOver()));
  });
  return {
    wake,
    stop: () => {
      stopped = true;
    },
  };
};

/** What all followers of this process share. */
interface Shared {
  readonly source: Source;
  readonly followers: Set<Follower>;
  recent: Recent | undefined;
  activeUntil: number;
  closed: boolean;
}

/** The newest events, from the end of the log as it is now. */
const openRecent = async (shared: Shared): Promise<Recent> => {
  const from = await shared.source.head();
  shared.recent ??= { from, events: [] };
  return shared.recent;
};

/** Reads on at the end of the log and wakes the followers, until there is nothing new. */
const advance = async (shared: Shared): Promise<void> => {
  const { source, followers } = shared;
  try {
    const recent = shared.recent ?? (await openRecent(shared));
    for (;;) {
      const events = await source.read(recent.events.at(-1)?.position ?? recent.from, pageSize);
      if (events.length === 0) return;
      remember(recent, events);
      shared.activeUntil = performance.now() + activeForMs;
      for (const follower of followers) follower.wake();
    }
  } catch (error) {
    source.onError(error);
  }
};

/** A follower that joins as soon as the end of the log is known; until it reaches that, it reads for itself. */
const join = (
  shared: Shared,
  start: { from: Position; listener: EventListener },
  look: () => void,
): { stop(): void } => {
  let follower: Follower | undefined;
  let stopped = false;
  const begin = async (): Promise<void> => {
    while (!stopped && !shared.closed && shared.recent === undefined) {
      await openRecent(shared).catch(shared.source.onError);
      if (shared.recent === undefined) await wait(firstRetryMs);
    }
    if (stopped || shared.closed || shared.recent === undefined) return;
    follower = createFollower(shared.source, shared.recent, start);
    shared.followers.add(follower);
    follower.wake();
    look();
  };
  void begin();
  return {
    stop: () => {
      stopped = true;
      if (follower === undefined) return;
      follower.stop();
      shared.followers.delete(follower);
    },
  };
};

/**
 * One reader at the end of the log for all followers of this process. It looks when told of news, and every 20 ms for two
 * seconds after: an event stays unreadable as long as an older transaction still runs, and nobody notifies of its end.
 */
export const followEvents = (
  source: Source,
): {
  follow(from: Position, listener: EventListener): { stop(): void };
  wake(): void;
  close(): Promise<void>;
} => {
  const shared: Shared = {
    source,
    followers: new Set(),
    recent: undefined,
    activeUntil: 0,
    closed: false,
  };
  let listening: { close(): Promise<void> } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const look = serially(async () => {
    clearTimeout(timer);
    if (shared.closed) return;
    await advance(shared);
    if (shared.closed) return;
    timer = setTimeout(look, performance.now() < shared.activeUntil ? activePollMs : idlePollMs);
    timer.unref();
  });
  const wake = (): void => {
    shared.activeUntil = performance.now() + activeForMs;
    if (shared.followers.size > 0) look();
  };
  return {
    follow: (from, listener) => {
      listening ??= listen({ url: source.url, channel: eventChannel, wake });
      return join(shared, { from, listener }, wake);
    },
    wake,
    close: async () => {
      shared.closed = true;
      clearTimeout(timer);
      for (const follower of shared.followers) follower.stop();
      await listening?.close();
    },
  };
};
