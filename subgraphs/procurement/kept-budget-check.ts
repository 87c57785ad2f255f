import { z } from 'zod';

const amount = z.object({ amount: z.string(), currency: z.string() });
const source = z.object({ source: z.string(), asOf: z.string(), stale: z.boolean() });
const check = z.object({
  verdict: z.string(),
  available: amount.nullable(),
  checkedAt: z.string(),
  reason: z.string(),
  budgetSource: source.nullable(),
  actualsSource: source.nullable(),
});

interface KeptBudgetCheck {
  readonly verdict: string;
  readonly available: { readonly amount: string; readonly currency: string } | null;
  readonly checkedAt: string;
  readonly reason: string;
  readonly sources: readonly {
    readonly source: string;
    readonly asOf: Date;
    readonly stale: boolean;
  }[];
}

/** The budget check that a requisition keeps as evidence; null before the first one. Throws when the column holds anything else. */
export const keptBudgetCheck = (column: unknown): KeptBudgetCheck | null => {
  if (column === null) return null;
  const { budgetSource, actualsSource, ...kept } = check.parse(column);
  const sources = [budgetSource, actualsSource].filter((one) => one !== null);
  return { ...kept, sources: sources.map((one) => ({ ...one, asOf: new Date(one.asOf) })) };
};
