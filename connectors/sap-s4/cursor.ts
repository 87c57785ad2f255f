/** How far a feed has been read: an instant of the system's own clock, or null at the very beginning. */
interface Watermark {
  readonly after: string | null;
}

/** Documents become visible after the time they carry: each poll looks back this far. */
const overlapMs = 5 * 60_000;
const dayMs = 24 * 60 * 60_000;

const shifted = (iso: string, ms: number): string => new Date(Date.parse(iso) - ms).toISOString();

/** The instant up to which everything was seen; null for all. A cursor that is not ours is an error of the caller. */
const readCursor = (cursor: string | null): string | null => {
  if (cursor === null) return null;
  const { after } = JSON.parse(cursor) as Watermark;
  if (after !== null && Number.isNaN(Date.parse(after)))
    throw new Error(`Not a cursor of this feed: ${cursor}`);
  return after;
};

/** From which instant to read, the overlap included; null for all. */
export const sinceInstant = (cursor: string | null): string | null => {
  const after = readCursor(cursor);
  return after === null ? null : shifted(after, overlapMs);
};

/** From which day to read where the system keeps days only; a whole day back, because the day is that of its own time zone. */
export const sinceDay = (cursor: string | null): string | null => {
  const after = readCursor(cursor);
  return after === null ? null : shifted(after, dayMs).slice(0, 10);
};

/** The cursor after these records. */
export const advance = (cursor: string | null, seen: readonly string[]): string => {
  const after = seen.reduce<string | null>(
    (latest, instant) => (latest === null || instant > latest ? instant : latest),
    readCursor(cursor),
  );
  return JSON.stringify({ after } satisfies Watermark);
};
