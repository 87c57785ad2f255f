import type { Kysely } from 'kysely';
import type { Tables } from './tables.generated.ts';

/** One attempt of one step of a workflow. */
export interface ProcessStep {
  readonly correlationId: string | null;
  readonly workflow: string;
  readonly workflowId: string;
  readonly step: string;
  readonly system: string | null;
  /** From 1. */
  readonly attempt: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcome: 'OK' | 'FAILED';
  /** What went wrong, in words without credentials; null when nothing did. */
  readonly detail: string | null;
}

export const appendSteps = async (
  db: Kysely<Tables>,
  steps: readonly ProcessStep[],
): Promise<void> => {
  if (steps.length > 0)
    await db
      .insertInto('hub.processStep')
      .values([...steps])
      .execute();
};
