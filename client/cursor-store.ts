/** Where a follower keeps its place, so that it goes on from there the next time it is started. */
export interface CursorStore {
  /** The place; null when there is none yet. */
  readonly read: () => string | null | Promise<string | null>;
  readonly write: (cursor: string) => void | Promise<void>;
}

/** Keeps the place in the browser, under a key of its own for each operation and user. */
export const browserCursor = (key: string): CursorStore => ({
  read: () => localStorage.getItem(key),
  write: (cursor) => localStorage.setItem(key, cursor),
});
