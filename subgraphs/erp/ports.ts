import type { Call, Changes, Quantity } from '../../platform/call.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Money } from '../../platform/money.ts';

/* A `localId` is an identifier as the connected system writes it. Connectors know nothing of the hub's own ids: the crosswalk
   translates, and names what it cannot translate. */

/** A supplier as the finance system governs it. */
export interface LocalSupplier {
  readonly localId: string;
  readonly name: string;
  readonly status: 'ACTIVE' | 'ON_HOLD' | 'INACTIVE';
  readonly duns: string | null;
  readonly changedAt: string;
}

/** The supplier master of one finance system. */
export interface Suppliers {
  readonly changedSince: (cursor: string | null, call: Call) => Promise<Changes<LocalSupplier>>;
}

/** An item as the finance system's item master holds it. */
export interface LocalItem {
  readonly localId: string;
  readonly gtin: string | null;
  readonly description: string;
  readonly brand: string | null;
  readonly catalogNumber: string | null;
  readonly manufacturer: string | null;
  readonly gmdnTerm: string | null;
  /** UN/ECE Recommendation 20 code of the base unit, for example EA. */
  readonly unit: string;
  readonly changedAt: string;
}

/** The item master of one finance system. */
export interface Items {
  readonly changedSince: (cursor: string | null, call: Call) => Promise<Changes<LocalItem>>;
}

/** A cost centre as the finance system holds it. */
export interface LocalCostCenter {
  readonly localId: string;
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
}

/** The cost centres of one finance system; few enough to read whole. */
export interface CostCenters {
  readonly all: (call: Call) => Promise<readonly LocalCostCenter[]>;
}

/** What a cost centre has spent and bound, in the finance system's own currency. */
export interface LedgerPosition {
  readonly actual: Money;
  /** Open orders not yet invoiced. */
  readonly openOrders: Money;
  /** When the finance system answered. */
  readonly asOf: string;
}

/** Actuals and open orders, always read live. */
export interface Ledger {
  /** Throws SystemRefused when the cost centre does not exist there: a missing account fails loudly. */
  readonly position: (
    costCenter: { readonly localId: string; readonly fiscalYear: number },
    call: Call,
  ) => Promise<LedgerPosition>;
}

/** One line of a supplier's bill. */
export interface LocalInvoiceLine {
  readonly lineNumber: number;
  readonly orderLineNumber: number | null;
  readonly itemLocalId: string | null;
  readonly quantity: Quantity;
  readonly unitPrice: Money;
}

/** A supplier's bill as the finance system holds it. */
export interface LocalInvoice {
  readonly localId: string;
  /** The number the supplier printed on it. */
  readonly number: string;
  readonly supplierLocalId: string;
  /** The order it bills, by the finance system's id; null when it names none. */
  readonly orderLocalId: string | null;
  readonly status: 'RECEIVED' | 'APPROVED_FOR_PAYMENT' | 'PAID' | 'VOIDED';
  readonly invoiceDate: string;
  readonly total: Money;
  readonly lines: readonly LocalInvoiceLine[];
  readonly changedAt: string;
}

/** The supplier invoices of one finance system. */
export interface Invoices {
  readonly changedSince: (cursor: string | null, call: Call) => Promise<Changes<LocalInvoice>>;
}

/** What the finance side says about a budget; every figure is null when it could not be read. */
export interface BudgetVerdictRecord {
  readonly verdict: 'AVAILABLE' | 'EXCEEDED' | 'NO_BUDGET' | 'UNAVAILABLE';
  readonly requested: Money | null;
  readonly budget: Money | null;
  readonly preEncumbered: Money | null;
  readonly encumbered: Money | null;
  readonly actual: Money | null;
  readonly available: Money | null;
  readonly checkedAt: string;
  /** The governed file and its version date. */
  readonly budgetSource: {
    readonly source: string;
    readonly asOf: string;
    readonly stale: boolean;
  } | null;
  readonly actualsSource: {
    readonly source: string;
    readonly asOf: string;
    readonly stale: boolean;
  } | null;
  readonly reason: string;
}

/** Checks a budget live, within a deadline. Implemented over Ledger, the governed budget file and the hub's own open requisitions. */
export interface Budgets {
  /** Never throws for what the finance system did: that is the verdict UNAVAILABLE. `except` leaves one requisition's own hold out. */
  readonly check: (
    question: {
      readonly costCenterId: string;
      readonly amount: Money | null;
      readonly exceptRequisitionId?: string;
    },
    identity: Identity,
    call: Call,
  ) => Promise<BudgetVerdictRecord>;
}
