import { money } from '../../platform/money.ts';
import type { Context } from '../context.ts';
import type { ProvenanceOf } from '../provenance.ts';
import { displayStatus } from './display-status.ts';
import type { Loaders } from './loaders.ts';
import type { PurchaseOrderLineRecord } from './records.ts';
import type { LineAcknowledgement, Resolvers } from './types.generated.ts';

const reference = (id: string | null): { readonly id: string } | null =>
  id === null ? null : { id };

const acknowledgement = (line: PurchaseOrderLineRecord): LineAcknowledgement | null =>
  line.acknowledgementStatus === null
    ? null
    : {
        status: line.acknowledgementStatus,
        code: line.acknowledgementCode ?? '',
        quantity:
          line.acknowledgedQuantity === null
            ? null
            : { value: line.acknowledgedQuantity, unit: line.unit },
        promisedDate: line.promisedDate,
      };

/** The fields of orders, receipts and their lines. */
export const orderResolvers = (
  loaders: (context: Context) => Loaders,
  provenance: ProvenanceOf,
): Pick<Resolvers, 'PurchaseOrder' | 'PurchaseOrderLine' | 'Receipt' | 'ReceiptLine'> => ({
  PurchaseOrder: {
    __resolveReference: ({ id }, context) => loaders(context).order.load(id),
    displayStatus,
    supplier: ({ supplierId }) => ({ id: supplierId }),
    facility: ({ facilityId }) => ({ id: facilityId }),
    department: ({ departmentId }) => reference(departmentId),
    costCenter: ({ costCenterId }) => reference(costCenterId),
    requisition: ({ requisitionId }, _, context) =>
      requisitionId === null ? null : loaders(context).requisition.load(requisitionId),
    lines: ({ id }, _, context) => loaders(context).orderLines.load(id),
    total: ({ total, currency }) => money(total, currency),
    receipts: ({ id }, _, context) => loaders(context).receiptsOfOrder.load(id),
    externalIds: ({ system, number }) => [{ system, value: number }],
    provenance: (order, _, context) => provenance(order, 'orders', context),
  },
  PurchaseOrderLine: {
    item: ({ itemId }) => reference(itemId),
    quantity: ({ quantity, unit }) => ({ value: quantity, unit }),
    unitPrice: ({ unitPrice, currency }) => money(unitPrice, currency),
    receivedQuantity: ({ receivedQuantity, unit }) => ({ value: receivedQuantity, unit }),
    invoicedQuantity: ({ invoicedQuantity, unit }) => ({ value: invoicedQuantity, unit }),
    acknowledgement,
  },
  Receipt: {
    __resolveReference: ({ id }, context) => loaders(context).receipt.load(id),
    purchaseOrder: async ({ id, purchaseOrderId }, _, context) => {
      const order = await loaders(context).order.load(purchaseOrderId);
      if (order === null) throw new Error(`Receipt ${id} has no order ${purchaseOrderId}.`);
      return order;
    },
    externalIds: ({ system, number }) => [{ system, value: number }],
    lines: ({ id }, _, context) => loaders(context).receiptLines.load(id),
    provenance: (receipt, _, context) => provenance(receipt, 'receipts', context),
  },
  ReceiptLine: {
    item: ({ itemId }) => reference(itemId),
    quantity: ({ quantity, unit }) => ({ value: quantity, unit }),
  },
});
