import type { InvoicingStatus, OrderDocumentStatus, ReceiptStatus } from './types.generated.ts';

const documentWords: Readonly<Record<OrderDocumentStatus, string>> = {
  DRAFT: 'Draft',
  PENDING_APPROVAL: 'Pending approval',
  APPROVED: 'Approved',
  ISSUED: 'Issued',
  ACKNOWLEDGED: 'Acknowledged',
  ACKNOWLEDGED_WITH_CHANGES: 'Acknowledged with changes',
  REJECTED: 'Rejected by supplier',
  ON_HOLD: 'On hold',
  PENDING_CHANGE: 'Change pending',
  PENDING_CANCELLATION: 'Cancellation pending',
  CANCELLED: 'Cancelled',
  CLOSED: 'Closed',
};

/** Only an order that goes its normal way shows how far goods and invoice are. */
const underWay: ReadonlySet<OrderDocumentStatus> = new Set([
  'ISSUED',
  'ACKNOWLEDGED',
  'ACKNOWLEDGED_WITH_CHANGES',
]);

const receiptWords: Readonly<Record<ReceiptStatus, string | null>> = {
  NONE: null,
  PARTIAL: 'Partly received',
  FULL: 'Received',
  OVER: 'Over-received',
  RETURNED: 'Returned',
};

/** The one word for an order on a screen; what went furthest speaks, except that trouble with the document comes first. */
export const displayStatus = (order: {
  readonly documentStatus: OrderDocumentStatus;
  readonly receiptStatus: ReceiptStatus;
  readonly invoiceStatus: InvoicingStatus;
}): string => {
  if (!underWay.has(order.documentStatus)) return documentWords[order.documentStatus];
  if (order.receiptStatus === 'FULL' && order.invoiceStatus === 'FULL')
    return 'Received and invoiced';
  if (order.invoiceStatus === 'OVER') return 'Over-invoiced';
  return receiptWords[order.receiptStatus] ?? documentWords[order.documentStatus];
};
