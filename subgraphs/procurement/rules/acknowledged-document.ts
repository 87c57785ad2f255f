import { Decimal } from 'decimal.js';

/** One order line with what the supplier has answered about it so far. */
export interface AnsweredLine {
  readonly lineNumber: number;
  readonly ordered: string;
  /** As sent; null while there is no answer. */
  readonly code: string | null;
  /** Null while there is no answer, or when the code is not known. */
  readonly status: string | null;
  /** Null when the supplier did not say. */
  readonly quantity: string | null;
}

/** Where the order document stands after an answer, and what a buyer has to look at. */
export interface AnswerVerdict {
  readonly document: 'ISSUED' | 'ACKNOWLEDGED' | 'ACKNOWLEDGED_WITH_CHANGES' | 'REJECTED';
  /** In words, one per line that was not simply accepted. */
  readonly concerns: readonly string[];
}

const isFullYes = (line: AnsweredLine): boolean =>
  line.status === 'ACCEPTED' &&
  (line.quantity === null || new Decimal(line.quantity).equals(line.ordered));

const isNo = ({ status }: AnsweredLine): boolean => status === 'REJECTED' || status === 'DELETED';

const concern = (line: AnsweredLine): string => {
  if (line.status === null)
    return `Line ${line.lineNumber}: the supplier sent the code ${line.code}, which is not known. Ask the supplier what it means.`;
  const quantity = line.quantity === null ? '' : ` for ${line.quantity} of ${line.ordered}`;
  return `Line ${line.lineNumber}: ${line.status} (${line.code})${quantity}.`;
};

/**
 * Rolls the answers to the lines (X12 855, ACK01) up to the order. A code that is not known never counts as a yes, and the
 * order stays ISSUED while a line has no understood answer.
 */
export const acknowledgedDocument = (lines: readonly AnsweredLine[]): AnswerVerdict => {
  const concerns = lines.filter((line) => line.code !== null && !isFullYes(line)).map(concern);
  if (lines.some(({ status }) => status === null)) return { document: 'ISSUED', concerns };
  if (lines.every(isFullYes)) return { document: 'ACKNOWLEDGED', concerns };
  return {
    document: lines.every(isNo) ? 'REJECTED' : 'ACKNOWLEDGED_WITH_CHANGES',
    concerns,
  };
};
