import type { Transaction, Workflow } from '../platform/durable.ts';
import type { SupplierOrder } from '../subgraphs/procurement/ports.ts';
import type { HubParts } from './hub-parts.ts';
import { raiseException } from './raise-exception.ts';
import { recordChange } from './record-change.ts';

/** The work that sends an order to its supplier. */
export type SendOrderInput = { readonly purchaseOrderId: string; readonly tradingPartner: string };

const read = async (tx: Transaction, orderId: string): Promise<SupplierOrder> => {
  const row = await tx.db
    .selectFrom('hub.purchaseOrder as o')
    .innerJoin('hub.supplier as s', 's.id', 'o.supplierId')
    .innerJoin('hub.facility as f', 'f.id', 'o.facilityId')
    .select(['o.number', 'o.issuedAt', 'o.currency', 'o.neededBy', 'o.supplierId'])
    .select(['s.name as supplierName', 'f.name', 'f.id as code', 'f.address', 'f.city', 'f.state'])
    .select('f.zip')
    .where('o.id', '=', orderId)
    .executeTakeFirstOrThrow();
  const lines = await tx.db
    .selectFrom('hub.purchaseOrderLine as l')
    .leftJoin('hub.item as i', 'i.id', 'l.itemId')
    .select(['l.lineNumber', 'l.description', 'l.quantity', 'l.unit', 'l.unitPrice'])
    .select(['i.gtin', 'i.catalogNumber'])
    .where('l.purchaseOrderId', '=', orderId)
    .orderBy('l.lineNumber')
    .execute();
  return {
    purchaseOrderId: orderId,
    number: row.number,
    orderDate: row.issuedAt.toISOString().slice(0, 10),
    currency: row.currency,
    neededBy: row.neededBy,
    supplier: { id: row.supplierId, name: row.supplierName },
    shipTo: {
      name: row.name,
      code: row.code,
      address: row.address,
      city: row.city,
      state: row.state,
      zip: row.zip,
    },
    lines: lines.map(({ quantity, unit, unitPrice, ...line }) => ({
      ...line,
      quantity: { value: quantity, unit },
      unitPrice: { amount: unitPrice, currency: row.currency },
    })),
  };
};

const belongingOf = async (tx: Transaction, purchaseOrderId: string) => {
  const row = await tx.db
    .selectFrom('hub.purchaseOrder')
    .select(['number', 'documentStatus', 'correlationId', 'facilityId', 'departmentId'])
    .select('requisitionId')
    .where('id', '=', purchaseOrderId)
    .executeTakeFirstOrThrow();
  return { ...row, about: { purchaseOrderId, requisitionId: row.requisitionId } };
};

const markSent = async (
  tx: Transaction,
  input: SendOrderInput,
  controlNumber: string,
): Promise<void> => {
  await tx.db
    .updateTable('hub.purchaseOrder')
    .set({ sentToSupplierAt: new Date(), updatedAt: new Date() })
    .where('id', '=', input.purchaseOrderId)
    .execute();
  const order = await belongingOf(tx, input.purchaseOrderId);
  recordChange(
    tx,
    {
      type: 'PurchaseOrderStatusChanged',
      documentType: 'PURCHASE_ORDER',
      id: input.purchaseOrderId,
      axis: 'DOCUMENT',
      from: order.documentStatus,
      to: order.documentStatus,
      number: order.number,
      summary: `Order ${order.number} was sent to the supplier by ${input.tradingPartner}, control number ${controlNumber}.`,
      authority: 'orders in the purchasing system go to their supplier',
    },
    order,
  );
};

const onExhausted =
  (parts: HubParts) =>
  async (tx: Transaction, input: SendOrderInput, error: unknown): Promise<void> => {
    const order = await belongingOf(tx, input.purchaseOrderId);
    const why = error instanceof Error ? error.message : String(error);
    await raiseException(
      tx,
      {
        kind: 'SYSTEM_FAILURE',
        message: `Order ${order.number} did not reach the supplier by ${input.tradingPartner}: ${why} Send it another way or retry the dead letter.`,
        subjectType: 'PURCHASE_ORDER',
        subjectId: input.purchaseOrderId,
      },
      { runbookBase: parts.policy.runbookBase, belonging: order },
    );
  };

/** Sends an order to its supplier. Sent twice it carries the same control number, so the supplier sees the repetition. */
export const defineSendOrder = (parts: HubParts): Workflow<SendOrderInput> =>
  parts.durable.define(
    'send-order',
    async (steps, input: SendOrderInput) => {
      const order = await steps.commit('read the order', (tx) => read(tx, input.purchaseOrderId));
      const { controlNumber } = await steps.call(
        'send the order',
        async (_, signal) => {
          const partner = parts.systems.tradingPartners.get(input.tradingPartner);
          if (partner === undefined) throw new Error(`${input.tradingPartner} is not connected.`);
          return await partner.messages.sendOrder(order, { signal });
        },
        { system: input.tradingPartner },
      );
      await steps.commit('mark it sent', (tx) => markSent(tx, input, controlNumber));
    },
    { onExhausted: onExhausted(parts) },
  );
