import type { GraphQLError } from 'graphql';
import type { Event, Position } from '../../platform/event.ts';
import type { SelectionGroup } from './selection-group.ts';
import type { EventFilter, SubscriptionField } from './subscription-field.ts';

/** What happens to a reader that cannot keep up: read on from the log, skip to the latest state, or be closed. */
export type LagPolicy = 'REPLAY' | 'LATEST' | 'DISCONNECT';

/** The wire behind a subscriber; knows its own framing. */
export interface Outlet {
  /** One message; `body` is the GraphQL response as JSON text, already with its cursor. */
  readonly send: (body: Payload) => void;
  /** Bytes written and not yet taken by the network. */
  readonly backlog: () => number;
  /** Calls back once, when the backlog is gone. */
  readonly onDrain: (resume: () => void) => void;
  /** Ends this subscription with an error that the client sees. */
  readonly fail: (error: GraphQLError) => void;
  /** Ends this subscription normally. */
  readonly complete: () => void;
  /** Closes the whole connection of a reader that is too slow. */
  readonly disconnect: () => void;
}

/** One message, shared by all who get it. */
export interface Payload {
  readonly text: string;
  /** Empty where there are no cursors. */
  readonly cursor: string;
  /** UTF-8 bytes of `text`, made once. */
  readonly bytes: Buffer;
}

/** One client's place in the log. Live, replaying and slow are the same object in different sets. */
export interface Subscriber {
  readonly field: SubscriptionField;
  readonly filter: EventFilter;
  readonly mayRead: (event: Event) => boolean;
  readonly policy: LagPolicy;
  readonly outlet: Outlet;
  /** Whose executions it shares; the fan-out's to set, null outside of it. */
  group: SelectionGroup | null;
  /** Everything up to here was looked at for this client. */
  seen: Position;
  /** Everything up to here is on the wire, or was not for this client. */
  sent: Position;
  live: boolean;
  closed: boolean;
}

/** What a field says of one event: its value of each key; null when the field does not show it. */
export const keysOf = (
  field: SubscriptionField,
  event: Event,
): ReturnType<SubscriptionField['keys']> | null => (field.shows(event) ? field.keys(event) : null);

/** True when the client asked for this event and may read it. Where many are asked, `keys` is made once for all. */
export const wants = (
  subscriber: Subscriber,
  event: Event,
  keys = keysOf(subscriber.field, event),
): boolean => {
  if (keys === null) return false;
  const { filter } = subscriber;
  for (const key in filter.equals) {
    const value = keys[key];
    if (value === null || value === undefined || !filter.equals[key]?.includes(value)) return false;
  }
  return (filter.matches?.(event) ?? true) && subscriber.mayRead(event);
};
