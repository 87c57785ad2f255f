import { Decimal } from 'decimal.js';
import type { Transaction } from '../platform/durable.ts';
import type { ShipNotice } from '../subgraphs/procurement/ports.ts';
import { recordChange } from './record-change.ts';
import { stableId } from './stable-id.ts';
import type { Arrival } from './supplier-document.ts';

const writeLines = async (
  tx: Transaction,
  shipmentId: string,
  { notice, orderId }: { notice: ShipNotice; orderId: string },
): Promise<void> => {
  const ordered = await tx.db
    .selectFrom('hub.purchaseOrderLine')
    .select(['lineNumber', 'itemId'])
    .where('purchaseOrderId', '=', orderId)
    .execute();
  const items = new Map(ordered.map(({ lineNumber, itemId }) => [lineNumber, itemId]));
  const byLine = Map.groupBy(notice.lines, ({ lineNumber }) => lineNumber);
  for (const [orderLineNumber, parts] of byLine) {
    const [first] = parts;
    const sum = parts.reduce((total, { quantity }) => total.plus(quantity.value), new Decimal(0));
    await tx.db
      .insertInto('hub.shipmentLine')
      .values({
        shipmentId,
        orderLineNumber,
        itemId: items.get(orderLineNumber) ?? null,
        quantity: sum.toFixed(),
        unit: first?.quantity.unit ?? 'EA',
      })
      .execute();
  }
};

/** Takes a ship notice (X12 856): what the supplier has sent on its way. The same shipment told twice is one. */
export const takeShipNotice = async (
  tx: Transaction,
  notice: ShipNotice,
  arrival: Arrival,
): Promise<void> => {
  const { order, partner } = arrival;
  const id = stableId('shipment', partner, notice.shipmentNumber, order.id);
  const row = await tx.db
    .insertInto('hub.shipment')
    .values({
      id,
      number: notice.shipmentNumber,
      purchaseOrderId: order.id,
      tradingPartner: partner,
      shippedAt: notice.shippedAt,
      expectedDate: notice.expectedDate,
      carrier: notice.carrier,
      trackingNumber: notice.trackingNumber,
      source: partner,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return;
  await writeLines(tx, id, { notice, orderId: order.id });
  await tx.db
    .updateTable('hub.purchaseOrder')
    .set({ updatedAt: new Date() })
    .where('id', '=', order.id)
    .execute();
  recordChange(
    tx,
    {
      type: 'ShipmentAnnounced',
      documentType: 'SHIPMENT',
      id,
      from: null,
      to: 'SHIPPED',
      number: notice.shipmentNumber,
      summary: `The supplier has sent ${notice.shipmentNumber} for order ${order.number}${notice.carrier === null ? '' : ` by ${notice.carrier}`}.`,
      authority: `supplier document ${notice.controlNumber} by ${partner}`,
      occurredAt: notice.shippedAt,
    },
    {
      ...order,
      about: { shipmentId: id, purchaseOrderId: order.id, requisitionId: order.requisitionId },
    },
  );
  if (order.requisitionId !== null)
    tx.start(
      arrival.reportToWard,
      { requisitionId: order.requisitionId },
      { correlationId: order.correlationId },
    );
};
