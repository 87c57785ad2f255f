import type { SubscriptionSource } from '../../../gateway/subscriptions/fan-out.ts';
import {
  comparePositions,
  type Event,
  type NewEvent,
  type Position,
  zeroPosition,
} from '../../../platform/event.ts';

/** A log in memory, for tests: the same order and the same promises as the one in PostgreSQL, and a bound on what it keeps. */
export const ringLog = (
  keeps = Number.POSITIVE_INFINITY,
): SubscriptionSource & { append: (event: Partial<NewEvent>) => Event; all: readonly Event[] } => {
  const all: Event[] = [];
  const listeners = new Set<(events: readonly Event[]) => void>();
  let dropped: Position = zeroPosition;
  let seq = 0;
  const kept = (): readonly Event[] =>
    all.filter((event) => comparePositions(event.position, dropped) > 0);
  return {
    all,
    epoch: 'test',
    head: async () => all.at(-1)?.position ?? zeroPosition,
    droppedTo: async () => dropped,
    read: async (after, limit) =>
      kept()
        .filter((event) => comparePositions(event.position, after) > 0)
        .slice(0, limit),
    follow: (after, listener) => {
      listener(all.filter((event) => comparePositions(event.position, after) > 0));
      listeners.add(listener);
      return { stop: () => listeners.delete(listener) };
    },
    append: (event) => {
      seq += 1;
      const now = new Date(seq * 1000).toISOString();
      const whole: Event = {
        type: 'PurchaseOrderStatusChanged',
        subjectType: 'PURCHASE_ORDER',
        subjectId: `po-${seq % 7}`,
        correlationId: null,
        facilityId: `f-${seq % 3}`,
        departmentId: null,
        data: { to: `state-${seq}` },
        ...event,
        occurredAt: now,
        recordedAt: now,
        id: `event-${seq}`,
        version: seq,
        position: { xid: Math.floor(seq / 5), seq },
      };
      all.push(whole);
      if (all.length > keeps) dropped = all.at(-keeps - 1)?.position ?? dropped;
      for (const listener of listeners) listener([whole]);
      return whole;
    },
  };
};
