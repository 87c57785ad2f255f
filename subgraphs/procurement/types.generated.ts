import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { RequisitionRecord, RequisitionPage, RequisitionLineRecord, ApprovalStepRecord, PurchaseOrderRecord, PurchaseOrderPage, PurchaseOrderLineRecord, ReceiptRecord, ReceiptLineRecord, Reference } from './records.ts';
import type { ProvenanceRecord } from '../provenance.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An exact decimal number written as a string, so that no digit is lost on the way. "100", "100.000" and "1e2" are equal. */
  Decimal: { input: string; output: string; }
  /** A moment in UTC, written as an ISO 8601 instant such as 2026-11-23T09:31:00.000Z. */
  Instant: { input: string; output: Date | string; }
  /** A date of business in the facility's own calendar, written YYYY-MM-DD. */
  LocalDate: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** One person's or role's say on a requisition. */
export type ApprovalStep = {
  readonly __typename?: 'ApprovalStep';
  /** What the decider wrote. */
  readonly comment?: Maybe<Scalars['String']['output']>;
  /** When it was decided; null while it waits. */
  readonly decidedAt?: Maybe<Scalars['Instant']['output']>;
  /** Who decided; null while it waits. */
  readonly decidedBy?: Maybe<Scalars['String']['output']>;
  /** When a decision is due. */
  readonly dueAt?: Maybe<Scalars['Instant']['output']>;
  /** The role that has to decide. */
  readonly role: Scalars['String']['output'];
  /** The rule that put the step into the route, with its version. */
  readonly rule: Scalars['String']['output'];
  /** Where the step stands. */
  readonly status: ApprovalStepStatus;
  /** Its place in the route, from 1. */
  readonly stepNumber: Scalars['Int']['output'];
};

/** This step is approved; another one waits. */
export type ApprovalStepRecorded = {
  readonly __typename?: 'ApprovalStepRecorded';
  /** The requisition as it stands now. */
  readonly requisition: Requisition;
  /** The step that waits now. */
  readonly waitingFor: ApprovalStep;
};

/** Where an approval step stands. */
export type ApprovalStepStatus =
  /** Agreed. */
  | 'APPROVED'
  /** Handed to somebody else. */
  | 'DELEGATED'
  /** Moved up because nobody answered. */
  | 'ESCALATED'
  /** Not decided yet. */
  | 'PENDING'
  /** Refused. */
  | 'REJECTED'
  /** Sent back. */
  | 'RETURNED'
  /** Not needed any more. */
  | 'SKIPPED';

/** What can come of saying yes. */
export type ApproveRequisitionResult = ApprovalStepRecorded | DecisionRefused | RequisitionApproved | RequisitionChanged | RequisitionNotFound;

/** A supplier from which an item may be bought, at a price. */
export type ApprovedSource = {
  readonly __typename?: 'ApprovedSource';
  /** The contract behind the price; null when there is none. */
  readonly contractNumber?: Maybe<Scalars['String']['output']>;
  /** The least quantity of an order; null when there is no minimum. */
  readonly minimumQuantity?: Maybe<Quantity>;
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** Who sells it. */
  readonly supplier: Supplier;
  /** The price of one unit. */
  readonly unitPrice: Money;
  /** The last day on which the price holds; null when it is open-ended. */
  readonly validTo?: Maybe<Scalars['LocalDate']['output']>;
};

/** What the purchasing system answered when it was asked where an item may be bought. */
export type ApprovedSources = {
  readonly __typename?: 'ApprovedSources';
  /** When the purchasing system was asked. */
  readonly checkedAt: Scalars['Instant']['output'];
  /** The sources, best price first. */
  readonly sources: ReadonlyArray<ApprovedSource>;
  /** True when the purchasing system did not answer in time; the list is then empty and says nothing. */
  readonly unavailable: Scalars['Boolean']['output'];
};

/** How a line stands to the hospital's contracts. */
export type ContractStanding =
  /** A contract covers it, yet another price or supplier was used. */
  | 'LEAKAGE'
  /** No contract covers it. */
  | 'OFF_CONTRACT'
  /** Bought under a valid contract at its price. */
  | 'ON_CONTRACT'
  /** Not looked at yet. */
  | 'UNKNOWN';

