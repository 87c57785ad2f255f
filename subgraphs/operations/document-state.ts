import type { Selectable } from 'kysely';
import type {
  HubApprovalStep,
  HubInvoice,
  HubPurchaseOrder,
  HubReceipt,
  HubRequisition,
  HubSupplyRequest,
} from '../../platform/tables.generated.ts';

/** Trouble that waits for somebody, as far as it decides who is waited on. */
export interface OpenTrouble {
  readonly subjectId: string;
  readonly kind: string;
  readonly message: string;
  readonly ownerRole: string;
  readonly raisedAt: Date;
}

/** An order as far as it decides who is waited on. */
export type OrderState = Pick<
  Selectable<HubPurchaseOrder>,
  | 'id'
  | 'number'
  | 'system'
  | 'correlationId'
  | 'requisitionId'
  | 'documentStatus'
  | 'receiptStatus'
  | 'invoiceStatus'
  | 'neededBy'
  | 'promisedDate'
  | 'issuedAt'
  | 'sentToSupplierAt'
  | 'acknowledgedAt'
  | 'updatedAt'
> & {
  /** When the supplier last sent something that may still be on its way; null when it announced nothing. */
  readonly shippedAt: Date | null;
  /** YYYY-MM-DD */
  readonly expectedDate: string | null;
  readonly receivedAt: Date | null;
};

/** A requisition as far as it decides who is waited on. */
export type RequisitionState = Pick<
  Selectable<HubRequisition>,
  'id' | 'correlationId' | 'status' | 'targetSystem' | 'submittedAt' | 'updatedAt'
>;

/** An approval step as far as it decides who is waited on. */
export type StepState = Pick<
  Selectable<HubApprovalStep>,
  'requisitionId' | 'stepNumber' | 'role' | 'status' | 'rule' | 'openedAt' | 'dueAt'
>;

export type ReceiptState = Pick<Selectable<HubReceipt>, 'id' | 'purchaseOrderId' | 'receivedAt'> & {
  readonly orderNumber: string;
  readonly invoiceStatus: string;
};

export type InvoiceState = Pick<
  Selectable<HubInvoice>,
  'id' | 'number' | 'status' | 'system' | 'invoiceDate'
> & {
  /** When its status last changed; null while no change is known. */
  readonly changedAt: Date | null;
};

export type SupplyRequestState = Pick<
  Selectable<HubSupplyRequest>,
  'id' | 'correlationId' | 'status' | 'intake' | 'authoredOn' | 'requisitionId'
>;
