import type { Call, Changes, Quantity } from '../../platform/call.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Money } from '../../platform/money.ts';

/** One line of an order to be placed. */
export interface NewOrderLine {
  /** From 1; the purchasing system keeps the order of lines. */
  readonly lineNumber: number;
  readonly itemLocalId: string;
  readonly description: string;
  readonly quantity: Quantity;
  readonly unitPrice: Money;
}

/** An order to be placed, in the words of the system that will hold it. */
export interface NewOrder {
  /** Our own reference, unique per order; at most 12 characters of A-Z and 0-9, because it must fit every system's searchable field. */
  readonly reference: string;
  readonly supplierLocalId: string;
  /** Plant, warehouse or the like. */
  readonly facilityLocalId: string;
  readonly costCenterLocalId: string;
  readonly currency: string;
  /** YYYY-MM-DD; null when nobody said. */
  readonly neededBy: string | null;
  readonly lines: readonly NewOrderLine[];
}

/** One line of an order as the purchasing system holds it. */
export interface LocalOrderLine {
  /** Our line number, from 1, in the order of the document. */
  readonly lineNumber: number;
  readonly localId: string;
  readonly itemLocalId: string | null;
  readonly description: string;
  readonly quantity: Quantity;
  readonly unitPrice: Money;
  readonly receivedQuantity: Quantity;
  readonly invoicedQuantity: Quantity;
}

/** An order as the purchasing system holds it. */
export interface LocalOrder {
  readonly localId: string;
  readonly number: string;
  /** Our reference; null for an order that somebody made by hand. */
  readonly reference: string | null;
  readonly supplierLocalId: string;
  readonly status: 'DRAFT' | 'APPROVED' | 'ISSUED' | 'CANCELLED' | 'CLOSED';
  readonly currency: string;
  readonly total: Money;
  readonly lines: readonly LocalOrderLine[];
  readonly changedAt: string;
}

/** The purchase orders of one purchasing system. */
export interface PurchaseOrders {
  /** The order that carries our reference; null when there is none. Throws SystemRefused when there are several. */
  readonly findByReference: (reference: string, call: Call) => Promise<LocalOrder | null>;
  /** Looks up by our reference first; creates only when there is none; finishes a half-made one (for example drafted, not confirmed);
      re-reads the result. Placing twice, at any time, gives one order. Returns it ISSUED. */
  readonly place: (order: NewOrder, call: Call) => Promise<LocalOrder>;
  readonly byLocalId: (localId: string, call: Call) => Promise<LocalOrder | null>;
  readonly changedSince: (cursor: string | null, call: Call) => Promise<Changes<LocalOrder>>;
}

/** Goods booked in for one order. */
export interface LocalReceipt {
  readonly localId: string;
  readonly number: string;
  readonly orderLocalId: string;
  readonly receivedAt: string;
  readonly receivedBy: string | null;
  readonly lines: readonly {
    readonly orderLineNumber: number;
    readonly itemLocalId: string | null;
    /** Negative for a cancelled or returned receipt. */
    readonly quantity: Quantity;
  }[];
  readonly changedAt: string;
}

/** The receipts of one system. */
export interface Receipts {
  readonly changedSince: (cursor: string | null, call: Call) => Promise<Changes<LocalReceipt>>;
}

/** A source from which an item may be bought. */
export interface LocalSource {
  readonly itemLocalId: string;
  readonly supplierLocalId: string;
  readonly unitPrice: Money;
  /** Null when the price stands without a contract: then the line is off contract. */
  readonly contractNumber: string | null;
  readonly minimumQuantity: Quantity | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Approved sources and their prices (purchasing info records, product suppliers). */
export interface ApprovedSources {
  readonly forItems: (
    question: {
      readonly itemLocalIds: readonly string[];
      readonly facilityLocalId: string;
      /** YYYY-MM-DD */
      readonly onDate: string;
    },
    call: Call,
  ) => Promise<readonly LocalSource[]>;
}

/** An order as it is sent to a supplier. */
export interface SupplierOrder {
  readonly purchaseOrderId: string;
  /** The number in the purchasing system; the supplier answers with it. */
  readonly number: string;
  readonly orderDate: string;
  readonly currency: string;
  readonly neededBy: string | null;
  readonly supplier: { readonly id: string; readonly name: string };
  readonly shipTo: {
    readonly name: string;
    readonly code: string;
    readonly address: string;
    readonly city: string;
    readonly state: string;
    readonly zip: string;
  };
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly gtin: string | null;
    readonly catalogNumber: string | null;
    readonly description: string;
    readonly quantity: Quantity;
    readonly unitPrice: Money;
  }[];
}

