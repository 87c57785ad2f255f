import { addMoney, type Money, money } from '../platform/money.ts';
import { SystemRefused, SystemUnavailable } from '../platform/system-error.ts';
import type { Budgets, BudgetVerdictRecord, LedgerPosition } from '../subgraphs/erp/ports.ts';
import { budgetVerdict } from '../subgraphs/erp/rules/budget-verdict.ts';
import { fiscalYear } from '../subgraphs/erp/rules/fiscal-year.ts';
import { localIds } from './crosswalk.ts';
import type { HubParts } from './hub-parts.ts';

/** Requisitions in these states hold a part of the budget and are not orders yet. */
const holding = ['SUBMITTED', 'VALIDATING', 'PENDING_APPROVAL', 'APPROVED', 'SOURCING', 'ON_HOLD'];

interface Standing {
  readonly system: string;
  readonly localId: string | undefined;
  readonly budget: { amount: string; currency: string; source: string; asOf: string } | undefined;
  readonly year: number;
}

interface Question {
  readonly costCenterId: string;
  readonly amount: Money | null;
  readonly exceptRequisitionId?: string;
}

const nothing = {
  budget: null,
  preEncumbered: null,
  encumbered: null,
  actual: null,
  available: null,
  actualsSource: null,
};

const standingOf = async (parts: HubParts, costCenterId: string): Promise<Standing> => {
  const { db } = parts.database;
  const year = fiscalYear(
    parts.clock.now().toISOString().slice(0, 10),
    parts.policy.fiscalYearStartMonth,
  );
  const place = await db
    .selectFrom('hub.costCenter as c')
    .innerJoin('hub.facility as f', 'f.id', 'c.facilityId')
    .select('f.financeSystem')
    .where('c.id', '=', costCenterId)
    .executeTakeFirst();
  if (place === undefined) throw new Error(`There is no cost centre ${costCenterId}.`);
  const system = place.financeSystem;
  const codes = await localIds(db, { entity: 'COST_CENTER', system }, [costCenterId]);
  const budget = await db
    .selectFrom('hub.budget')
    .selectAll()
    .where('costCenterId', '=', costCenterId)
    .where('fiscalYear', '=', year)
    .executeTakeFirst();
  return {
    system,
    localId: codes.get(costCenterId),
    year,
    budget: budget === undefined ? undefined : { ...budget, asOf: budget.asOf.toISOString() },
  };
};

/** What requisitions that are not orders yet hold of the budget. */
const heldBy = async (parts: HubParts, question: Question, currency: string): Promise<Money> => {
  const { held } = await parts.database.db
    .selectFrom('hub.requisition')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('total'), eb.val('0')).as('held'))
    .where('costCenterId', '=', question.costCenterId)
    .where('status', 'in', holding)
    .where('currency', '=', currency)
    .where('id', '!=', question.exceptRequisitionId ?? '')
    .executeTakeFirstOrThrow();
  return money(held, currency);
};

/** The part of a partly ordered requisition that is still to be ordered is held as well. */
const stillToOrder = async (
  parts: HubParts,
  question: Question,
  currency: string,
): Promise<Money> => {
  const { rest } = await parts.database.db
    .selectFrom('hub.requisition as r')
    .select((eb) =>
      eb.fn
        .coalesce(
          eb.fn.sum<string>(
            eb(
              'r.total',
              '-',
              eb
                .selectFrom('hub.purchaseOrder as o')
                .whereRef('o.requisitionId', '=', 'r.id')
                .select((inner) =>
                  inner.fn.coalesce(inner.fn.sum<string>('o.total'), inner.val('0')).as('ordered'),
                ),
            ),
          ),
          eb.val('0'),
        )
        .as('rest'),
    )
    .where('r.costCenterId', '=', question.costCenterId)
    .where('r.status', '=', 'PARTIALLY_ORDERED')
    .where('r.currency', '=', currency)
    .where('r.id', '!=', question.exceptRequisitionId ?? '')
    .executeTakeFirstOrThrow();
  return money(rest, currency);
};

const budgetSourceOf = ({ budget }: Standing): BudgetVerdictRecord['budgetSource'] =>
  budget === undefined ? null : { source: budget.source, asOf: budget.asOf, stale: false };

const withinDeadline = async (
  parts: HubParts,
  standing: Standing,
  signal: AbortSignal,
): Promise<LedgerPosition> => {
  const failure = { system: standing.system, operation: 'budget check' } as const;
  const erp = parts.systems.erps.get(standing.system);
  if (erp === undefined)
    throw new SystemUnavailable(`${standing.system} is not connected.`, {
      ...failure,
      kind: 'permanent',
    });
  if (standing.localId === undefined)
    throw new SystemRefused(`The cost centre has no code in ${standing.system}: map it.`, {
      ...failure,
      kind: 'permanent',
    });
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(parts.policy.budget.deadlineMs)]);
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => {
      reject(
        new SystemUnavailable(
          `${standing.system} did not answer within ${parts.policy.budget.deadlineMs} ms.`,
          { ...failure, kind: 'transient' },
        ),
      );
    });
  });
  const asked = erp.ledger.position(
    { localId: standing.localId, fiscalYear: standing.year },
    { signal: deadline },
  );
  return await Promise.race([asked, late]);
};

const unavailable = (
  parts: HubParts,
  { question, standing }: { question: Question; standing: Standing },
  reason: string,
): BudgetVerdictRecord => ({
  ...nothing,
  verdict: 'UNAVAILABLE',
  requested: question.amount,
  budget:
    standing.budget === undefined ? null : money(standing.budget.amount, standing.budget.currency),
  checkedAt: parts.clock.now().toISOString(),
  budgetSource: budgetSourceOf(standing),
  reason,
});

const answered = async (
  parts: HubParts,
  { question, standing }: { question: Question; standing: Standing },
  position: LedgerPosition,
): Promise<BudgetVerdictRecord> => {
  const { currency } = position.actual;
  const foreign = [standing.budget, question.amount].find(
    (each) => each !== null && each !== undefined && each.currency !== currency,
  );
  if (foreign)
    return unavailable(
      parts,
      { question, standing },
      `${standing.system} keeps its books in ${currency}, not in ${foreign.currency}.`,
    );
  const held = await heldBy(parts, question, currency);
  const rest = await stillToOrder(parts, question, currency);
  const figures = {
    requested: question.amount,
    budget: standing.budget === undefined ? null : money(standing.budget.amount, currency),
    preEncumbered: addMoney(held, rest),
    encumbered: position.openOrders,
    actual: position.actual,
  };
  return {
    ...figures,
    ...budgetVerdict(figures),
    checkedAt: parts.clock.now().toISOString(),
    budgetSource: budgetSourceOf(standing),
    actualsSource: { source: standing.system, asOf: position.asOf, stale: false },
  };
};

/** Budget checks: granted amount from the governed file, actuals and open orders live, holds from the hub's own requisitions. */
export const createBudgets = (parts: HubParts): Budgets => ({
  check: async (question, _identity, call) => {
    const standing = await standingOf(parts, question.costCenterId);
    try {
      const position = await withinDeadline(parts, standing, call.signal);
      return await answered(parts, { question, standing }, position);
    } catch (error) {
      if (error instanceof SystemUnavailable || error instanceof SystemRefused)
        return unavailable(parts, { question, standing }, error.message);
      throw error;
    }
  },
});