/** An accounting object, owned by the finance side. */
export type CostCenter = {
  readonly __typename?: 'CostCenter';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** A decision on the approval step that is waiting. */
export type DecideRequisitionInput = {
  /** In the decider's own words; required to say no. */
  readonly comment?: InputMaybe<Scalars['String']['input']>;
  /** The requisition that is decided. */
  readonly requisitionId: Scalars['ID']['input'];
  /** The version that the decider looked at; a decision on an outdated version is refused. */
  readonly version: Scalars['Int']['input'];
};

/** The caller may not take this decision, or there is none to take. */
export type DecisionRefused = {
  readonly __typename?: 'DecisionRefused';
  /** In words, with what to do instead. */
  readonly reason: Scalars['String']['output'];
  /** The requisition as it stands now. */
  readonly requisition: Requisition;
  /** Which rule stands against it. */
  readonly rule: DecisionRule;
};

/** The rules that can stand against a decision. */
export type DecisionRule =
  /** A no needs a comment. */
  | 'COMMENT_REQUIRED'
  /** The requisition does not wait for a decision. */
  | 'NOT_WAITING'
  /** The caller's facilities do not include this one. */
  | 'OUTSIDE_FACILITY'
  /** Who asked for the goods may not approve them (separation of duties). */
  | 'REQUESTER_MAY_NOT_APPROVE'
  /** The caller lacks the role that the step asks for. */
  | 'ROLE_REQUIRED';

/** A ward or service, owned by the finance side. */
export type Department = {
  readonly __typename?: 'Department';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** The name under which one outside system knows a record. */
export type ExternalId = {
  readonly __typename?: 'ExternalId';
  /** The outside system, by the name the hub knows it by. */
  readonly system: Scalars['String']['output'];
  /** The system's own identifier, as a person would type it there. */
  readonly value: Scalars['String']['output'];
};

/** A hospital or clinic, owned by the finance side. */
export type Facility = {
  readonly __typename?: 'Facility';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};

/** How much of an order has been invoiced. */
export type InvoicingStatus =
  /** All of it. */
  | 'FULL'
  /** Nothing yet. */
  | 'NONE'
  /** More than ordered. */
  | 'OVER'
  /** Some of it. */
  | 'PARTIAL';

/** An item; here with where it may be bought. */
export type Item = {
  readonly __typename?: 'Item';
  /** The approved sources of this item at a facility, best price first, read live from the facility's purchasing system. */
  readonly approvedSources: ApprovedSources;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
};


/** An item; here with where it may be bought. */
export type ItemApprovedSourcesArgs = {
  facilityId: Scalars['ID']['input'];
};

/** What the supplier answered about one line (X12 855, segment ACK). */
export type LineAcknowledgement = {
  readonly __typename?: 'LineAcknowledgement';
  /** The code as the supplier sent it. */
  readonly code: Scalars['String']['output'];
  /** When the supplier will deliver; null when it did not say. */
  readonly promisedDate?: Maybe<Scalars['LocalDate']['output']>;
  /** How much the supplier confirmed; null when it did not say. */
  readonly quantity?: Maybe<Quantity>;
  /** The answer in the field's words. */
  readonly status: LineAcknowledgementStatus;
};

/** How a supplier can answer about a line. */
export type LineAcknowledgementStatus =
  /** Accepted (IA). */
  | 'ACCEPTED'
  /** Backordered (IB). */
  | 'BACKORDERED'
  /** Deleted (ID). */
  | 'DELETED'
  /** On hold (IH). */
  | 'ON_HOLD'
  /** Rejected (IR). */
  | 'REJECTED'
  /** The schedule is pending (SP). */
  | 'SCHEDULE_PENDING'
  /** Another item instead (IS). */
  | 'SUBSTITUTED';

/** An exact amount with its currency. Unit prices carry up to six decimals; totals are rounded once, at posting. */
export type Money = {
  readonly __typename?: 'Money';
  /** The amount as an exact decimal, for example "19.99". */
  readonly amount: Scalars['Decimal']['output'];
  /** The ISO 4217 code of the currency, for example USD. */
  readonly currency: Scalars['String']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Says yes to the approval step that is waiting. The last yes sends the requisition on to become exactly one purchase order. */
  readonly approveRequisition: ApproveRequisitionResult;
  /** Says no for good. What the requisition held of the budget is released. */
  readonly rejectRequisition: RejectRequisitionResult;
};


export type MutationApproveRequisitionArgs = {
  input: DecideRequisitionInput;
};


export type MutationRejectRequisitionArgs = {
  input: DecideRequisitionInput;
};

/** Where an order document stands. */
export type OrderDocumentStatus =
  /** The supplier accepted it as it is. */
  | 'ACKNOWLEDGED'
  /** The supplier accepted it with changes. */
  | 'ACKNOWLEDGED_WITH_CHANGES'
  /** Agreed, not yet sent. */
  | 'APPROVED'
  /** Cancelled. */
  | 'CANCELLED'
  /** Nothing more is expected. */
  | 'CLOSED'
  /** Being written. */
  | 'DRAFT'
  /** In the purchasing system and on its way to the supplier. */
  | 'ISSUED'
  /** Halted for now. */
  | 'ON_HOLD'
  /** Waits for people to agree. */
  | 'PENDING_APPROVAL'
  /** A cancellation waits for the supplier. */
  | 'PENDING_CANCELLATION'
  /** A change waits for the supplier. */
  | 'PENDING_CHANGE'
  /** The supplier refused it. */
  | 'REJECTED';

/** Where a page of a list starts and ends, and whether there is more. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Pass as `after` to go on; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** True when there is at least one more entry after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** True when there is at least one entry before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Pass as `before` to go back; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** How urgent a request is, as FHIR words it. */
export type Priority =
  /** As soon as possible. */
  | 'ASAP'
  /** In the normal course. */
  | 'ROUTINE'
  /** At once: a patient depends on it. */
  | 'STAT'
  /** Before routine. */
  | 'URGENT';

/** Where a piece of data came from, so that a reader can judge how far to trust it. */
export type Provenance = {
  readonly __typename?: 'Provenance';
  /** When the source last said so. */
  readonly asOf: Scalars['Instant']['output'];
  /** The system or governed file that said so, by the name the hub knows it by. */
  readonly source: Scalars['String']['output'];
  /** True when the source has not confirmed this within the time its feed promises. */
  readonly stale: Scalars['Boolean']['output'];
};

/** An order to a supplier. Its document, its receipt and its invoicing move independently. */
export type PurchaseOrder = {
  readonly __typename?: 'PurchaseOrder';
  /** Ties together everything that follows from one request, in every system. */
  readonly correlationId: Scalars['ID']['output'];
  /** Where the cost goes. */
  readonly costCenter?: Maybe<CostCenter>;
  /** The department that asked. */
  readonly department?: Maybe<Department>;
  /** The one word for it on a screen, derived from the three axes; never stored. */
  readonly displayStatus: Scalars['String']['output'];
  /** Where the document stands. */
  readonly documentStatus: OrderDocumentStatus;
  /** What each connected system calls this order. */
  readonly externalIds: ReadonlyArray<ExternalId>;
  /** Who it is for. */
  readonly facility: Facility;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** How much has been invoiced, over all lines. */
  readonly invoiceStatus: InvoicingStatus;
  /** When the purchasing system took it. */
  readonly issuedAt: Scalars['Instant']['output'];
  /** What is ordered. */
  readonly lines: ReadonlyArray<PurchaseOrderLine>;
  /** When the goods are needed; null when nobody said. */
  readonly neededBy?: Maybe<Scalars['LocalDate']['output']>;
  /** The number the purchasing system gave it. */
  readonly number: Scalars['String']['output'];
  /** What the supplier said it would deliver by; null until it says so. */
  readonly promisedDate?: Maybe<Scalars['LocalDate']['output']>;
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** How much has been received, over all lines. */
  readonly receiptStatus: ReceiptStatus;
  /** What has come so far, oldest first. */
  readonly receipts: ReadonlyArray<Receipt>;
  /** The requisition behind it; null when the order was not made by the hub. */
  readonly requisition?: Maybe<Requisition>;
  /** Who it was sent to. */
  readonly supplier: Supplier;
  /** The sum of the lines. */
  readonly total: Money;
  /** When it last changed. */
  readonly updatedAt: Scalars['Instant']['output'];
  /** Counts up with every change of the order itself. */
  readonly version: Scalars['Int']['output'];
};

/** Pages of purchase orders. */
export type PurchaseOrderConnection = {
  readonly __typename?: 'PurchaseOrderConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<PurchaseOrderEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of purchase orders. */
export type PurchaseOrderEdge = {
  readonly __typename?: 'PurchaseOrderEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The purchase order. */
  readonly node: PurchaseOrder;
};

/** Narrows a list of orders; every part that is given must hold. */
export type PurchaseOrderFilter = {
  /** Only the orders of this request. */
  readonly correlationId?: InputMaybe<Scalars['ID']['input']>;
  /** Only orders of this department. */
  readonly departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only orders whose document is in one of these states. */
  readonly documentStatuses?: InputMaybe<ReadonlyArray<OrderDocumentStatus>>;
  /** Only orders for this facility. */
  readonly facilityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only orders that contain this item. */
  readonly itemId?: InputMaybe<Scalars['ID']['input']>;
  /** Only orders whose receipt is in one of these states. */
  readonly receiptStatuses?: InputMaybe<ReadonlyArray<ReceiptStatus>>;
  /** Only orders to this supplier. */
  readonly supplierId?: InputMaybe<Scalars['ID']['input']>;
};

/** One line of an order. */
export type PurchaseOrderLine = {
  readonly __typename?: 'PurchaseOrderLine';
  /** What the supplier answered about the line; null until it answers. */
  readonly acknowledgement?: Maybe<LineAcknowledgement>;
  /** What is ordered, in words. */
  readonly description: Scalars['String']['output'];
  /** How much has been billed. */
  readonly invoicedQuantity: Quantity;
  /** What is ordered; null when the hub knows no such item. */
  readonly item?: Maybe<Item>;
  /** The line's number in the purchasing system. */
  readonly lineNumber: Scalars['Int']['output'];
  /** How much is ordered. */
  readonly quantity: Quantity;
  /** How much has come. */
  readonly receivedQuantity: Quantity;
  /** The price of one unit. */
  readonly unitPrice: Money;
};

/** How much of something, always with the unit it is counted in. */
export type Quantity = {
  readonly __typename?: 'Quantity';
  /** The unit by UN/ECE Recommendation 20 or UCUM: EA for each, BX for box. */
  readonly unit: Scalars['String']['output'];
  /** The number of units as an exact decimal. */
  readonly value: Scalars['Decimal']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** Requisitions that wait for a decision the caller is allowed to take, longest waiting first. */
  readonly approvalsWaitingForMe: RequisitionConnection;
  /** One purchase order by its id. */
  readonly purchaseOrder?: Maybe<PurchaseOrder>;
  /** Purchase orders, newest first. */
  readonly purchaseOrders: PurchaseOrderConnection;
  /** One receipt by its id. */
  readonly receipt?: Maybe<Receipt>;
  /** One requisition by its id; null when there is none or the caller may not see it. */
  readonly requisition?: Maybe<Requisition>;
  /** Requisitions, newest first. */
  readonly requisitions: RequisitionConnection;
};


export type QueryApprovalsWaitingForMeArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPurchaseOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPurchaseOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PurchaseOrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryReceiptArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRequisitionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRequisitionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RequisitionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Goods that came for an order, as booked in the source system. */
export type Receipt = {
  readonly __typename?: 'Receipt';
  /** What each connected system calls this receipt. */
  readonly externalIds: ReadonlyArray<ExternalId>;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What came. */
  readonly lines: ReadonlyArray<ReceiptLine>;
  /** The number the source system gave it. */
  readonly number: Scalars['String']['output'];
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** The order that the goods came for. */
  readonly purchaseOrder: PurchaseOrder;
  /** When the goods were booked in. */
  readonly receivedAt: Scalars['Instant']['output'];
  /** Who booked it, as the source system names them; null where it does not say. */
  readonly receivedBy?: Maybe<Scalars['String']['output']>;
};

/** One line of a receipt. */
export type ReceiptLine = {
  readonly __typename?: 'ReceiptLine';
  /** What came; null when the hub knows no such item. */
  readonly item?: Maybe<Item>;
  /** The number of the order line that the goods came for. */
  readonly orderLineNumber: Scalars['Int']['output'];
  /** How much came. */
  readonly quantity: Quantity;
};

/** How much of an order has been received. */
export type ReceiptStatus =
  /** All of it. */
  | 'FULL'
  /** Nothing yet. */
  | 'NONE'
  /** More than ordered. */
  | 'OVER'
  /** Some of it. */
  | 'PARTIAL'
  /** It went back. */
  | 'RETURNED';

/** What can come of saying no. */
export type RejectRequisitionResult = DecisionRefused | RequisitionChanged | RequisitionNotFound | RequisitionRejected;

/** A department's wish for goods, from asking to the order that fulfils it. */
export type Requisition = {
  readonly __typename?: 'Requisition';
  /** Who has to agree, in order. */
  readonly approvalSteps: ReadonlyArray<ApprovalStep>;
  /** What the finance system said about the budget when it was last asked; null before the first check. */
  readonly budgetCheck?: Maybe<RequisitionBudgetCheck>;
  /** Ties together everything that follows from one request, in every system. */
  readonly correlationId: Scalars['ID']['output'];
  /** Where the cost goes. */
  readonly costCenter: CostCenter;
  /** The department that asked. */
  readonly department: Department;
  /** The facility that it belongs to. */
  readonly facility: Facility;
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** What is asked for. */
  readonly lines: ReadonlyArray<RequisitionLine>;
  /** When the ward needs the goods; null when it did not say. */
  readonly neededBy?: Maybe<Scalars['LocalDate']['output']>;
  /** The number people use on the telephone, for example R-000123. */
  readonly number: Scalars['String']['output'];
  /** True when at least one line is not on a contract; shown before anybody approves. */
  readonly offContract: Scalars['Boolean']['output'];
  /** How urgent it is. */
  readonly priority: Priority;
  /** Where this record came from. */
  readonly provenance: Provenance;
  /** The orders that came of it; empty until they exist. */
  readonly purchaseOrders: ReadonlyArray<PurchaseOrder>;
  /** Who asked, as the clinical application named them; never a patient. */
  readonly requester: Scalars['String']['output'];
  /** Where it stands. */
  readonly status: RequisitionStatus;
  /** When it was submitted. */
  readonly submittedAt: Scalars['Instant']['output'];
  /** The sum of the lines at the matched prices; null until prices are known. */
  readonly total?: Maybe<Money>;
  /** When it last changed. */
  readonly updatedAt: Scalars['Instant']['output'];
  /** Counts up with every change that matters to a decision. */
  readonly version: Scalars['Int']['output'];
};

/** All steps are approved; the order is on its way to the purchasing system. */
export type RequisitionApproved = {
  readonly __typename?: 'RequisitionApproved';
  /** The requisition as it stands now. */
  readonly requisition: Requisition;
};

/** How a budget check ended, kept with the requisition as evidence. */
export type RequisitionBudgetCheck = {
  readonly __typename?: 'RequisitionBudgetCheck';
  /** What was left before this requisition; null when it could not be read. */
  readonly available?: Maybe<Money>;
  /** When the check was made. */
  readonly checkedAt: Scalars['Instant']['output'];
  /** In words: why the verdict is what it is. */
  readonly reason: Scalars['String']['output'];
  /** Where the figures came from. */
  readonly sources: ReadonlyArray<Provenance>;
  /** AVAILABLE, EXCEEDED, NO_BUDGET or UNAVAILABLE, as the finance system's side answers. */
  readonly verdict: Scalars['String']['output'];
};

/** Somebody changed the requisition since the caller looked; look again and decide anew. */
export type RequisitionChanged = {
  readonly __typename?: 'RequisitionChanged';
  /** The version the decision was made on. */
  readonly expectedVersion: Scalars['Int']['output'];
  /** The requisition as it stands now. */
  readonly requisition: Requisition;
};

/** Pages of requisitions. */
export type RequisitionConnection = {
  readonly __typename?: 'RequisitionConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<RequisitionEdge>;
  /** Where the page stands in the whole list. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** One entry of a page of requisitions. */
export type RequisitionEdge = {
  readonly __typename?: 'RequisitionEdge';
  /** Where this entry stands; pass as `after` to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The requisition. */
  readonly node: Requisition;
};

/** Narrows a list of requisitions; every part that is given must hold. */
export type RequisitionFilter = {
  /** Only the one with this correlation id. */
  readonly correlationId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this department. */
  readonly departmentId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this facility. */
  readonly facilityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those that are neither closed, rejected, withdrawn nor cancelled. */
  readonly inFlight?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those in one of these states. */
  readonly statuses?: InputMaybe<ReadonlyArray<RequisitionStatus>>;
};

/** One thing asked for. */
export type RequisitionLine = {
  readonly __typename?: 'RequisitionLine';
  /** How the line stands to the hospital's contracts. */
  readonly contract: ContractStanding;
  /** The contract it is bought under; null when off contract. */
  readonly contractNumber?: Maybe<Scalars['String']['output']>;
  /** What the ward called it. */
  readonly description: Scalars['String']['output'];
  /** The catalogue item; null while the ward's own code is not mapped. */
  readonly item?: Maybe<Item>;
  /** The line's place in the requisition, from 1. */
  readonly lineNumber: Scalars['Int']['output'];
  /** How much is asked for. */
  readonly quantity: Quantity;
  /** The supplier it will be ordered from; null until matched. */
  readonly supplier?: Maybe<Supplier>;
  /** The price of one unit at the matched source; null until matched. */
  readonly unitPrice?: Maybe<Money>;
};

/** There is no such requisition, or the caller may not see it. */
export type RequisitionNotFound = {
  readonly __typename?: 'RequisitionNotFound';
  /** The id that was asked for. */
  readonly requisitionId: Scalars['ID']['output'];
};

/** The requisition is closed by a no. */
export type RequisitionRejected = {
  readonly __typename?: 'RequisitionRejected';
  /** The requisition as it stands now. */
  readonly requisition: Requisition;
};

/** Where a requisition stands. */
export type RequisitionStatus =
  /** Everybody agreed. */
  | 'APPROVED'
  /** Ended by the hospital. */
  | 'CANCELLED'
  /** Nothing more happens. */
  | 'CLOSED'
  /** Not submitted yet. */
  | 'DRAFT'
  /** All goods have come. */
  | 'FULFILLED'
  /** Halted for now. */
  | 'ON_HOLD'
  /** All lines are ordered. */
  | 'ORDERED'
  /** Some lines are ordered. */
  | 'PARTIALLY_ORDERED'
  /** Waits for people to agree. */
  | 'PENDING_APPROVAL'
  /** Refused for good. */
  | 'REJECTED'
  /** Sent back to who asked. */
  | 'RETURNED'
  /** The order is being placed. */
  | 'SOURCING'
  /** Taken in; nothing checked yet. */
  | 'SUBMITTED'
  /** Mappings, budget and sources are being checked; waits here when something is missing. */
  | 'VALIDATING'
  /** Taken back by who asked. */
  | 'WITHDRAWN';

/** A company that sells to the hospital; here with its orders. */
export type Supplier = {
  readonly __typename?: 'Supplier';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The orders to this supplier, newest first. */
  readonly purchaseOrders: PurchaseOrderConnection;
};


/** A company that sells to the hospital; here with its orders. */
export type SupplierPurchaseOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A ward's request as the clinical application made it; here with the requisition it became. */
export type SupplyRequest = {
  readonly __typename?: 'SupplyRequest';
  /** The hub's own identifier; opaque to clients. */
  readonly id: Scalars['ID']['output'];
  /** The requisition it became part of; null while it is parked before that. */
  readonly requisition?: Maybe<Requisition>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Item: Item;
  PurchaseOrder: PurchaseOrder;
  Receipt: Receipt;
  Requisition: Requisition;
  Supplier: Supplier;
  SupplyRequest: SupplyRequest;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Item:
    ( { __typename: 'Item' }
    & GraphQLRecursivePick<FederationTypes['Item'], {"id":true}> );
  PurchaseOrder:
    ( { __typename: 'PurchaseOrder' }
    & GraphQLRecursivePick<FederationTypes['PurchaseOrder'], {"id":true}> );
  Receipt:
    ( { __typename: 'Receipt' }
    & GraphQLRecursivePick<FederationTypes['Receipt'], {"id":true}> );
  Requisition:
    ( { __typename: 'Requisition' }
    & GraphQLRecursivePick<FederationTypes['Requisition'], {"id":true}> );
  Supplier:
    ( { __typename: 'Supplier' }
    & GraphQLRecursivePick<FederationTypes['Supplier'], {"id":true}> );
  SupplyRequest:
    ( { __typename: 'SupplyRequest' }
    & GraphQLRecursivePick<FederationTypes['SupplyRequest'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ApproveRequisitionResult:
    | ( Omit<ApprovalStepRecorded, 'requisition' | 'waitingFor'> & { requisition: _RefType['Requisition'], waitingFor: _RefType['ApprovalStep'] } & { __typename: 'ApprovalStepRecorded' } )
    | ( Omit<DecisionRefused, 'requisition'> & { requisition: _RefType['Requisition'] } & { __typename: 'DecisionRefused' } )
    | ( Omit<RequisitionApproved, 'requisition'> & { requisition: _RefType['Requisition'] } & { __typename: 'RequisitionApproved' } )
    | ( Omit<RequisitionChanged, 'requisition'> & { requisition: _RefType['Requisition'] } & { __typename: 'RequisitionChanged' } )
    | ( RequisitionNotFound & { __typename: 'RequisitionNotFound' } )
  ;
  RejectRequisitionResult:
    | ( Omit<DecisionRefused, 'requisition'> & { requisition: _RefType['Requisition'] } & { __typename: 'DecisionRefused' } )
    | ( Omit<RequisitionChanged, 'requisition'> & { requisition: _RefType['Requisition'] } & { __typename: 'RequisitionChanged' } )
    | ( RequisitionNotFound & { __typename: 'RequisitionNotFound' } )
    | ( Omit<RequisitionRejected, 'requisition'> & { requisition: _RefType['Requisition'] } & { __typename: 'RequisitionRejected' } )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ApprovalStep: ResolverTypeWrapper<ApprovalStepRecord>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ApprovalStepRecorded: ResolverTypeWrapper<Omit<ApprovalStepRecorded, 'requisition' | 'waitingFor'> & { requisition: ResolversTypes['Requisition'], waitingFor: ResolversTypes['ApprovalStep'] }>;
  ApprovalStepStatus: ApprovalStepStatus;
  ApproveRequisitionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ApproveRequisitionResult']>;
  ApprovedSource: ResolverTypeWrapper<Omit<ApprovedSource, 'provenance' | 'supplier'> & { provenance: ResolversTypes['Provenance'], supplier: ResolversTypes['Supplier'] }>;
  ApprovedSources: ResolverTypeWrapper<Omit<ApprovedSources, 'sources'> & { sources: ReadonlyArray<ResolversTypes['ApprovedSource']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ContractStanding: ContractStanding;
  CostCenter: ResolverTypeWrapper<Reference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DecideRequisitionInput: DecideRequisitionInput;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DecisionRefused: ResolverTypeWrapper<Omit<DecisionRefused, 'requisition'> & { requisition: ResolversTypes['Requisition'] }>;
  DecisionRule: DecisionRule;
  Department: ResolverTypeWrapper<Reference>;
  ExternalId: ResolverTypeWrapper<ExternalId>;
  Facility: ResolverTypeWrapper<Reference>;
  Instant: ResolverTypeWrapper<Scalars['Instant']['output']>;
  InvoicingStatus: InvoicingStatus;
  Item: ResolverTypeWrapper<Reference>;
  LineAcknowledgement: ResolverTypeWrapper<LineAcknowledgement>;
  LineAcknowledgementStatus: LineAcknowledgementStatus;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OrderDocumentStatus: OrderDocumentStatus;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Priority: Priority;
  Provenance: ResolverTypeWrapper<ProvenanceRecord>;
  PurchaseOrder: ResolverTypeWrapper<PurchaseOrderRecord>;
  PurchaseOrderConnection: ResolverTypeWrapper<PurchaseOrderPage>;
  PurchaseOrderEdge: ResolverTypeWrapper<Omit<PurchaseOrderEdge, 'node'> & { node: ResolversTypes['PurchaseOrder'] }>;
  PurchaseOrderFilter: PurchaseOrderFilter;
  PurchaseOrderLine: ResolverTypeWrapper<PurchaseOrderLineRecord>;
  Quantity: ResolverTypeWrapper<Quantity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Receipt: ResolverTypeWrapper<ReceiptRecord>;
  ReceiptLine: ResolverTypeWrapper<ReceiptLineRecord>;
  ReceiptStatus: ReceiptStatus;
  RejectRequisitionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RejectRequisitionResult']>;
  Requisition: ResolverTypeWrapper<RequisitionRecord>;
  RequisitionApproved: ResolverTypeWrapper<Omit<RequisitionApproved, 'requisition'> & { requisition: ResolversTypes['Requisition'] }>;
  RequisitionBudgetCheck: ResolverTypeWrapper<Omit<RequisitionBudgetCheck, 'sources'> & { sources: ReadonlyArray<ResolversTypes['Provenance']> }>;
  RequisitionChanged: ResolverTypeWrapper<Omit<RequisitionChanged, 'requisition'> & { requisition: ResolversTypes['Requisition'] }>;
  RequisitionConnection: ResolverTypeWrapper<RequisitionPage>;
  RequisitionEdge: ResolverTypeWrapper<Omit<RequisitionEdge, 'node'> & { node: ResolversTypes['Requisition'] }>;
  RequisitionFilter: RequisitionFilter;
  RequisitionLine: ResolverTypeWrapper<RequisitionLineRecord>;
  RequisitionNotFound: ResolverTypeWrapper<RequisitionNotFound>;
  RequisitionRejected: ResolverTypeWrapper<Omit<RequisitionRejected, 'requisition'> & { requisition: ResolversTypes['Requisition'] }>;
  RequisitionStatus: RequisitionStatus;
  Supplier: ResolverTypeWrapper<Reference>;
  SupplyRequest: ResolverTypeWrapper<Reference>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ApprovalStep: ApprovalStepRecord;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  ApprovalStepRecorded: Omit<ApprovalStepRecorded, 'requisition' | 'waitingFor'> & { requisition: ResolversParentTypes['Requisition'], waitingFor: ResolversParentTypes['ApprovalStep'] };
  ApproveRequisitionResult: ResolversUnionTypes<ResolversParentTypes>['ApproveRequisitionResult'];
  ApprovedSource: Omit<ApprovedSource, 'provenance' | 'supplier'> & { provenance: ResolversParentTypes['Provenance'], supplier: ResolversParentTypes['Supplier'] };
  ApprovedSources: Omit<ApprovedSources, 'sources'> & { sources: ReadonlyArray<ResolversParentTypes['ApprovedSource']> };
  Boolean: Scalars['Boolean']['output'];
  CostCenter: Reference;
  ID: Scalars['ID']['output'];
  DecideRequisitionInput: DecideRequisitionInput;
  Decimal: Scalars['Decimal']['output'];
  DecisionRefused: Omit<DecisionRefused, 'requisition'> & { requisition: ResolversParentTypes['Requisition'] };
  Department: Reference;
  ExternalId: ExternalId;
  Facility: Reference;
  Instant: Scalars['Instant']['output'];
  Item: Reference;
  LineAcknowledgement: LineAcknowledgement;
  LocalDate: Scalars['LocalDate']['output'];
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Provenance: ProvenanceRecord;
  PurchaseOrder: PurchaseOrderRecord;
  PurchaseOrderConnection: PurchaseOrderPage;
  PurchaseOrderEdge: Omit<PurchaseOrderEdge, 'node'> & { node: ResolversParentTypes['PurchaseOrder'] };
  PurchaseOrderFilter: PurchaseOrderFilter;
  PurchaseOrderLine: PurchaseOrderLineRecord;
  Quantity: Quantity;
  Query: Record<PropertyKey, never>;
  Receipt: ReceiptRecord;
  ReceiptLine: ReceiptLineRecord;
  RejectRequisitionResult: ResolversUnionTypes<ResolversParentTypes>['RejectRequisitionResult'];
  Requisition: RequisitionRecord;
  RequisitionApproved: Omit<RequisitionApproved, 'requisition'> & { requisition: ResolversParentTypes['Requisition'] };
  RequisitionBudgetCheck: Omit<RequisitionBudgetCheck, 'sources'> & { sources: ReadonlyArray<ResolversParentTypes['Provenance']> };
  RequisitionChanged: Omit<RequisitionChanged, 'requisition'> & { requisition: ResolversParentTypes['Requisition'] };
  RequisitionConnection: RequisitionPage;
  RequisitionEdge: Omit<RequisitionEdge, 'node'> & { node: ResolversParentTypes['Requisition'] };
  RequisitionFilter: RequisitionFilter;
  RequisitionLine: RequisitionLineRecord;
  RequisitionNotFound: RequisitionNotFound;
  RequisitionRejected: Omit<RequisitionRejected, 'requisition'> & { requisition: ResolversParentTypes['Requisition'] };
  Supplier: Reference;
  SupplyRequest: Reference;
};

export type ApprovalStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApprovalStep'] = ResolversParentTypes['ApprovalStep']> = {
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['Instant']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ApprovalStepStatus'], ParentType, ContextType>;
  stepNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ApprovalStepRecordedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApprovalStepRecorded'] = ResolversParentTypes['ApprovalStepRecorded']> = {
  requisition?: Resolver<ResolversTypes['Requisition'], ParentType, ContextType>;
  waitingFor?: Resolver<ResolversTypes['ApprovalStep'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApproveRequisitionResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApproveRequisitionResult'] = ResolversParentTypes['ApproveRequisitionResult']> = {
  __resolveType: TypeResolveFn<'ApprovalStepRecorded' | 'DecisionRefused' | 'RequisitionApproved' | 'RequisitionChanged' | 'RequisitionNotFound', ParentType, ContextType>;
};

export type ApprovedSourceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApprovedSource'] = ResolversParentTypes['ApprovedSource']> = {
  contractNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  minimumQuantity?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  supplier?: Resolver<ResolversTypes['Supplier'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
};

export type ApprovedSourcesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApprovedSources'] = ResolversParentTypes['ApprovedSources']> = {
  checkedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['ApprovedSource']>, ParentType, ContextType>;
  unavailable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CostCenterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CostCenter'] = ResolversParentTypes['CostCenter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DecisionRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionRefused'] = ResolversParentTypes['DecisionRefused']> = {
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requisition?: Resolver<ResolversTypes['Requisition'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['DecisionRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DepartmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ExternalIdResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExternalId'] = ResolversParentTypes['ExternalId']> = {
  system?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FacilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facility'] = ResolversParentTypes['Facility']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export interface InstantScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Instant'], any> {
  name: 'Instant';
}

export type ItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Item'] = ResolversParentTypes['Item'], FederationReferenceType extends FederationReferenceTypes['Item'] = FederationReferenceTypes['Item']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Item']> | FederationReferenceType, FederationReferenceType, ContextType>;
  approvedSources?: Resolver<ResolversTypes['ApprovedSources'], ParentType, ContextType, RequireFields<ItemApprovedSourcesArgs, 'facilityId'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LineAcknowledgementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LineAcknowledgement'] = ResolversParentTypes['LineAcknowledgement']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  promisedDate?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Quantity']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['LineAcknowledgementStatus'], ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  approveRequisition?: Resolver<ResolversTypes['ApproveRequisitionResult'], ParentType, ContextType, RequireFields<MutationApproveRequisitionArgs, 'input'>>;
  rejectRequisition?: Resolver<ResolversTypes['RejectRequisitionResult'], ParentType, ContextType, RequireFields<MutationRejectRequisitionArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProvenanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Provenance'] = ResolversParentTypes['Provenance']> = {
  asOf?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stale?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PurchaseOrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrder'] = ResolversParentTypes['PurchaseOrder'], FederationReferenceType extends FederationReferenceTypes['PurchaseOrder'] = FederationReferenceTypes['PurchaseOrder']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PurchaseOrder']> | FederationReferenceType, FederationReferenceType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  costCenter?: Resolver<Maybe<ResolversTypes['CostCenter']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  displayStatus?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  documentStatus?: Resolver<ResolversTypes['OrderDocumentStatus'], ParentType, ContextType>;
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['ExternalId']>, ParentType, ContextType>;
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invoiceStatus?: Resolver<ResolversTypes['InvoicingStatus'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['PurchaseOrderLine']>, ParentType, ContextType>;
  neededBy?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  promisedDate?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  receiptStatus?: Resolver<ResolversTypes['ReceiptStatus'], ParentType, ContextType>;
  receipts?: Resolver<ReadonlyArray<ResolversTypes['Receipt']>, ParentType, ContextType>;
  requisition?: Resolver<Maybe<ResolversTypes['Requisition']>, ParentType, ContextType>;
  supplier?: Resolver<ResolversTypes['Supplier'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PurchaseOrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrderConnection'] = ResolversParentTypes['PurchaseOrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PurchaseOrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PurchaseOrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrderEdge'] = ResolversParentTypes['PurchaseOrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PurchaseOrder'], ParentType, ContextType>;
};

export type PurchaseOrderLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PurchaseOrderLine'] = ResolversParentTypes['PurchaseOrderLine']> = {
  acknowledgement?: Resolver<Maybe<ResolversTypes['LineAcknowledgement']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  invoicedQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  lineNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  receivedQuantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type QuantityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Quantity'] = ResolversParentTypes['Quantity']> = {
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  approvalsWaitingForMe?: Resolver<ResolversTypes['RequisitionConnection'], ParentType, ContextType, RequireFields<QueryApprovalsWaitingForMeArgs, 'first'>>;
  purchaseOrder?: Resolver<Maybe<ResolversTypes['PurchaseOrder']>, ParentType, ContextType, RequireFields<QueryPurchaseOrderArgs, 'id'>>;
  purchaseOrders?: Resolver<ResolversTypes['PurchaseOrderConnection'], ParentType, ContextType, RequireFields<QueryPurchaseOrdersArgs, 'first'>>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType, RequireFields<QueryReceiptArgs, 'id'>>;
  requisition?: Resolver<Maybe<ResolversTypes['Requisition']>, ParentType, ContextType, RequireFields<QueryRequisitionArgs, 'id'>>;
  requisitions?: Resolver<ResolversTypes['RequisitionConnection'], ParentType, ContextType, RequireFields<QueryRequisitionsArgs, 'first'>>;
};

export type ReceiptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt'], FederationReferenceType extends FederationReferenceTypes['Receipt'] = FederationReferenceTypes['Receipt']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Receipt']> | FederationReferenceType, FederationReferenceType, ContextType>;
  externalIds?: Resolver<ReadonlyArray<ResolversTypes['ExternalId']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ReceiptLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  purchaseOrder?: Resolver<ResolversTypes['PurchaseOrder'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  receivedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReceiptLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceiptLine'] = ResolversParentTypes['ReceiptLine']> = {
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  orderLineNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
};

export type RejectRequisitionResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RejectRequisitionResult'] = ResolversParentTypes['RejectRequisitionResult']> = {
  __resolveType: TypeResolveFn<'DecisionRefused' | 'RequisitionChanged' | 'RequisitionNotFound' | 'RequisitionRejected', ParentType, ContextType>;
};

export type RequisitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Requisition'] = ResolversParentTypes['Requisition'], FederationReferenceType extends FederationReferenceTypes['Requisition'] = FederationReferenceTypes['Requisition']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Requisition']> | FederationReferenceType, FederationReferenceType, ContextType>;
  approvalSteps?: Resolver<ReadonlyArray<ResolversTypes['ApprovalStep']>, ParentType, ContextType>;
  budgetCheck?: Resolver<Maybe<ResolversTypes['RequisitionBudgetCheck']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  costCenter?: Resolver<ResolversTypes['CostCenter'], ParentType, ContextType>;
  department?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
  facility?: Resolver<ResolversTypes['Facility'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['RequisitionLine']>, ParentType, ContextType>;
  neededBy?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offContract?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Priority'], ParentType, ContextType>;
  provenance?: Resolver<ResolversTypes['Provenance'], ParentType, ContextType>;
  purchaseOrders?: Resolver<ReadonlyArray<ResolversTypes['PurchaseOrder']>, ParentType, ContextType>;
  requester?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RequisitionStatus'], ParentType, ContextType>;
  submittedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RequisitionApprovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionApproved'] = ResolversParentTypes['RequisitionApproved']> = {
  requisition?: Resolver<ResolversTypes['Requisition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RequisitionBudgetCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionBudgetCheck'] = ResolversParentTypes['RequisitionBudgetCheck']> = {
  available?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  checkedAt?: Resolver<ResolversTypes['Instant'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Provenance']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RequisitionChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionChanged'] = ResolversParentTypes['RequisitionChanged']> = {
  expectedVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requisition?: Resolver<ResolversTypes['Requisition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RequisitionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionConnection'] = ResolversParentTypes['RequisitionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RequisitionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RequisitionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionEdge'] = ResolversParentTypes['RequisitionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Requisition'], ParentType, ContextType>;
};

export type RequisitionLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionLine'] = ResolversParentTypes['RequisitionLine']> = {
  contract?: Resolver<ResolversTypes['ContractStanding'], ParentType, ContextType>;
  contractNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['Item']>, ParentType, ContextType>;
  lineNumber?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Quantity'], ParentType, ContextType>;
  supplier?: Resolver<Maybe<ResolversTypes['Supplier']>, ParentType, ContextType>;
  unitPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type RequisitionNotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionNotFound'] = ResolversParentTypes['RequisitionNotFound']> = {
  requisitionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RequisitionRejectedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequisitionRejected'] = ResolversParentTypes['RequisitionRejected']> = {
  requisition?: Resolver<ResolversTypes['Requisition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SupplierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Supplier'] = ResolversParentTypes['Supplier'], FederationReferenceType extends FederationReferenceTypes['Supplier'] = FederationReferenceTypes['Supplier']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Supplier']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  purchaseOrders?: Resolver<ResolversTypes['PurchaseOrderConnection'], ParentType, ContextType, RequireFields<SupplierPurchaseOrdersArgs, 'first'>>;
};

export type SupplyRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupplyRequest'] = ResolversParentTypes['SupplyRequest'], FederationReferenceType extends FederationReferenceTypes['SupplyRequest'] = FederationReferenceTypes['SupplyRequest']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SupplyRequest']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requisition?: Resolver<Maybe<ResolversTypes['Requisition']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ApprovalStep?: ApprovalStepResolvers<ContextType>;
  ApprovalStepRecorded?: ApprovalStepRecordedResolvers<ContextType>;
  ApproveRequisitionResult?: ApproveRequisitionResultResolvers<ContextType>;
  ApprovedSource?: ApprovedSourceResolvers<ContextType>;
  ApprovedSources?: ApprovedSourcesResolvers<ContextType>;
  CostCenter?: CostCenterResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  DecisionRefused?: DecisionRefusedResolvers<ContextType>;
  Department?: DepartmentResolvers<ContextType>;
  ExternalId?: ExternalIdResolvers<ContextType>;
  Facility?: FacilityResolvers<ContextType>;
  Instant?: GraphQLScalarType;
  Item?: ItemResolvers<ContextType>;
  LineAcknowledgement?: LineAcknowledgementResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Provenance?: ProvenanceResolvers<ContextType>;
  PurchaseOrder?: PurchaseOrderResolvers<ContextType>;
  PurchaseOrderConnection?: PurchaseOrderConnectionResolvers<ContextType>;
  PurchaseOrderEdge?: PurchaseOrderEdgeResolvers<ContextType>;
  PurchaseOrderLine?: PurchaseOrderLineResolvers<ContextType>;
  Quantity?: QuantityResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  ReceiptLine?: ReceiptLineResolvers<ContextType>;
  RejectRequisitionResult?: RejectRequisitionResultResolvers<ContextType>;
  Requisition?: RequisitionResolvers<ContextType>;
  RequisitionApproved?: RequisitionApprovedResolvers<ContextType>;
  RequisitionBudgetCheck?: RequisitionBudgetCheckResolvers<ContextType>;
  RequisitionChanged?: RequisitionChangedResolvers<ContextType>;
  RequisitionConnection?: RequisitionConnectionResolvers<ContextType>;
  RequisitionEdge?: RequisitionEdgeResolvers<ContextType>;
  RequisitionLine?: RequisitionLineResolvers<ContextType>;
  RequisitionNotFound?: RequisitionNotFoundResolvers<ContextType>;
  RequisitionRejected?: RequisitionRejectedResolvers<ContextType>;
  Supplier?: SupplierResolvers<ContextType>;
  SupplyRequest?: SupplyRequestResolvers<ContextType>;
};