/** What a supplier answered about an order (X12 855). */
export interface OrderAcknowledgement {
  readonly kind: 'ACKNOWLEDGEMENT';
  readonly orderNumber: string;
  /** The supplier's own number for the document; with the sender it makes the document unique. */
  readonly controlNumber: string;
  readonly acknowledgedAt: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    /** As sent, for example IA. */
    readonly code: string;
    /** Null for a code that the rule does not know: it becomes an exception with the code shown, never "accepted". */
    readonly status:
      | 'ACCEPTED'
      | 'BACKORDERED'
      | 'DELETED'
      | 'ON_HOLD'
      | 'REJECTED'
      | 'SUBSTITUTED'
      | 'SCHEDULE_PENDING'
      | null;
    readonly quantity: Quantity | null;
    readonly promisedDate: string | null;
  }[];
}

/** What a supplier says it has sent (X12 856). */
export interface ShipNotice {
  readonly kind: 'SHIP_NOTICE';
  readonly orderNumber: string;
  readonly controlNumber: string;
  /** The number on the ship notice. */
  readonly shipmentNumber: string;
  readonly shippedAt: string;
  readonly expectedDate: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly lines: readonly { readonly lineNumber: number; readonly quantity: Quantity }[];
}

/** What one raw document from a supplier turned out to be. */
export interface SupplierReading {
  /** The trading partner's id as the envelope names it; null when there is no readable envelope. */
  readonly sender: string | null;
  readonly documents: readonly (OrderAcknowledgement | ShipNotice)[];
  /** Each problem names the segment and what to do; empty when the document is sound. */
  readonly problems: readonly string[];
  /** The functional acknowledgement (997) to be sent back; null when the envelope is not readable. */
  readonly functionalAcknowledgement: string | null;
}

/** Orders out to suppliers and their answers in. */
export interface SupplierMessages {
  /** Sends the order (850). The same order sent twice carries the same control number, so that the supplier can see the repetition. */
  readonly sendOrder: (
    order: SupplierOrder,
    call: Call,
  ) => Promise<{ readonly controlNumber: string }>;
  /** Sends a functional acknowledgement (997) back. */
  readonly acknowledge: (sender: string, document: string, call: Call) => Promise<void>;
  /** Reads a raw document; pure, never throws: what is wrong is in `problems`. */
  readonly read: (raw: string) => SupplierReading;
}

/** A person's decision on the approval step that waits. */
export interface Decision {
  readonly requisitionId: string;
  readonly version: number;
  readonly comment: string | null;
}

/** Which rule stands against a decision, and what to do instead. */
export interface DecisionRefusal {
  readonly rule:
    | 'ROLE_REQUIRED'
    | 'OUTSIDE_FACILITY'
    | 'REQUESTER_MAY_NOT_APPROVE'
    | 'NOT_WAITING'
    | 'COMMENT_REQUIRED';
  readonly reason: string;
}

/** What can come of a decision. */
export type DecisionOutcome =
  | { readonly kind: 'APPROVED' }
  | { readonly kind: 'STEP_RECORDED'; readonly waitingForStep: number }
  | { readonly kind: 'REJECTED' }
  | { readonly kind: 'REFUSED'; readonly refusal: DecisionRefusal }
  | { readonly kind: 'CHANGED' }
  | { readonly kind: 'NOT_FOUND' };

/** Decisions on requisitions; implemented by the workflows. */
export interface Approvals {
  readonly approve: (decision: Decision, identity: Identity) => Promise<DecisionOutcome>;
  readonly reject: (decision: Decision, identity: Identity) => Promise<DecisionOutcome>;
}

/** Live sources of one catalogue item at one facility, in the hub's own ids; implemented over ApprovedSources and the crosswalk. */
export interface ItemSources {
  readonly of: (
    question: { readonly itemId: string; readonly facilityId: string },
    call: Call,
  ) => Promise<{
    readonly unavailable: boolean;
    readonly checkedAt: string;
    readonly sources: readonly {
      readonly supplierId: string;
      readonly unitPrice: Money;
      readonly contractNumber: string | null;
      readonly minimumQuantity: Quantity | null;
      readonly validTo: string | null;
      readonly system: string;
    }[];
  }>;
}
