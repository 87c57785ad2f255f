import { GraphQLError } from 'graphql';
import type { Event } from '../../platform/event.ts';
import { refusal } from '../errors.ts';
import type { Engine } from '../execution/engine.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { PreparedSubscription } from '../execution/prepared-subscription.ts';
import type { Admitted } from '../http/admission.ts';
import { ClientRequest } from '../http/client-request.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer } from '../subgraph-client.ts';
import type { FanOut } from './fan-out.ts';
import { followPlan } from './follow-plan.ts';
import { lagPolicy } from './lag-policy.ts';
import type { Joined, MessageSource } from './message-source.ts';
import type { AnswerEvent } from './selection-group.ts';
import { scopeOf } from './session.ts';
import type { Subscriber } from './subscriber.ts';
import type { SubscriptionField } from './subscription-field.ts';

/** Answers the event's own part of a selection from the event. */
export type ExecuteEvent = (
  subscription: PreparedSubscription,
  variables: string,
  root: Readonly<Record<string, unknown>>,
  request: GatewayRequest,
) => Promise<SubgraphAnswer>;

/** What subscriptions to the event log need. */
export interface LogSourceOptions {
  readonly fanOut: FanOut;
  readonly engine: () => Engine;
  readonly fields: ReadonlyMap<string, SubscriptionField>;
  readonly executeEvent: ExecuteEvent;
  /** How long the answer to one event may take, in milliseconds. */
  readonly answerWithinMs: number;
}

/** The cursor may stand in the operation's `after` or, for clients that resume by themselves, in extensions.cursor. */
const cursorIn = (request: OperationRequest, after: string | null): string | null => {
  const cursor = request.extensions?.['cursor'];
  if (cursor === undefined || cursor === null) return after;
  if (typeof cursor === 'string') return cursor;
  throw refusal('BAD_USER_INPUT', 'extensions.cursor is a string.');
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
  hub: LogSourceOptions,
  admitted: Admitted,
  scope: Scope,
  first: { subscription: PreparedSubscription; field: SubscriptionField },
): AnswerEvent => {
  const plan = followPlan(hub.engine, admitted, {
    first: first.subscription,
    identity: scope.identity,
  });
  return async (event: Event) => {
    const request = new ClientRequest(scope.identity, {}, performance.now() + hub.answerWithinMs);
    try {
      const planned = await plan().catch(refusalsIn);
      if (Array.isArray(planned)) return JSON.stringify({ errors: planned, data: null });
      const variables = planned.primaryVariables(scope.variables);
      const primary = await hub.executeEvent(
        planned,
        variables,
        first.field.toRoot(event),
        request,
      );
      return await planned.answer(primary, scope.variables, request);
    } finally {
      // Nobody waits any more for what is still asked for after the deadline.
      if (performance.now() >= request.deadlineAt) request.cancel();
    }
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

/** These two are made apart from everything else about the subscription, so that as long as it lasts nothing more is held. */
const mayReadAs =
  (field: SubscriptionField, identity: Scope['identity']): Subscriber['mayRead'] =>
  (event) =>
    identity === null || field.mayRead(event, identity);

const joinedTo = (fanOut: FanOut, subscriber: Subscriber): Joined => ({
  leave: () => fanOut.leave(subscriber),
  cursor: () => fanOut.cursors.write(subscriber.sent),
});

/** Subscriptions to the event log: with cursors, shared by all of one scope. */
export const logSource = (hub: LogSourceOptions): MessageSource => {
  const open: MessageSource['open'] = ({ request, admitted, subscription, session }) => {
    const field = hub.fields.get(subscription.fieldName);
    if (field === undefined) return null;
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
    return {
      begin: (outlet) => {
        const subscriber: Subscriber = {
          field,
          filter,
          mayRead: mayReadAs(field, identity),
          policy,
          outlet,
          seen: start,
          sent: start,
          group: null,
          live: false,
          closed: false,
        };
        hub.fanOut.join(subscriber, key, () =>
          replannable(hub, admitted, { variables, identity: scope }, { subscription, field }),
        );
        return joinedTo(hub.fanOut, subscriber);
      },
    };
  };
  return {
    open,
    headCursor: () => hub.fanOut.headCursor(),
    stats: () => hub.fanOut.stats(),
    close: () => hub.fanOut.close(),
  };
};
