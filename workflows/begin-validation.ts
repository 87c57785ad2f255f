import type { Transaction } from '../platform/durable.ts';
import { localIds } from './crosswalk.ts';
import type { ValidateInput } from './join-requisition.ts';
import { recordChange } from './record-change.ts';

/** A line to be checked; `itemLocalId` is null when the target system has no code for the item. */
export type LineToValidate = {
  readonly lineNumber: number;
  readonly itemId: string;
  readonly description: string;
  readonly itemLocalId: string | null;
  readonly quantity: string;
};

/** What a validation needs to know, as of its beginning. */
export type ToValidate = {
  readonly requisitionId: string;
  readonly number: string;
  readonly correlationId: string;
  readonly facilityId: string;
  readonly facilityLocalId: string | null;
  readonly departmentId: string;
  readonly costCenterId: string;
  readonly costCenterLocalId: string | null;
  readonly targetSystem: string;
  /** Null when nobody granted the cost centre a budget: then the currency of the prices holds. */
  readonly budgetCurrency: string | null;
  readonly mastersRead: boolean;
  readonly lines: readonly LineToValidate[];
};

const toValidating = async (
  tx: Transaction,
  row: {
    id: string;
    number: string;
    correlationId: string;
    facilityId: string;
    departmentId: string;
  },
): Promise<void> => {
  await tx.db
    .updateTable('hub.requisition')
    .set({ status: 'VALIDATING', updatedAt: new Date() })
    .where('id', '=', row.id)
    .execute();
  recordChange(
    tx,
    {
      type: 'RequisitionStatusChanged',
      documentType: 'REQUISITION',
      id: row.id,
      from: 'SUBMITTED',
      to: 'VALIDATING',
      number: row.number,
      summary: `Mappings, sources, prices and budget of ${row.number} are being checked.`,
      authority: 'every requisition is checked',
    },
    { ...row, about: { requisitionId: row.id } },
  );
};

const codesOf = async (
  tx: Transaction,
  row: { targetSystem: string; facilityId: string; costCenterId: string },
): Promise<{ facilityLocalId: string | null; costCenterLocalId: string | null }> => {
  const system = row.targetSystem;
  const facility = await localIds(tx.db, { entity: 'FACILITY', system }, [row.facilityId]);
  const center = await localIds(tx.db, { entity: 'COST_CENTER', system }, [row.costCenterId]);
  return {
    facilityLocalId: facility.get(row.facilityId) ?? null,
    costCenterLocalId: center.get(row.costCenterId) ?? null,
  };
};

const linesOf = async (
  tx: Transaction,
  requisitionId: string,
  system: string,
): Promise<LineToValidate[]> => {
  const lines = await tx.db
    .selectFrom('hub.requisitionLine')
    .select(['lineNumber', 'itemId', 'description', 'quantity'])
    .where('requisitionId', '=', requisitionId)
    .orderBy('lineNumber')
    .execute();
  const items = lines.flatMap(({ itemId }) => itemId ?? []);
  const codes = await localIds(tx.db, { entity: 'ITEM', system }, items);
  return lines.map((line) => {
    const itemId = line.itemId ?? '';
    return { ...line, itemId, itemLocalId: codes.get(itemId) ?? null };
  });
};

/** Takes a requisition up for checking; null when another version of it is current or it is decided already. */
export const beginValidation = async (
  tx: Transaction,
  input: ValidateInput,
): Promise<ToValidate | null> => {
  const row = await tx.db
    .selectFrom('hub.requisition')
    .selectAll()
    .where('id', '=', input.requisitionId)
    .where('version', '=', input.version)
    .where('status', 'in', ['SUBMITTED', 'VALIDATING'])
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.status === 'SUBMITTED') await toValidating(tx, row);
  const read = await tx.db
    .selectFrom('hub.pollCursor')
    .select('feed')
    .where('system', '=', row.targetSystem)
    .where('feed', '=', 'items')
    .executeTakeFirst();
  const budget = await tx.db
    .selectFrom('hub.budget')
    .select('currency')
    .where('costCenterId', '=', row.costCenterId)
    .orderBy('fiscalYear', 'desc')
    .executeTakeFirst();
  return {
    requisitionId: row.id,
    number: row.number,
    correlationId: row.correlationId,
    facilityId: row.facilityId,
    departmentId: row.departmentId,
    costCenterId: row.costCenterId,
    targetSystem: row.targetSystem,
    ...(await codesOf(tx, row)),
    budgetCurrency: budget?.currency ?? null,
    mastersRead: read !== undefined,
    lines: await linesOf(tx, row.id, row.targetSystem),
  };
};
