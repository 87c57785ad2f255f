import type { Event } from '../../platform/event.ts';
import type { Identity } from '../../platform/identity.ts';

/** What a client asked of a subscription field, apart from what the messages say. */
export interface EventFilter {
  /** For each key, the values of which the event must have one. */
  readonly equals: Readonly<Record<string, readonly string[]>>;
  /** The cursor after which to begin; null to begin now. */
  readonly after: string | null;
}

/** One root field of the Subscription type: which events it shows, to whom, and as what. The gateway's fan-out runs on it. */
export interface SubscriptionField {
  readonly name: string;
  /** False for events that this field never shows. */
  readonly shows: (event: Event) => boolean;
  /** The event's value of each key that clients may filter by; null when it has none. */
  readonly keys: (event: Event) => Readonly<Record<string, string | null>>;
  /** Takes the field's coerced arguments apart. */
  readonly filter: (args: Readonly<Record<string, unknown>>) => EventFilter;
  /** False when nothing that the filter lets through could ever be shown to this reader. */
  readonly mayFollow?: (filter: EventFilter, identity: Identity) => boolean;
  readonly mayRead: (event: Event, identity: Identity) => boolean;
  /** Names the document whose latest state is enough for a slow reader. */
  readonly documentKey: (event: Event) => string;
  /** The root value from which the subgraph answers its part of the selection. */
  readonly toRoot: (event: Event) => Readonly<Record<string, unknown>>;
}
