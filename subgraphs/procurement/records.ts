import type { Selectable } from 'kysely';
import type {
  HubApprovalStep,
  HubPurchaseOrder,
  HubPurchaseOrderLine,
  HubReceipt,
  HubReceiptLine,
  HubRequisition,
  HubRequisitionLine,
} from '../../platform/tables.generated.ts';
import type { Connection } from '../connection.ts';
import type {
  ApprovalStepStatus,
  ContractStanding,
  InvoicingStatus,
  LineAcknowledgementStatus,
  OrderDocumentStatus,
  ReceiptStatus,
  RequisitionStatus,
} from './types.generated.ts';

/** An entity that this domain only knows by its id. */
export interface Reference {
  readonly id: string;
}

type Row<Table, Words> = Omit<Selectable<Table>, keyof Words> & Words;

export type RequisitionRecord = Row<HubRequisition, { status: RequisitionStatus }>;
export type RequisitionLineRecord = Row<HubRequisitionLine, { contract: ContractStanding }> & {
  /** Of the requisition; unit prices are in it. */
  currency: string;
};
export type ApprovalStepRecord = Row<HubApprovalStep, { status: ApprovalStepStatus }>;
export type PurchaseOrderRecord = Row<
  HubPurchaseOrder,
  {
    documentStatus: OrderDocumentStatus;
    receiptStatus: ReceiptStatus;
    invoiceStatus: InvoicingStatus;
  }
>;
export type PurchaseOrderLineRecord = Row<
  HubPurchaseOrderLine,
  { acknowledgementStatus: LineAcknowledgementStatus | null }
> & {
  /** Of the order; unit prices are in it. */
  currency: string;
};
export type ReceiptRecord = Selectable<HubReceipt>;
export type ReceiptLineRecord = Selectable<HubReceiptLine>;
export type RequisitionPage = Connection<RequisitionRecord>;
export type PurchaseOrderPage = Connection<PurchaseOrderRecord>;
