import type { Server, ServerResponse } from 'node:http';
import { Server as Listener } from 'node:net';
import { quietTurn } from './quiet-turn.ts';

export interface DrainTimes {
  /**
   * How long the server goes on as if nothing were, not ready any more, so that whoever distributes requests turns to others;
   * and then how long clients have to send one more request on a connection, which is answered with `connection: close`:
   * a request that meets a closing connection would fail.
   */
  readonly graceMs: number;
  /** After this everything that is left is cut. */
  readonly mostMs: number;
}

const defaults: DrainTimes = { graceMs: 500, mostMs: 8_000 };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends an HTTP server without failing a request that is in flight. */
export class Drain {
  readonly #server: Server;
  readonly #times: DrainTimes;
  #ended: Promise<void> | null = null;
  #listens = true;

  constructor(server: Server, times: Partial<DrainTimes> = {}) {
    this.#server = server;
    this.#times = { ...defaults, ...times };
  }

  get draining(): boolean {
    return this.#ended !== null;
  }

  /** To be called for every response, before it is written. */
  mark(response: ServerResponse): void {
    // While the server listens, a client that is sent away would come back at once.
    if (!this.#listens) response.shouldKeepAlive = false;
  }

  /** Resolves when the last connection is closed. */
  begin(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const { graceMs, mostMs } = this.#times;
    const cut = setTimeout(() => this.#server.closeAllConnections(), mostMs);
    await pause(graceMs);
    await quietTurn(this.#server);
    const closed = this.#stopListening();
    await pause(graceMs);
    this.#server.closeIdleConnections();
    await closed;
    clearTimeout(cut);
  }

  /** Takes no more connections. http's own `close` would also end those that a request may be on its way on. */
  #stopListening(): Promise<void> {
    this.#listens = false;
    return new Promise((resolve) => {
      Listener.prototype.close.call(this.#server, () => resolve());
    });
  }
}
