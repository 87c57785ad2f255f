import type { Selectable } from 'kysely';
import type {
  HubAuditEntry,
  HubDeadLetter,
  HubSystemHealth,
  HubWorkException,
} from '../../platform/tables.generated.ts';
import type { Connection } from '../connection.ts';
import type { MappedEntity } from './ports.ts';
import type { ExceptionKind, ExceptionStatus, HealthStatus } from './types.generated.ts';

/** An entity that this domain only knows by its id. */
export interface Reference {
  readonly id: string;
}

type Row<Table, Words> = Omit<Selectable<Table>, keyof Words> & Words;

export type ExceptionRecord = Row<
  HubWorkException,
  { kind: ExceptionKind; status: ExceptionStatus; missingEntity: MappedEntity | null }
>;
export type DeadLetterRecord = Selectable<HubDeadLetter>;
export type SystemHealthRecord = Row<HubSystemHealth, { status: HealthStatus }>;
export type AuditEntryRecord = Selectable<HubAuditEntry>;
/** When the first and the last thing of one request happened. */
export interface TraceRecord {
  readonly correlationId: string;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}
/** All tries of one step of one workflow. */
export interface TraceStepRecord {
  readonly correlationId: string;
  readonly step: string;
  readonly system: string | null;
  readonly attempts: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcome: string;
  readonly problem: string | null;
}
export type ExceptionPage = Connection<ExceptionRecord>;
export type DeadLetterPage = Connection<DeadLetterRecord>;
export type AuditEntryPage = Connection<AuditEntryRecord>;
