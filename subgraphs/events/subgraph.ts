import { buildSubgraph, type Subgraph } from '../build-subgraph.ts';
import { documentStatusChanged, purchaseOrderStatusChanged } from './status-fields.ts';
import type { SubscriptionField } from './subscription-field.ts';

/** The root fields of the Subscription type, for the gateway's fan-out. */
export const subscriptionFields: readonly SubscriptionField[] = [
  documentStatusChanged,
  purchaseOrderStatusChanged,
];

/**
 * The event log as a subgraph. It needs no resolvers: a subscription operation is executed on the root value that
 * `toRoot` makes of an event, a query on one that says where the log stands, and the gateway does the delivering.
 */
export const createEventsSubgraph = (): Subgraph => buildSubgraph('events', {});
