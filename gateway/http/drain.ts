import type { Server, ServerResponse } from 'node:http';

export interface DrainTimes {
  /**
   * How long new requests are still answered, with `connection: close`, so that clients leave their connections by
   * themselves: a request that meets a closing connection would fail.
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

  constructor(server: Server, times: Partial<DrainTimes> = {}) {
    this.#server = server;
    this.#times = { ...defaults, ...times };
  }

  get draining(): boolean {
    return this.#ended !== null;
  }

  /** To be called for every response, before it is written. */
  mark(response: ServerResponse): void {
    if (this.draining) response.shouldKeepAlive = false;
  }

  /** Resolves when the last connection is closed. */
  begin(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const { graceMs, mostMs } = this.#times;
    await pause(graceMs);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const cut = setTimeout(() => this.#server.closeAllConnections(), mostMs - graceMs);
    await closed;
    clearTimeout(cut);
  }
}
