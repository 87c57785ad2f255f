import { GraphQLError } from 'graphql';
import type { Engine } from '../execution/engine.ts';
import type { Admitted } from '../http/admission.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type {
  MessageSource,
  OpenedSubscription,
  SourceStats,
  Subscribing,
} from './message-source.ts';
import type { Session } from './session.ts';
import { watchRights } from './watch-rights.ts';

/** What all transports share. */
export interface SubscriptionHub {
  readonly engine: () => Engine;
  /** Limits, safelist, cost: the same for every transport. Throws or rejects with OperationRefused. */
  readonly admit: (
    request: OperationRequest,
    identity: Session['identity'],
  ) => Admitted | Promise<Admitted>;
  /** Asked in this order for the field of a subscription. */
  readonly sources: readonly MessageSource[];
}

/** The cursor from which a snapshot that is read now can be followed; null where no source has cursors. */
export const headCursor = ({ sources }: SubscriptionHub): string | null => {
  for (const source of sources) {
    const cursor = source.headCursor();
    if (cursor !== null) return cursor;
  }
  return null;
};

/** What the sources count, added up. */
export const hubStats = ({ sources }: SubscriptionHub): SourceStats => {
  const sum = { groups: 0, live: 0, subscribers: 0, executions: 0, replayed: 0, lagged: 0 };
  const names = Object.keys(sum) as (keyof SourceStats)[];
  for (const source of sources) {
    const stats = source.stats();
    for (const name of names) sum[name] += stats[name];
  }
  return sum;
};

/**
 * Takes a subscription that was admitted apart. Throws a GraphQLError or OperationRefused that the client sees: not a
 * subscription, unknown field, bad cursor.
 */
export const openSubscription = (
  { sources }: SubscriptionHub,
  asked: Omit<Subscribing, 'subscription'>,
): OpenedSubscription => {
  const { subscription } = asked.admitted.prepared;
  if (subscription === null) throw new GraphQLError('This operation is not a subscription.');
  for (const source of sources) {
    const opened = source.open({ ...asked, subscription });
    if (opened !== null) return watchRights(opened, asked.admitted.prepared.access, asked.session);
  }
  throw new GraphQLError(`The field ${subscription.fieldName} cannot be subscribed to here.`);
};
