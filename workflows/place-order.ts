import type { Transaction, Workflow } from '../platform/durable.ts';
import type { LocalOrder, NewOrder } from '../subgraphs/procurement/ports.ts';
import { orderReference } from '../subgraphs/procurement/rules/order-reference.ts';
import type { PlaceOrderInput } from './approvals.ts';
import { localIds } from './crosswalk.ts';
import type { HubParts } from './hub-parts.ts';
import { raiseException } from './raise-exception.ts';
import { type PlacedOrder, recordOrder } from './record-order.ts';
import type { ReportInput } from './report-to-ward.ts';
import type { SendOrderInput } from './send-order.ts';
import type { WaitingDocuments } from './waiting-documents.ts';

interface Next {
  readonly sendOrder: Workflow<SendOrderInput>;
  readonly reportToWard: Workflow<ReportInput>;
  readonly waiting: WaitingDocuments;
}

const codes = async (
  tx: Transaction,
  row: { targetSystem: string; facilityId: string; costCenterId: string },
  supplierId: string,
): Promise<Pick<NewOrder, 'supplierLocalId' | 'facilityLocalId' | 'costCenterLocalId'>> => {
  const code = async (
    entity: 'SUPPLIER' | 'FACILITY' | 'COST_CENTER',
    id: string,
  ): Promise<string> => {
    const found = await localIds(tx.db, { entity, system: row.targetSystem }, [id]);
    const localId = found.get(id);
    if (localId === undefined)
      throw new Error(`${row.targetSystem} has no code for ${entity} ${id} any more.`);
    return localId;
  };
  return {
    supplierLocalId: await code('SUPPLIER', supplierId),
    facilityLocalId: await code('FACILITY', row.facilityId),
    costCenterLocalId: await code('COST_CENTER', row.costCenterId),
  };
};

const prepare = async (tx: Transaction, input: PlaceOrderInput): Promise<PlacedOrder | null> => {
  const row = await tx.db
    .selectFrom('hub.requisition')
    .selectAll()
    .where('id', '=', input.requisitionId)
    .executeTakeFirstOrThrow();
  if (!['APPROVED', 'SOURCING', 'PARTIALLY_ORDERED'].includes(row.status)) return null;
  const lines = await tx.db
    .selectFrom('hub.requisitionLine')
    .selectAll()
    .where('requisitionId', '=', row.id)
    .where('supplierId', '=', input.supplierId)
    .orderBy('lineNumber')
    .execute();
  const system = row.targetSystem;
  const itemIds = lines.flatMap(({ itemId }) => itemId ?? []);
  const items = await localIds(tx.db, { entity: 'ITEM', system }, itemIds);
  return {
    system,
    itemIds: lines.map(({ itemId }) => itemId),
    order: {
      reference: orderReference(input.requisitionId, input.supplierId),
      ...(await codes(tx, row, input.supplierId)),
      currency: row.currency,
      neededBy: row.neededBy,
      lines: lines.map((line, index) => ({
        lineNumber: index + 1,
        itemLocalId: items.get(line.itemId ?? '') ?? '',
        description: line.description,
        quantity: { value: line.quantity, unit: line.unit },
        unitPrice: { amount: line.unitPrice ?? '0', currency: row.currency },
      })),
    },
  };
};

const onExhausted =
  (parts: HubParts) =>
  async (tx: Transaction, input: PlaceOrderInput, error: unknown): Promise<void> => {
    const row = await tx.db
      .selectFrom('hub.requisition')
      .select(['number', 'correlationId', 'facilityId', 'departmentId', 'targetSystem'])
      .where('id', '=', input.requisitionId)
      .executeTakeFirstOrThrow();
    const why = error instanceof Error ? error.message : String(error);
    await raiseException(
      tx,
      {
        kind: 'SYSTEM_FAILURE',
        message: `The order of ${row.number} could not be placed in ${row.targetSystem}: ${why} Mend the cause, then retry the dead letter; it looks first whether the order exists.`,
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
 * Makes exactly one order of the lines that a requisition has for one supplier: the purchasing system is asked by our reference
 * before anything is written, at every attempt.
 */
export const definePlaceOrder = (parts: HubParts, next: Next): Workflow<PlaceOrderInput> =>
  parts.durable.define(
    'place-order',
    async (steps, input: PlaceOrderInput) => {
      const placed = await steps.commit('prepare', (tx) => prepare(tx, input));
      if (placed === null) return;
      const order: LocalOrder = await steps.call(
        'place the order',
        async (_, signal) => {
          const erp = parts.systems.erps.get(placed.system);
          if (erp === undefined) throw new Error(`${placed.system} is not connected.`);
          return await erp.purchaseOrders.place(placed.order, { signal });
        },
        { system: placed.system, timeoutMs: 20_000 },
      );
      await steps.commit('record', (tx) => recordOrder(tx, { parts, input, placed, order, next }));
    },
    { onExhausted: onExhausted(parts) },
  );
