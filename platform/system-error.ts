/** How a failure of an outside system is to be treated. `ambiguous` means that the write may have happened: look before you retry. */
export type FailureKind = 'transient' | 'permanent' | 'throttled' | 'auth' | 'ambiguous';

interface Failure {
  readonly system: string;
  readonly operation: string;
  readonly kind: FailureKind;
  /** How long the system asked us to wait (Retry-After), in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

abstract class SystemError extends Error {
  readonly system: string;
  readonly operation: string;
  readonly kind: FailureKind;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, failure: Failure) {
    super(message, { cause: failure.cause });
    this.system = failure.system;
    this.operation = failure.operation;
    this.kind = failure.kind;
    this.retryAfterMs = failure.retryAfterMs;
  }

  /** True when the same call may succeed later; an ambiguous write is retried only after a look-up by our reference. */
  get retryable(): boolean {
    return this.kind === 'transient' || this.kind === 'throttled' || this.kind === 'ambiguous';
  }
}

/** The system did not answer, answered too late, or asked us to come back later. */
export class SystemUnavailable extends SystemError {
  override readonly name = 'SystemUnavailable';
}

/** The system understood and said no; the message carries its own words. */
export class SystemRefused extends SystemError {
  override readonly name = 'SystemRefused';
}
