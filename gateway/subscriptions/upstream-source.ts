import { randomUUID } from 'node:crypto';
import { callerHeaders } from '../clients/subscribe-over-websocket.ts';
import { type FailureReport, refusal } from '../errors.ts';
import type { Engine } from '../execution/engine.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { PreparedSubscription } from '../execution/prepared-subscription.ts';
import { ClientRequest } from '../http/client-request.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphFetch, Subscribe } from '../subgraph-client.ts';
import { followPlan } from './follow-plan.ts';
import { lagPolicy } from './lag-policy.ts';
import type { MessageSource, SourceStats, Subscribing } from './message-source.ts';
import { UpstreamFeed } from './upstream-feed.ts';
import type { CompleteEvent, UpstreamGroup } from './upstream-group.ts';
import { interrupted, type UpstreamCounts } from './upstream-reader.ts';

export interface UpstreamSourceOptions {
  readonly engine: () => Engine;
  /** How long completing one event from other subgraphs may take, in milliseconds. */
  readonly answerWithinMs: number;
  readonly report: FailureReport;
  /** Subscriptions held at subgraphs at a time; more are refused. */
  readonly mostFeeds?: number;
  /**
   * False asks the subgraph for each client anew. Whoever joins a shared subscription hears what comes from then on, and so
   * misses what a subgraph says only at the beginning.
   */
  readonly share?: boolean;
}

export interface UpstreamStats extends SourceStats {
  /** Subscriptions held at subgraphs. */
  readonly feeds: number;
}

interface Held {
  readonly feed: UpstreamFeed;
  readonly subscribe: Subscribe;
}

const defaultMostFeeds = 5_000;

const refuseCursor = ({ extensions }: OperationRequest): void => {
  const cursor = extensions?.['cursor'];
  if (cursor === undefined || cursor === null) return;
  throw refusal(
    'CURSOR_NOT_SUPPORTED',
    'This field is subscribed to at a subgraph that keeps no log: there are no cursors. Subscribe without one, then read the current state with a query.',
  );
};

/** What a subscription at a subgraph is shared by: the same question of the same caller. */
const feedKey = ({ subscription, request, session, forward }: Subscribing): string =>
  JSON.stringify([
    subscription.subgraph,
    subscription.primary.operation,
    subscription.primaryVariables(request.variables),
    session.identity,
    callerHeaders(forward),
  ]);

/** What the subgraph is asked, and for whom; it has no deadline of its own. */
const questionOf = ({
  subscription: { primary, primaryVariables },
  request: { variables },
  session: { identity },
  forward,
}: Subscribing): [SubgraphFetch, GatewayRequest] => [
  { ...primary, variables: primaryVariables(variables) },
  new ClientRequest(identity, { ...forward }, Number.POSITIVE_INFINITY),
];

const groupKey = ({ subscription, request }: Subscribing): string =>
  JSON.stringify([subscription.selectionKey, subscription.sharingVariables(request.variables)]);

const isSameQuestion = (now: PreparedSubscription, then: PreparedSubscription): boolean =>
  now.subscribe === then.subscribe && now.primary.operation === then.primary.operation;

/** Completes events on the supergraph of the moment, as long as that would ask the subgraph for the same. */
const completer = (
  { engine, answerWithinMs }: UpstreamSourceOptions,
  { admitted, subscription, request, session, forward }: Subscribing,
): CompleteEvent => {
  const plan = followPlan(engine, admitted, { first: subscription, identity: session.identity });
  const headers = callerHeaders(forward);
  return async (answer) => {
    const planned = await plan();
    if (!isSameQuestion(planned, subscription)) throw interrupted('The schema has changed.');
    const deadlineAt = performance.now() + answerWithinMs;
    const work = new ClientRequest(session.identity, headers, deadlineAt);
    return planned.answer(answer, request.variables, work);
  };
};

/**
 * Subscriptions of subgraphs that have their own: no log, no cursors. The same question of the same caller is asked once,
 * and the same selection is completed once for each event.
 */
export class UpstreamSource implements MessageSource {
  readonly #options: UpstreamSourceOptions;
  readonly #held = new Map<string, Held>();
  readonly #counts: UpstreamCounts = { executions: 0, replayed: 0, lagged: 0 };

  constructor(options: UpstreamSourceOptions) {
    this.#options = options;
  }

  readonly open: MessageSource['open'] = (subscribing) => {
    const { subscription, request } = subscribing;
    const { subscribe } = subscription;
    if (subscribe === null) return null;
    refuseCursor(request);
    // Throws where the variables do not fit.
    subscription.arguments(request.variables);
    const policy = lagPolicy(request);
    const { share = true } = this.#options;
    const key = share ? feedKey(subscribing) : randomUUID();
    this.#checkRoom(key);
    const complete = (): CompleteEvent => completer(this.#options, subscribing);
    return {
      begin: (outlet) => {
        const feed = this.#feedOf(key, subscribe, subscribing);
        const leave = feed.join(groupKey(subscribing), complete, { outlet, policy });
        return { leave, cursor: () => null };
      },
    };
  };

  readonly headCursor = (): null => null;

  readonly close = (): void => {
    for (const { feed } of [...this.#held.values()]) feed.end(interrupted('The gateway restarts.'));
  };

  readonly stats = (): UpstreamStats => {
    const groups = [...this.#held.values()].flatMap(({ feed }) => feed.groups);
    const total = (of: (group: UpstreamGroup) => number): number =>
      groups.reduce((sum, group) => sum + of(group), 0);
    return {
      ...this.#counts,
      feeds: this.#held.size,
      groups: groups.length,
      subscribers: total(({ size }) => size),
      live: total(({ live }) => live),
    };
  };

  #checkRoom(key: string): void {
    const most = this.#options.mostFeeds ?? defaultMostFeeds;
    if (this.#held.size < most || this.#held.has(key)) return;
    throw OperationRefused.because(
      'SUBSCRIPTION_LIMIT_EXCEEDED',
      `The gateway holds ${most} subscriptions at subgraphs, which is the limit. Try again later.`,
      429,
    );
  }

  /** The subgraph may have moved since somebody else asked it: then it is asked at its new address. */
  #feedOf(key: string, subscribe: Subscribe, subscribing: Subscribing): UpstreamFeed {
    const known = this.#held.get(key);
    if (known?.subscribe === subscribe) return known.feed;
    const feed: UpstreamFeed = new UpstreamFeed({
      subscribe: (sink) => subscribe(...questionOf(subscribing), sink),
      report: this.#options.report,
      counts: this.#counts,
      onOver: () => {
        if (this.#held.get(key)?.feed === feed) this.#held.delete(key);
      },
    });
    this.#held.set(key, { feed, subscribe });
    return feed;
  }
}
