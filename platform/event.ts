/** Something that happened, in the past tense (`RequisitionApproved`). Carries no patient data. */
export interface NewEvent {
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly correlationId: string | null;
  readonly facilityId: string | null;
  readonly departmentId: string | null;
  readonly data: Record<string, unknown>;
  /** When it happened in the world, an ISO instant; the time of recording when not given. */
  readonly occurredAt?: string;
}

/** Where an event stands in the one order of all events: by xid, then by seq. Grows for ever, also across restores. */
export interface Position {
  readonly xid: number;
  readonly seq: number;
}

export interface Event extends NewEvent {
  readonly position: Position;
  readonly id: string;
  /** Counts the events of one subject from 1 without a gap, in the order of positions. */
  readonly version: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
}

/** Before the first event. */
export const zeroPosition: Position = { xid: 0, seq: 0 };

/** Below zero when a comes before b, 0 for the same place. */
export const comparePositions = (a: Position, b: Position): number =>
  a.xid === b.xid ? a.seq - b.seq : a.xid - b.xid;

export type EventListener = (events: readonly Event[]) => void | Promise<void>;
