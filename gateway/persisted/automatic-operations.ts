import { LRUCache } from 'lru-cache';

const most = 1_000;
const mostCharacters = 8 * 1_024 * 1_024;

/** Operations that clients registered by sending them once (automatic persisted queries); the oldest are forgotten. */
export class AutomaticOperations {
  readonly #sources = new LRUCache<string, string>({
    max: most,
    maxSize: mostCharacters,
    sizeCalculation: (source) => source.length,
  });

  /** What this client sent under the id before; another client's is not shown. */
  find(id: string, client: string | null): string | null {
    return this.#sources.get(`${client ?? ''}\0${id}`) ?? null;
  }

  remember(id: string, client: string | null, source: string): void {
    this.#sources.set(`${client ?? ''}\0${id}`, source);
  }
}
