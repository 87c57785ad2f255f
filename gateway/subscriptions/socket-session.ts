import { GraphQLError } from 'graphql';
import type { HeldSubscription } from './held-subscription.ts';
import { type Session, scopeOf } from './session.ts';

/** The longest time that a timer can wait. */
const longestTimerMs = 2 ** 31 - 1;

const sameRights = (one: Session, other: Session): boolean =>
  JSON.stringify(scopeOf(one.identity)) === JSON.stringify(scopeOf(other.identity));

/** Who holds a socket: the bearer of the last token that held, until it ends. */
export class SocketSession {
  readonly #onExpiry: () => void;
  readonly #following = new Set<HeldSubscription>();
  #session: Session;
  #expiry: NodeJS.Timeout | undefined;

  constructor(session: Session, onExpiry: () => void) {
    this.#session = session;
    this.#onExpiry = onExpiry;
    this.#watch();
  }

  get current(): Session {
    return this.#session;
  }

  /** Keeps a subscription, opened under the given session, in step with the holder's rights. Returns how to end it. */
  hold(subscription: HeldSubscription, under: Session): () => void {
    this.#following.add(subscription);
    // The rights may have changed while the operation was planned.
    if (!sameRights(under, this.#session)) void subscription.reopen(this.#session);
    return () => {
      this.#following.delete(subscription);
      subscription.end();
    };
  }

  /**
   * Goes on with another session of the same person. Where it has other rights, every subscription is opened anew under them.
   * Throws a GraphQLError for a session of somebody else: what is open here was asked for by the first.
   */
  async renew(session: Session): Promise<void> {
    if (session.identity?.subject !== this.#session.identity?.subject)
      throw new GraphQLError('The token is of somebody else: open a connection of your own.');
    const before = this.#session;
    this.#session = session;
    this.#watch();
    if (sameRights(before, session)) return;
    await Promise.all([...this.#following].map((subscription) => subscription.reopen(session)));
  }

  /** For when the socket is gone. */
  close(): void {
    clearTimeout(this.#expiry);
  }

  #watch(): void {
    clearTimeout(this.#expiry);
    const { expiresAt } = this.#session;
    if (expiresAt === null) return;
    const leftMs = Math.max(0, expiresAt - Date.now());
    this.#expiry = setTimeout(this.#onExpiry, Math.min(leftMs, longestTimerMs));
  }
}
