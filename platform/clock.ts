/** Time as an argument, so that tests can hold it still. */
export interface Clock {
  readonly now: () => Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };
