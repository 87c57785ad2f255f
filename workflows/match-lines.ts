import type { Transaction } from '../platform/durable.ts';
import { type Money, roundMoney, sumMoney, timesQuantity } from '../platform/money.ts';
import type { LocalSource } from '../subgraphs/procurement/ports.ts';
import { chooseSource } from '../subgraphs/procurement/rules/choose-source.ts';
import type { LineToValidate, ToValidate } from './begin-validation.ts';
import { canonicalIds, type MappedEntity, type MissingMapping } from './crosswalk.ts';

/** A line with the source that it will be bought from. */
export type MatchedLine = {
  readonly lineNumber: number;
  readonly supplierId: string;
  readonly unitPrice: Money;
  readonly contract: 'ON_CONTRACT' | 'OFF_CONTRACT';
  readonly contractNumber: string | null;
};

/** What stands against going on. */
export type LineTrouble = {
  readonly kind: 'MISSING_MAPPING' | 'NO_APPROVED_SOURCE';
  readonly message: string;
  readonly missing: MissingMapping | null;
};

/** What came of matching: complete when there is no trouble. */
export type Matched = {
  readonly lines: readonly MatchedLine[];
  readonly troubles: readonly LineTrouble[];
  /** The sum of the matched lines, rounded once. */
  readonly total: string;
  readonly currency: string;
};

interface Known {
  readonly work: ToValidate;
  readonly sources: readonly LocalSource[];
  readonly onDate: string;
}

interface Lookups {
  readonly suppliers: ReadonlyMap<string, string>;
  readonly blocked: ReadonlySet<string>;
  readonly currency: string;
}

const noCode = (work: ToValidate, entity: MappedEntity, id: string): LineTrouble => ({
  kind: 'MISSING_MAPPING',
  message: `${work.targetSystem} has no code for ${entity} ${id}. Approve a mapping of its code there; the requisition then goes on by itself.`,
  missing: { entity, system: work.targetSystem, localId: id },
});

const noSource = (message: string): LineTrouble => ({
  kind: 'NO_APPROVED_SOURCE',
  message,
  missing: null,
});

const matchLine = (
  line: LineToValidate,
  { work, sources, onDate }: Known,
  { suppliers, blocked, currency }: Lookups,
): MatchedLine | LineTrouble => {
  if (line.itemLocalId === null) return noCode(work, 'ITEM', line.itemId);
  const offers = sources.filter(
    (source) =>
      source.itemLocalId === line.itemLocalId &&
      source.unitPrice.currency === currency &&
      !blocked.has(suppliers.get(source.supplierLocalId) ?? ''),
  );
  const choice = chooseSource(offers, { quantity: line.quantity, onDate });
  if (choice === null)
    return noSource(
      `Line ${line.lineNumber}: ${work.targetSystem} has no approved source for ${line.quantity} of ${line.description} today. Add one there; it is looked up again every few minutes.`,
    );
  const { supplierLocalId, unitPrice, contractNumber } = choice.source;
  const supplierId = suppliers.get(supplierLocalId);
  if (supplierId === undefined)
    return {
      kind: 'MISSING_MAPPING',
      message: `Nobody has said which supplier ${supplierLocalId} of ${work.targetSystem} is. Approve a mapping; the requisition then goes on by itself.`,
      missing: { entity: 'SUPPLIER', system: work.targetSystem, localId: supplierLocalId },
    };
  return {
    lineNumber: line.lineNumber,
    supplierId,
    unitPrice,
    contract: choice.contract,
    contractNumber,
  };
};

const lookUp = async (tx: Transaction, { work, sources }: Known): Promise<Lookups> => {
  const suppliers = await canonicalIds(
    tx.db,
    { entity: 'SUPPLIER', system: work.targetSystem },
    sources.map(({ supplierLocalId }) => supplierLocalId),
  );
  const ids = [...new Set(suppliers.values())];
  const rows =
    ids.length === 0
      ? []
      : await tx.db
          .selectFrom('hub.supplier')
          .select(['id', 'status'])
          .where('id', 'in', ids)
          .execute();
  const active = new Set(rows.flatMap(({ id, status }) => (status === 'ACTIVE' ? [id] : [])));
  const known = new Set(rows.map(({ id }) => id));
  return {
    // A code that stands for a supplier that nobody has is as good as unmapped.
    suppliers: new Map([...suppliers].filter(([, id]) => known.has(id))),
    blocked: new Set([...known].filter((id) => !active.has(id))),
    currency: work.budgetCurrency ?? sources[0]?.unitPrice.currency ?? 'USD',
  };
};

/** Chooses the source of each line and finds its supplier in the hub; names everything that is missing, not only the first. */
export const matchLines = async (tx: Transaction, known: Known): Promise<Matched> => {
  const { work } = known;
  const lookups = await lookUp(tx, known);
  const results = work.lines.map((line) => matchLine(line, known, lookups));
  const lines = results.filter((result) => 'supplierId' in result);
  const troubles = results.filter((result) => 'kind' in result);
  if (work.costCenterLocalId === null)
    troubles.push(noCode(work, 'COST_CENTER', work.costCenterId));
  if (work.facilityLocalId === null)
    return {
      lines: [],
      troubles: [noCode(work, 'FACILITY', work.facilityId)],
      total: '0',
      currency: lookups.currency,
    };
  const quantities = new Map(work.lines.map((line) => [line.lineNumber, line.quantity]));
  const amounts = lines.map((line) =>
    timesQuantity(line.unitPrice, quantities.get(line.lineNumber) ?? '0'),
  );
  const total = roundMoney(sumMoney(amounts, lookups.currency)).amount;
  return { lines, troubles, total, currency: lookups.currency };
};
