import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/**
 * What this process has taken already. Feeds overlap on purpose, so the same record comes again and again; taking it twice is
 * harmless but costs a transaction.
 */
export class SeenRecords {
  readonly #seen = new LRUCache<string, true>({ max: 50_000 });

  static #key(feed: string, record: unknown): string {
    return createHash('sha256').update(feed).update(JSON.stringify(record)).digest('base64');
  }

  /** Those that were not taken yet. */
  fresh<T>(feed: string, records: readonly T[]): readonly T[] {
    return records.filter((record) => !this.#seen.has(SeenRecords.#key(feed, record)));
  }

  /** Call it when they are written down, never before. */
  remember(feed: string, records: readonly unknown[]): void {
    for (const record of records) this.#seen.set(SeenRecords.#key(feed, record), true);
  }
}
