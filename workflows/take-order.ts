import type { Transaction, Workflow } from '../platform/durable.ts';
import type { LocalOrder } from '../subgraphs/procurement/ports.ts';
import { recordChange } from './record-change.ts';
import type { ReportInput } from './report-to-ward.ts';

/**
 * Takes what became of an order in its purchasing system: cancelled or closed there is cancelled or closed here. An order that
 * the hub did not make is left alone; one that it is just making is written down by its own workflow.
 */
export const takeOrder = async (
  tx: Transaction,
  { system, order }: { readonly system: string; readonly order: LocalOrder },
  reportToWard: Workflow<ReportInput>,
): Promise<void> => {
  if (order.status !== 'CANCELLED' && order.status !== 'CLOSED') return;
  const row = await tx.db
    .selectFrom('hub.purchaseOrder')
    .selectAll()
    .where('system', '=', system)
    .where('localId', '=', order.localId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.documentStatus === order.status) return;
  await tx.db
    .updateTable('hub.purchaseOrder')
    .set({
      documentStatus: order.status,
      version: row.version + 1,
      updatedAt: new Date(),
      asOf: order.changedAt,
    })
    .where('id', '=', row.id)
    .execute();
  recordChange(
    tx,
    {
      type: 'PurchaseOrderStatusChanged',
      documentType: 'PURCHASE_ORDER',
      id: row.id,
      axis: 'DOCUMENT',
      from: row.documentStatus,
      to: order.status,
      number: row.number,
      summary: `Order ${row.number} was ${order.status.toLowerCase()} in ${system}.`,
      authority: `changed in ${system}`,
      occurredAt: order.changedAt,
    },
    { ...row, about: { purchaseOrderId: row.id, requisitionId: row.requisitionId } },
  );
  if (row.requisitionId !== null)
    tx.start(
      reportToWard,
      { requisitionId: row.requisitionId },
      { correlationId: row.correlationId },
    );
};
