import { GraphQLError } from 'graphql';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { GatewayRequest } from '../request.ts';
import type { Joined, OpenedSubscription } from './message-source.ts';
import type { Session } from './session.ts';
import type { Outlet } from './subscriber.ts';
import { openSubscription, type SubscriptionHub } from './subscription-hub.ts';
import { interrupted } from './upstream-reader.ts';

/** What a client asked for and where its messages go. */
interface Asked {
  readonly hub: SubscriptionHub;
  readonly request: OperationRequest;
  readonly forward: GatewayRequest['forward'];
  readonly outlet: Outlet;
}

const refusalOf = (error: unknown): GraphQLError => {
  const first = error instanceof OperationRefused ? error.errors[0] : error;
  return first instanceof GraphQLError
    ? first
    : new GraphQLError('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
};

/** A running subscription that can be opened anew, where it stands, when the rights of its reader change. */
export class HeldSubscription {
  readonly #asked: Asked;
  #joined: Joined;
  /** Of several changes in a row only the last one opens again; a client that left ends them all. */
  #turn = 0;

  constructor(asked: Asked, opened: OpenedSubscription) {
    this.#asked = asked;
    this.#joined = opened.begin(asked.outlet);
  }

  /** Nothing more is sent under the old rights; under the new ones it goes on without a gap, or ends with their refusal. */
  async reopen(session: Session): Promise<void> {
    const { hub, outlet, forward } = this.#asked;
    this.#turn += 1;
    const turn = this.#turn;
    this.#joined.leave();
    const cursor = this.#joined.cursor();
    if (cursor === null) {
      outlet.fail(interrupted('Your rights have changed.'));
      return;
    }
    const extensions = { ...this.#asked.request.extensions, cursor };
    const request = { ...this.#asked.request, extensions };
    try {
      const admitted = await hub.admit(request, session.identity);
      if (turn !== this.#turn) return;
      this.#joined = openSubscription(hub, { request, admitted, session, forward }).begin(outlet);
    } catch (error) {
      if (turn === this.#turn) outlet.fail(refusalOf(error));
    }
  }

  end(): void {
    this.#turn += 1;
    this.#joined.leave();
  }
}
