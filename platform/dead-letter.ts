import { type Kysely, sql } from 'kysely';
import type { Json, Replay } from './durable.ts';
import type { Tables } from './tables.generated.ts';
import type { WorkflowEngine } from './workflow-engine.ts';

/** A workflow that was given up. */
export interface DeadLetter {
  readonly workflow: string;
  readonly workflowId: string;
  readonly correlationId: string | null;
  readonly input: Json;
  readonly error: string;
  /** The kind of a system's failure, else the name of the error. */
  readonly errorClass: string;
  readonly system: string | null;
  /** The step that failed; null when the code between two steps did. */
  readonly step: string | null;
  /** Where a replay begins. */
  readonly stepNumber: number;
}

/** A workflow given up again after a replay is the same letter, open again. */
export const recordDeadLetter = async (db: Kysely<Tables>, letter: DeadLetter): Promise<void> => {
  const { input, ...rest } = letter;
  const row = { ...rest, input: JSON.stringify(input), failedAt: sql<Date>`clock_timestamp()` };
  const { error, errorClass, system, step, stepNumber, failedAt } = row;
  await db
    .insertInto('hub.deadLetter')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('workflowId')
        .doUpdateSet({ error, errorClass, system, step, stepNumber, failedAt, resolvedAt: null }),
    )
    .execute();
};

/** Runs the workflow again from the step that failed. What is already waiting or running is left alone. */
export const replayDeadLetter = (
  db: Kysely<Tables>,
  engine: WorkflowEngine,
  id: string,
): Promise<Replay> =>
  db.transaction().execute(async (tx) => {
    // The lock lets two people press the button at once.
    const letter = await tx
      .selectFrom('hub.deadLetter')
      .select(['workflowId', 'stepNumber'])
      .where('id', '=', id)
      .where('resolvedAt', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (letter === undefined) return 'NOT_FOUND';
    if (!(await engine.rewind(letter.workflowId, letter.stepNumber))) return 'ALREADY_RUNNING';
    const replayedAt = sql<Date>`clock_timestamp()`;
    await tx.updateTable('hub.deadLetter').set({ replayedAt }).where('id', '=', id).execute();
    engine.dispatch();
    return 'REPLAYED';
  });

/** Closes the letters whose workflow has ended well since. */
export const resolveDeadLetters = async (db: Kysely<Tables>): Promise<void> => {
  await sql`
    update hub.dead_letter d set resolved_at = clock_timestamp()
    from dbos.workflow_status w
    where d.resolved_at is null and w.workflow_uuid = d.workflow_id and w.status = 'SUCCESS'`.execute(
    db,
  );
};
