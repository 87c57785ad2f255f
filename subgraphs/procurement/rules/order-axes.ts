import { Decimal } from 'decimal.js';

/** How much of one line was ordered, came and was billed; decimals in one unit. */
export interface AxisLine {
  readonly ordered: string;
  readonly done: string;
  /** True when something came once and went back. */
  readonly returned?: boolean;
}

export type ReceiptAxis = 'NONE' | 'PARTIAL' | 'FULL' | 'OVER' | 'RETURNED';
export type InvoiceAxis = 'NONE' | 'PARTIAL' | 'FULL' | 'OVER';

const rollUp = (lines: readonly AxisLine[]): InvoiceAxis => {
  const states = lines.map(({ ordered, done }) => new Decimal(done).comparedTo(ordered));
  const begun = lines.some(({ done }) => new Decimal(done).greaterThan(0));
  if (!begun) return 'NONE';
  // One short line keeps the order partial, however much came of the others: a partial receipt never reads as a full one.
  if (states.some((state) => state < 0)) return 'PARTIAL';
  return states.some((state) => state > 0) ? 'OVER' : 'FULL';
};

/** The receipt axis of an order, rolled up from its lines; RETURNED when all that came went back. */
export const receiptAxis = (lines: readonly AxisLine[]): ReceiptAxis => {
  const axis = rollUp(lines);
  return axis === 'NONE' && lines.some(({ returned }) => returned === true) ? 'RETURNED' : axis;
};

/** The invoice axis of an order, rolled up from its lines. */
export const invoiceAxis = (lines: readonly AxisLine[]): InvoiceAxis => rollUp(lines);
