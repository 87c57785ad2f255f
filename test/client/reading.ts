import type { CursorStore } from '../../client/cursor-store.ts';
import type { Following } from '../../client/follow.ts';

/** What the operation answers. */
export interface Data {
  readonly orderChanged: { readonly id: string };
}

export const query = 'subscription Follow($f: ID) { orderChanged(facilityId: $f) { id } }';

/** Tests do not wait as long as people do. */
export const backoff = { firstMs: 5, longestMs: 50 };

/** Reads on until the end; what was read is in the list at once. */
export const collect = (following: Following<Data>): { ids: string[]; ended: Promise<unknown> } => {
  const ids: string[] = [];
  const read = async (): Promise<void> => {
    for await (const { data } of following) ids.push(data.orderChanged.id);
  };
  return { ids, ended: read().catch((error: unknown) => error) };
};

/** A place in memory that a test can look at. */
export const kept = (): CursorStore & { cursor: string | null } => ({
  cursor: null,
  read() {
    return this.cursor;
  },
  write(cursor) {
    this.cursor = cursor;
  },
});
