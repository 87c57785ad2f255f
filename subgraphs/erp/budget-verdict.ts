import type { BudgetVerdictRecord } from './ports.ts';
import type { ResolversTypes } from './types.generated.ts';

const dated = (source: BudgetVerdictRecord['budgetSource']) =>
  source === null ? null : { ...source, asOf: new Date(source.asOf) };

/** The port's verdict as the graph words it. */
export const toBudgetVerdict = (
  record: BudgetVerdictRecord,
): Awaited<ResolversTypes['BudgetVerdict']> => ({
  ...record,
  budgetSource: dated(record.budgetSource),
  actualsSource: dated(record.actualsSource),
});
