import { money } from '../../platform/money.ts';
import type { Context } from '../context.ts';
import type { ProvenanceOf } from '../provenance.ts';
import type { Loaders } from './loaders.ts';
import type { Resolvers } from './types.generated.ts';

/** The fields of invoices, and the invoices of an order. */
export const invoiceResolvers = (
  loaders: (context: Context) => Loaders,
  provenance: ProvenanceOf,
): Pick<Resolvers, 'Invoice' | 'InvoiceLine' | 'PurchaseOrder'> => ({
  Invoice: {
    __resolveReference: ({ id }, context) => loaders(context).invoice.load(id),
    supplier: async ({ id, supplierId }, _, context) => {
      const supplier = await loaders(context).supplier.load(supplierId);
      if (supplier === null) throw new Error(`Invoice ${id} has no supplier ${supplierId}.`);
      return supplier;
    },
    purchaseOrder: ({ purchaseOrderId }) =>
      purchaseOrderId === null ? null : { id: purchaseOrderId },
    total: ({ total, currency }) => money(total, currency),
    lines: ({ id }, _, context) => loaders(context).invoiceLines.load(id),
    externalIds: ({ system, localId }) => [{ system, value: localId }],
    provenance: (invoice, _, context) => provenance(invoice, 'invoices', context),
  },
  InvoiceLine: {
    item: ({ itemId }, _, context) => (itemId === null ? null : loaders(context).item.load(itemId)),
    quantity: ({ quantity, unit }) => ({ value: quantity, unit }),
    unitPrice: ({ unitPrice, currency }) => money(unitPrice, currency),
  },
  PurchaseOrder: {
    __resolveReference: ({ id }) => ({ id }),
    invoices: ({ id }, _, context) => loaders(context).invoicesOfOrder.load(id),
  },
});
