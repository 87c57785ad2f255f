import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import {
  type Event,
  type EventListener,
  type NewEvent,
  type Position,
  zeroPosition,
} from './event.ts';
import { eventChannel, followEvents } from './event-follower.ts';
import type { Tables } from './tables.generated.ts';

export type { Event, EventListener, NewEvent, Position } from './event.ts';

export interface EventLog {
  /** Another value than a reader knows means that the data was restored from a backup: what it read since may be gone. */
  readonly epoch: string;
  /** The last readable event; zero when there is none. */
  head(): Promise<Position>;
  /** The first event still kept; zero when there is none. */
  tail(): Promise<Position>;
  /** The events after the position, at most `limit`, in order. Nothing can later appear before or between them. */
  read(after: Position, limit: number): Promise<readonly Event[]>;
  /**
   * Hands over every event after the position, in order, each once; waits for the listener before it goes on. A listener
   * that throws gets the same events again. Survives a restart of the database.
   */
  follow(after: Position, listener: EventListener): { stop(): void };
  /** Tells the followers of all processes that there is something new; many calls within 10 ms are one notification. */
  notify(): void;
  close(): Promise<void>;
}

const subjectKey = (event: NewEvent): string => `${event.subjectType}\u0000${event.subjectId}`;

/** How many events each subject gets, in one order for all transactions, so that two never wait for each other. */
const countBySubject = (events: readonly NewEvent[]): [NewEvent, number][] => {
  const counts = new Map<string, [NewEvent, number]>();
  for (const event of events) {
    const key = subjectKey(event);
    counts.set(key, [event, (counts.get(key)?.[1] ?? 0) + 1]);
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
};

/**
 * Writes the events in the business transaction, at its end and once: the row of each subject stays locked until the commit.
 *
 * The xid is this transaction's own place in the order, or the last one of the subject where that is higher: a transaction that
 * began earlier but wrote to the subject later comes later. So the events of one subject are read in the order of their
 * versions, and still no row can appear below the horizon: a row's xid is never below that of its own transaction.
 */
export const appendEvents = async (
  tx: Kysely<Tables>,
  events: readonly NewEvent[],
): Promise<void> => {
  if (events.length === 0) return;
  const subjects = countBySubject(events).map(([event, count]) => ({
    subject_type: event.subjectType,
    subject_id: event.subjectId,
    count,
  }));
  const ordinals = new Map<string, number>();
  const rows = events.map((event, place) => {
    const ordinal = (ordinals.get(subjectKey(event)) ?? 0) + 1;
    ordinals.set(subjectKey(event), ordinal);
    return {
      place,
      type: event.type,
      subject_type: event.subjectType,
      subject_id: event.subjectId,
      correlation_id: event.correlationId,
      facility_id: event.facilityId,
      department_id: event.departmentId,
      data: event.data,
      occurred_at: event.occurredAt ?? null,
      ordinal,
    };
  });
  await sql`select hub.append_events(${JSON.stringify(subjects)}, ${JSON.stringify(rows)})`.execute(
    tx,
  );
};

interface Row {
  readonly xid: string;
  readonly seq: string;
  readonly id: string;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly version: number;
  readonly correlationId: string | null;
  readonly facilityId: string | null;
  readonly departmentId: string | null;
  readonly data: Record<string, unknown>;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
}

const toEvent = ({ xid, seq, occurredAt, recordedAt, ...row }: Row): Event => ({
  ...row,
  position: { xid: Number(xid), seq: Number(seq) },
  occurredAt: occurredAt.toISOString(),
  recordedAt: recordedAt.toISOString(),
});

const readEvents = async (
  { db }: Database,
  after: Position,
  limit: number,
): Promise<readonly Event[]> => {
  const { rows } = await sql<Row>`
    select xid, seq, id, type, subject_type, subject_id, version, correlation_id, facility_id, department_id,
      data, occurred_at, recorded_at
    from hub.event
    where (xid, seq) > (${after.xid}::bigint, ${after.seq}::bigint) and xid < hub.horizon()
    order by xid, seq limit ${limit}`.execute(db);
  return rows.map(toEvent);
};

const edge = async ({ db }: Database, direction: 'asc' | 'desc'): Promise<Position> => {
  const order = sql.raw(direction);
  const { rows } = await sql<{ xid: string; seq: string }>`
    select xid, seq from hub.event where xid < hub.horizon()
    order by xid ${order}, seq ${order} limit 1`.execute(db);
  const [row] = rows;
  return row === undefined ? zeroPosition : { xid: Number(row.xid), seq: Number(row.seq) };
};

/** The epoch of this incarnation of the data; a new one begins where the data is found in another cluster or timeline. */
const openEpoch = ({ db }: Database): Promise<string> =>
  db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7202)`.execute(tx);
    await sql`
      insert into hub.epoch (incarnation, xid_offset)
      select hub.incarnation(), greatest(
        (select max(xid) from hub.event), (select max(xid) from hub.audit_entry),
        (select max(last_xid) from hub.event_subject), 0)
      where hub.incarnation() is distinct from
        (select incarnation from hub.epoch order by number desc limit 1)`.execute(tx);
    const { rows } = await sql<{
      id: string;
    }>`select id from hub.epoch order by number desc limit 1`.execute(tx);
    const [row] = rows;
    if (row === undefined) throw new Error('The event log has no epoch.');
    return row.id;
  });

const coalesceMs = 10;

/**
 * Opens the log; begins a new epoch when the data was restored since the last time. `onError` hears of failures that the log
 * gets over by itself.
 */
export const openEventLog = async (
  database: Database,
  options: { readonly onError?: (error: unknown) => void } = {},
): Promise<EventLog> => {
  const epoch = await openEpoch(database);
  let pending: NodeJS.Timeout | undefined;
  const read = (after: Position, limit: number): Promise<readonly Event[]> =>
    readEvents(database, after, limit);
  const head = (): Promise<Position> => edge(database, 'desc');
  const onError = options.onError ?? (() => undefined);
  const followers = followEvents({
    url: database.url,
    read,
    head,
    onError,
  });
  const announce = (): void => {
    pending = undefined;
    followers.wake();
    // A lost notification costs a follower at most one poll interval, so a database that is away is no error here.
    sql`select pg_notify(${eventChannel}, '')`.execute(database.db).catch(() => undefined);
  };
  return {
    epoch,
    head,
    tail: () => edge(database, 'asc'),
    read,
    follow: followers.follow,
    notify: () => {
      pending ??= setTimeout(announce, coalesceMs);
    },
    close: async () => {
      clearTimeout(pending);
      await followers.close();
    },
  };
};
