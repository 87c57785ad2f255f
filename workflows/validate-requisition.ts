import type { Durable, Steps, Transaction, Workflow } from '../platform/durable.ts';
import { hubIdentity } from '../platform/identity.ts';
import type { Budgets, BudgetVerdictRecord } from '../subgraphs/erp/ports.ts';
import type { LocalSource } from '../subgraphs/procurement/ports.ts';
import { beginValidation, type ToValidate } from './begin-validation.ts';
import { decideValidation } from './decide-validation.ts';
import type { HubParts } from './hub-parts.ts';
import type { ValidateInput } from './join-requisition.ts';
import type { Masters } from './masters.ts';
import { matchLines } from './match-lines.ts';
import { raiseException } from './raise-exception.ts';

interface Needs {
  readonly budgets: Budgets;
  readonly masters: Masters;
}

const askSources = (
  parts: HubParts,
  steps: Steps,
  work: ToValidate,
): Promise<readonly LocalSource[]> => {
  const erp = parts.systems.erps.get(work.targetSystem);
  const itemLocalIds = work.lines.flatMap((line) => line.itemLocalId ?? []);
  const { facilityLocalId } = work;
  if (facilityLocalId === null || itemLocalIds.length === 0) return Promise.resolve([]);
  return steps.call(
    'ask for approved sources',
    async (_, signal) => {
      if (erp === undefined) throw new Error(`${work.targetSystem} is not connected.`);
      const onDate = parts.clock.now().toISOString().slice(0, 10);
      const question = { itemLocalIds: [...new Set(itemLocalIds)], facilityLocalId, onDate };
      return await erp.approvedSources.forItems(question, { signal });
    },
    { system: work.targetSystem },
  );
};

const checkBudget = (
  parts: HubParts,
  steps: Steps,
  question: { budgets: Budgets; work: ToValidate; total: string; currency: string },
): Promise<BudgetVerdictRecord> =>
  steps.call(
    'check the budget',
    (_, signal) =>
      question.budgets.check(
        {
          costCenterId: question.work.costCenterId,
          amount: { amount: question.total, currency: question.currency },
          exceptRequisitionId: question.work.requisitionId,
        },
        hubIdentity,
        { signal },
      ),
    { attempts: 1, timeoutMs: parts.policy.budget.deadlineMs + 2000 },
  );

/** A system that could not be asked to the end of all tries is trouble of its own; the requisition waits. */
const onExhausted =
  (parts: HubParts) =>
  async (tx: Transaction, input: ValidateInput, error: unknown): Promise<void> => {
    const row = await tx.db
      .selectFrom('hub.requisition')
      .select(['number', 'correlationId', 'facilityId', 'departmentId'])
      .where('id', '=', input.requisitionId)
      .executeTakeFirstOrThrow();
    const why = error instanceof Error ? error.message : String(error);
    await raiseException(
      tx,
      {
        kind: 'SYSTEM_FAILURE',
        message: `Requisition ${row.number} could not be checked: ${why} Mend the cause, then retry the dead letter.`,
        subjectType: 'REQUISITION',
        subjectId: input.requisitionId,
      },
      {
        runbookBase: parts.policy.runbookBase,
        belonging: { ...row, about: { requisitionId: input.requisitionId } },
      },
    );
  };

/**
 * Checks mappings, sources, prices and budget of a requisition and gives it its approval route. What is missing is named in
 * exceptions, and the requisition waits as VALIDATING. A newer version of the requisition has a validation of its own.
 */
export const defineValidateRequisition = (
  parts: HubParts,
  needs: Needs,
): Workflow<ValidateInput> => {
  const durable: Durable = parts.durable;
  const workflow: Workflow<ValidateInput> = durable.define(
    'validate-requisition',
    async (steps, input: ValidateInput) => {
      const work = await steps.commit('begin', (tx) => beginValidation(tx, input));
      if (work === null) return;
      if (!work.mastersRead)
        await steps.call(
          'read the masters first',
          async (_, signal) => {
            await needs.masters.sync(work.targetSystem, signal);
            return null;
          },
          { system: work.targetSystem, timeoutMs: 60_000 },
        );
      const ready = work.mastersRead
        ? work
        : await steps.commit('begin anew', (tx) => beginValidation(tx, input));
      if (ready === null) return;
      const sources = await askSources(parts, steps, ready);
      const onDate = parts.clock.now().toISOString().slice(0, 10);
      const matched = await steps.commit('match sources', (tx) =>
        matchLines(tx, { work: ready, sources, onDate }),
      );
      const { total, currency } = matched;
      const verdict =
        matched.troubles.length > 0
          ? null
          : await checkBudget(parts, steps, {
              budgets: needs.budgets,
              work: ready,
              total,
              currency,
            });
      await steps.commit('decide', (tx) =>
        decideValidation(tx, { parts, input, work: ready, matched, verdict, workflow }),
      );
    },
    { onExhausted: onExhausted(parts) },
  );
  return workflow;
};
