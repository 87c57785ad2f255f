import { type Call, Connection, type ConnectionOwner } from './connection.ts';

const sweepEveryMs = 1_000;

/**
 * Connections to one server. It is our own because the time of a gateway goes into fetches: a general HTTP client spends
 * twice the processor on each.
 */
export class ConnectionPool implements ConnectionOwner {
  readonly #url: URL;
  readonly #most: number;
  /** The one used last is used first, so that those of a burst grow old. */
  #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: Call[] = [];
  readonly #sweep: NodeJS.Timeout;
  #closed: (() => void) | null = null;

  constructor(url: URL, connections: number) {
    this.#url = url;
    this.#most = connections;
    this.#sweep = setInterval(() => this.#closeOld(), sweepEveryMs).unref();
  }

  /** Carries the call by the next connection there is. */
  dispatch(call: Call): void {
    const connection = this.#takeIdle();
    if (connection) connection.carry(call);
    else if (this.#all.size < this.#most) this.#open().carry(call);
    else this.#waiting.push(call);
  }

  readonly free = (connection: Connection): void => {
    const call = this.#nextWaiting();
    if (call) connection.carry(call);
    else {
      this.#idle.push(connection);
      if (this.#closed) this.#closeIdle();
    }
  };

  readonly closed = (connection: Connection): void => {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    const call = this.#nextWaiting();
    if (call) this.dispatch(call);
    else if (this.#all.size === 0) this.#closed?.();
  };

  /** Resolves when the calls under way are over and every connection is closed. */
  close(): Promise<void> {
    clearInterval(this.#sweep);
    return new Promise((resolve) => {
      this.#closed = resolve;
      this.#closeIdle();
      if (this.#all.size === 0) resolve();
    });
  }

  #open(): Connection {
    const connection = new Connection(this.#url, this);
    this.#all.add(connection);
    return connection;
  }

  #takeIdle(): Connection | null {
    const connection = this.#idle.pop();
    if (!connection) return null;
    if (connection.isUsable(performance.now())) return connection;
    // All below it are older still.
    this.#closeIdle(connection);
    return null;
  }

  #nextWaiting(): Call | null {
    let call = this.#waiting.shift();
    while (call?.isOver()) call = this.#waiting.shift();
    return call ?? null;
  }

  #closeOld(): void {
    const now = performance.now();
    for (const connection of this.#idle.filter((one) => !one.isUsable(now))) connection.close();
  }

  #closeIdle(...more: Connection[]): void {
    for (const connection of [...this.#idle.splice(0), ...more]) connection.close();
  }
}
