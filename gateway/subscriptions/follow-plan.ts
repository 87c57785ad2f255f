import type { Identity } from '../../platform/identity.ts';
import { refusal } from '../errors.ts';
import type { Engine } from '../execution/engine.ts';
import type { Prepared } from '../execution/prepared.ts';
import type { PreparedSubscription } from '../execution/prepared-subscription.ts';
import type { Admitted } from '../http/admission.ts';

/** What a plan begins with, and for whom it goes on. */
export interface Followed {
  readonly first: PreparedSubscription;
  /** Whoever shares the messages: their roles count, but what depends on the person does not. */
  readonly identity: Identity | null;
}

const allowedTo = async (
  { access, subscription }: Prepared,
  identity: Identity | null,
): Promise<PreparedSubscription> => {
  const isShared = access === null || !access.isPersonal;
  const allowed = access && isShared ? (await access.for(identity)).subscription : subscription;
  if (isShared && allowed) return allowed;
  throw refusal(
    'SUBSCRIPTION_INTERRUPTED',
    'The schema has changed, and with it who may read this. Subscribe again.',
  );
};

/**
 * The plan of a subscription on the supergraph of the moment: after a schema reload the operation is planned again, and the
 * connection never notices. Rejects with a GraphQLError or OperationRefused when the new schema refuses the operation, for
 * every event that comes: the old plan knows nothing of what is refused now.
 */
export const followPlan = (
  current: () => Engine,
  { engine: plannedOn, source, operationName }: Admitted,
  { first, identity }: Followed,
): (() => Promise<PreparedSubscription>) => {
  let engine = plannedOn;
  let plan = Promise.resolve(first);
  const replan = async (): Promise<PreparedSubscription> =>
    allowedTo(await engine.prepare(source, operationName), identity);
  return () => {
    if (engine !== current()) {
      engine = current();
      plan = replan();
    }
    return plan;
  };
};
