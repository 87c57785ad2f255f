/** What every call to an outside system is given. */
export interface Call {
  /** Aborted when the deadline passes or nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** How much of something; the unit is UN/ECE Recommendation 20 (EA, BX). The value is an exact decimal string. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** What changed since a cursor. Feeds overlap on purpose: the same record may come again, unchanged. */
export interface Changes<T> {
  readonly records: readonly T[];
  /** Opaque; pass it to the next call. */
  readonly cursor: string;
}
