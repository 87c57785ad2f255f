import { GraphQLError } from 'graphql';
import type { Event } from '../../platform/event.ts';
import type { Engine } from '../execution/engine.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { PreparedSubscription } from '../execution/prepared-subscription.ts';
import type { Admitted } from '../http/admission.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer } from '../subgraph-client.ts';
import type { FanOut } from './fan-out.ts';
import { followPlan } from './follow-plan.ts';
import type { AnswerEvent } from './selection-group.ts';
import { type Session, scopeOf } from './session.ts';
import type { LagPolicy, Outlet, Subscriber } from './subscriber.ts';
import type { SubscriptionField } from './subscription-field.ts';
import { watchRights } from './watch-rights.ts';

/** Answers the event's own part of a selection from the event. */
export type ExecuteEvent = (
  subscription: PreparedSubscription,
  variables: string,
  root: Readonly<Record<string, unknown>>,
  request: GatewayRequest,
) => Promise<SubgraphAnswer>;

/** What all transports share. */
export interface SubscriptionHub {
  readonly fanOut: FanOut;
  readonly engine: () => Engine;
  /** Limits, safelist, cost: the same for every transport. Throws or rejects with OperationRefused. */
  readonly admit: (
    request: OperationRequest,
    identity: Session['identity'],
  ) => Admitted | Promise<Admitted>;
  readonly fields: ReadonlyMap<string, SubscriptionField>;
  readonly executeEvent: ExecuteEvent;
  /** How long the answer to one event may take, in milliseconds. */
  readonly answerWithinMs: number;
}

const policies: readonly LagPolicy[] = ['REPLAY', 'LATEST', 'DISCONNECT'];

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

const lagPolicy = (request: OperationRequest): LagPolicy => {
  const asked = request.extensions?.['lag'] ?? 'REPLAY';
  return (
    policies.find((policy) => policy === asked) ??
    refuse(`extensions.lag is one of ${policies.join(', ')}.`)
  );
};

/** The cursor may stand in the operation's `after` or, for clients that resume by themselves, in extensions.cursor. */
const cursorIn = (request: OperationRequest, after: string | null): string | null => {
  const cursor = request.extensions?.['cursor'];
  if (cursor === undefined || cursor === null) return after;
  return typeof cursor === 'string' ? cursor : refuse('extensions.cursor is a string.');
};

interface Scope {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly identity: GatewayRequest['identity'];
}

/** What the schema of the moment says against an operation that an older one allowed; anything else is thrown on. */
const refusalsIn = (error: unknown): GraphQLError[] => {
  if (error instanceof OperationRefused) return [...error.errors];
  if (error instanceof GraphQLError) return [error];
  throw error;
};

/** Answers events for everybody of the scope, on the supergraph of the moment. */
const replannable = (
  hub: SubscriptionHub,
  admitted: Admitted,
  scope: Scope,
  first: { subscription: PreparedSubscription; field: SubscriptionField },
): AnswerEvent => {
  const plan = followPlan(hub.engine, admitted, {
    first: first.subscription,
    identity: scope.identity,
  });
  return async (event: Event) => {
    const gatewayRequest: GatewayRequest = {
      identity: scope.identity,
      forward: {},
      deadlineAt: performance.now() + hub.answerWithinMs,
      signal: AbortSignal.timeout(hub.answerWithinMs),
    };
    const planned = await plan().catch(refusalsIn);
    if (Array.isArray(planned)) return JSON.stringify({ errors: planned, data: null });
    const variables = planned.primaryVariables(scope.variables);
    const root = first.field.toRoot(event);
    const primary = await hub.executeEvent(planned, variables, root, gatewayRequest);
    return planned.answer(primary, scope.variables, gatewayRequest);
  };
};

const sharingKey = (
  request: OperationRequest,
  subscription: PreparedSubscription,
  scope: GatewayRequest['identity'],
): string =>
  JSON.stringify([
    subscription.selectionKey,
    subscription.sharingVariables(request.variables ?? {}),
    scope?.roles,
    scope?.facilityIds,
  ]);

/** A subscription that is on its wire. */
export interface Joined {
  readonly leave: () => void;
  /** The cursor after which it would have to go on elsewhere. */
  readonly cursor: () => string;
}

/** These two are made apart from everything else about the subscription, so that as long as it lasts nothing more is held. */
const mayReadAs =
  (field: SubscriptionField, identity: Session['identity']): Subscriber['mayRead'] =>
  (event) =>
    identity === null || field.mayRead(event, identity);

const joinedTo = (fanOut: FanOut, subscriber: Subscriber): Joined => ({
  leave: () => fanOut.leave(subscriber),
  cursor: () => fanOut.cursors.write(subscriber.sent),
});

/** A subscription that is planned and allowed, and waits for its wire. */
export interface OpenedSubscription {
  /** Joins the fan-out; everything after the client's cursor goes to the outlet. */
  readonly begin: (outlet: Outlet) => Joined;
}

/**
 * Takes a subscription that was admitted apart. Throws a GraphQLError or OperationRefused that the client sees: not a subscription, unknown field,
 * bad cursor.
 */
export const openSubscription = (
  hub: SubscriptionHub,
  { request, admitted }: { request: OperationRequest; admitted: Admitted },
  session: Session,
): OpenedSubscription => {
  const { subscription } = admitted.prepared;
  if (subscription === null) throw new GraphQLError('This operation is not a subscription.');
  const field = hub.fields.get(subscription.fieldName);
  if (field === undefined)
    throw new GraphQLError(`The field ${subscription.fieldName} cannot be subscribed to here.`);
  const variables = request.variables ?? {};
  const filter = field.filter(subscription.arguments(variables));
  if (session.identity !== null && field.mayFollow?.(filter, session.identity) === false)
    throw new GraphQLError('You may see nothing of what this subscription asks for.', {
      extensions: { code: 'FORBIDDEN' },
    });
  const start = hub.fanOut.startOf(cursorIn(request, filter.after));
  const scope = scopeOf(session.identity);
  const key = sharingKey(request, subscription, scope);
  const policy = lagPolicy(request);
  const { identity } = session;
  const opened: OpenedSubscription = {
    begin: (outlet) => {
      const subscriber: Subscriber = {
        field,
        filter,
        mayRead: mayReadAs(field, identity),
        policy,
        outlet,
        seen: start,
        sent: start,
        live: false,
        closed: false,
      };
      hub.fanOut.join(subscriber, key, () =>
        replannable(hub, admitted, { variables, identity: scope }, { subscription, field }),
      );
      return joinedTo(hub.fanOut, subscriber);
    },
  };
  return watchRights(opened, admitted.prepared.access, session);
};
