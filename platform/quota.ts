/** How often something may be done, shared by all who do it in this process. */
export interface Quota {
  /** How long to wait before doing it. More than `patienceMs` means that the turn was not taken: come back then. */
  take(patienceMs: number): number;
  /** Nobody's turn comes before this time is over. */
  pause(forMs: number): void;
  paused(): boolean;
}

/** Turns are spread evenly, one after the other; without a number only pauses count. */
export const createQuota = (perSecond: number | undefined): Quota => {
  const spacingMs = perSecond === undefined ? 0 : 1000 / perSecond;
  let next = 0;
  let pausedUntil = 0;
  return {
    take: (patienceMs) => {
      const now = performance.now();
      const turn = Math.max(now, next, pausedUntil);
      if (turn - now <= patienceMs) next = turn + spacingMs;
      return turn - now;
    },
    pause: (forMs) => {
      pausedUntil = Math.max(pausedUntil, performance.now() + forMs);
    },
    paused: () => performance.now() < pausedUntil,
  };
};
