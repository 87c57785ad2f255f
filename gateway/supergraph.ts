import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Engine } from './execution/engine.ts';
import type { Log } from './http/log.ts';

/** The supergraph that the gateway serves at the moment. */
export interface Supergraph {
  readonly current: () => Engine;
  /** Serves another supergraph from now on. Rejects with what is wrong with it; the old one then stays. */
  readonly reload: (sdl: string) => Promise<void>;
  /** Told after every change; returns how to stop that. */
  readonly onChange: (listener: (engine: Engine) => void) => () => void;
  readonly close: () => Promise<void>;
}

export interface SupergraphOptions {
  readonly sdl: string;
  readonly createEngine: (sdl: string) => Promise<Engine>;
  readonly log: Log;
  /** How long an engine that was replaced still serves what it has begun; longer than any operation may take. */
  readonly retireAfterMs?: number;
}

const defaultRetireAfterMs = 30_000;

class CurrentSupergraph implements Supergraph {
  readonly #options: SupergraphOptions;
  readonly #listeners = new Set<(engine: Engine) => void>();
  readonly #retiring = new Map<Engine, NodeJS.Timeout>();
  #engine: Engine;
  /** Reloads happen one after the other, so that the last one asked for is the one that stays. */
  #reloading: Promise<void> = Promise.resolve();

  constructor(options: SupergraphOptions, engine: Engine) {
    this.#options = options;
    this.#engine = engine;
  }

  readonly current = (): Engine => this.#engine;

  readonly onChange = (listener: (engine: Engine) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly reload = (sdl: string): Promise<void> => {
    const reloaded = this.#reloading.then(() => this.#replace(sdl));
    this.#reloading = reloaded.catch(() => undefined);
    return reloaded;
  };

  readonly close = async (): Promise<void> => {
    await this.#reloading;
    for (const timer of this.#retiring.values()) clearTimeout(timer);
    await Promise.all([this.#engine, ...this.#retiring.keys()].map((engine) => engine.close()));
    this.#retiring.clear();
  };

  async #replace(sdl: string): Promise<void> {
    if (sdl === this.#engine.supergraphSdl) return;
    const { createEngine, log } = this.#options;
    try {
      const next = await createEngine(sdl);
      this.#retire(this.#engine);
      this.#engine = next;
    } catch (error) {
      log.error({ err: error }, 'The new supergraph is refused; the old one stays.');
      throw error;
    }
    log.info({}, 'Serving a new supergraph.');
    for (const listener of this.#listeners) listener(this.#engine);
  }

  #retire(engine: Engine): void {
    const close = (): void => {
      this.#retiring.delete(engine);
      engine.close().catch((error: unknown) => {
        this.#options.log.warn({ err: error }, 'A replaced supergraph did not close.');
      });
    };
    const afterMs = this.#options.retireAfterMs ?? defaultRetireAfterMs;
    this.#retiring.set(engine, setTimeout(close, afterMs).unref());
  }
}

/** Serves a supergraph. Rejects with a message that names what is wrong with it. */
export const createSupergraph = async (options: SupergraphOptions): Promise<Supergraph> =>
  new CurrentSupergraph(options, await options.createEngine(options.sdl));

const lookEveryMs = 500;

/** Reloads whenever the file changes, however it is replaced. A bad file is logged and changes nothing. Returns how to stop. */
export const followFile = (supergraph: Supergraph, file: string): (() => void) => {
  const look = (): void => {
    // A bad supergraph has been logged by whoever refused it; a file that is being replaced is read at the next look.
    readFile(file, 'utf8')
      .then(supergraph.reload)
      .catch(() => undefined);
  };
  watchFile(file, { interval: lookEveryMs, persistent: false }, look);
  return () => unwatchFile(file, look);
};
