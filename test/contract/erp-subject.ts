import { setTimeout as wait } from 'node:timers/promises';
import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import { SystemUnavailable } from '../../platform/system-error.ts';
import type { LocalOrder, NewOrder } from '../../subgraphs/procurement/ports.ts';
import type { ConnectedErp } from '../../workflows/systems.ts';

/** What can be made to go wrong in a source; the same words for every sandbox. */
export interface ContractFault {
  readonly kind: 'commit-and-drop' | 'throttle' | 'unavailable' | 'hang' | 'slow' | 'error-body';
  readonly rate: number;
  readonly seed: number;
  readonly onlyWrites?: boolean;
  readonly retryAfterSeconds?: number | null;
}

/** What the source knows before the suite begins, in its own ids. */
export interface ErpSample {
  readonly currency: string;
  readonly facility: string;
  readonly supplier: {
    readonly localId: string;
    readonly name: string;
    readonly duns: string | null;
  };
  readonly item: {
    readonly localId: string;
    readonly gtin: string | null;
    readonly description: string;
    readonly catalogNumber: string | null;
    readonly unit: string;
    readonly onHand: string;
  };
  readonly otherItem: { readonly localId: string; readonly unit: string };
  readonly costCenter: { readonly localId: string; readonly name: string };
  /** Posted to the cost centre in the fiscal year. */
  readonly actual: { readonly fiscalYear: number; readonly amount: string };
  /** The price of `item` from `supplier`, valid today under a contract, and the last day of it. */
  readonly source: {
    readonly price: string;
    readonly contractNumber: string | null;
    readonly minimumQuantity: string | null;
    readonly validTo: string;
  };
  /** Ids that the source does not know. */
  readonly unknown: {
    readonly supplier: string;
    readonly costCenter: string;
    readonly order: string;
  };
}

/** One connector and the means to look behind it. */
export interface ErpUnderTest {
  readonly erp: ConnectedErp;
  readonly sample: ErpSample;
  /** The source's own books, not read through the connector. */
  readonly ordersOf: (reference: string) => Promise<readonly string[]> | readonly string[];
  /** A warehouse clerk books goods in. */
  readonly receive: (
    orderNumber: string,
    lines: readonly { lineNumber: number; quantity: string }[],
  ) => Promise<unknown> | unknown;
  /** A supplier's bill is entered. */
  readonly invoice: (
    orderNumber: string,
    bill: {
      number: string;
      lines: readonly { lineNumber: number; quantity: string; unitPrice: string }[];
    },
  ) => Promise<unknown> | unknown;
  /** An order as an earlier attempt left it: in the books, with our reference, not yet issued. */
  readonly halfMake: (order: NewOrder) => Promise<unknown>;
  readonly faults: (plan: ContractFault | readonly ContractFault[] | null) => void;
  readonly close: () => Promise<void>;
}

/** A call that ends after so many milliseconds. */
export const within = (ms: number): Call => ({ signal: AbortSignal.timeout(ms) });
/** Decimals, not texts: 100, 100.0 and 1e2 are equal. */
export const equal = (a: string, b: string): boolean => new Decimal(a).equals(b);

/** Calls again as the durable layer does: only after failures that say they may be retried. */
export const untilDone = async <T>(call: () => Promise<T>, attempts = 40): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof SystemUnavailable) || !error.retryable || attempt === attempts)
        throw error;
      await wait(error.retryAfterMs ?? 5);
    }
  }
};

/** What was thrown; a text when nothing was, so that no check passes by accident. */
export const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );

/** The suite's own view of a subject that is started later. */
export interface ErpStage {
  readonly subject: () => ErpUnderTest;
  readonly newReference: () => string;
  /** Two lines, 130 in all; `change` replaces what a test is about. */
  readonly newOrder: (change?: Partial<NewOrder>) => NewOrder;
  readonly place: (order: NewOrder) => Promise<LocalOrder>;
}

/** Orders with references that no other run has used. */
export const erpStage = (subject: () => ErpUnderTest): ErpStage => {
  let count = 0;
  const newReference = (): string => {
    count += 1;
    return `T${Date.now().toString(36).slice(-6)}${String(count).padStart(4, '0')}`.toUpperCase();
  };
  const newOrder = (change: Partial<NewOrder> = {}): NewOrder => {
    const { sample } = subject();
    return {
      reference: newReference(),
      supplierLocalId: sample.supplier.localId,
      facilityLocalId: sample.facility,
      costCenterLocalId: sample.costCenter.localId,
      currency: sample.currency,
      neededBy: '2026-12-24',
      lines: [
        {
          lineNumber: 1,
          itemLocalId: sample.item.localId,
          description: 'First line',
          quantity: { value: '10', unit: sample.item.unit },
          unitPrice: { amount: '12.5', currency: sample.currency },
        },
        {
          lineNumber: 2,
          itemLocalId: sample.otherItem.localId,
          description: 'Second line',
          quantity: { value: '400', unit: sample.otherItem.unit },
          unitPrice: { amount: '0.0125', currency: sample.currency },
        },
      ],
      ...change,
    };
  };
  return {
    subject,
    newReference,
    newOrder,
    place: (order) => subject().erp.purchaseOrders.place(order, within(20_000)),
  };
};
