import type { OrderAcknowledgement } from '../../subgraphs/procurement/ports.ts';
import { dayOf, decimalOf, instantOf, lineNumberOf, shown, unitOf } from './elements.ts';
import { element, type Transaction } from './envelope.ts';
import type { Segment } from './tokenize.ts';

type Line = OrderAcknowledgement['lines'][number];

/** ACK01 (data element 668); any other code is an exception with the code shown. */
const statuses: ReadonlyMap<string, Line['status']> = new Map([
  ['IA', 'ACCEPTED'],
  ['IB', 'BACKORDERED'],
  ['ID', 'DELETED'],
  ['IH', 'ON_HOLD'],
  ['IR', 'REJECTED'],
  ['IS', 'SUBSTITUTED'],
  ['SP', 'SCHEDULE_PENDING'],
]);

/** BAK02 codes that speak for every line: accepted with detail and no change, accepted, rejected. */
const wholeOrder: ReadonlyMap<string, Line['status']> = new Map([
  ['AD', 'ACCEPTED'],
  ['AT', 'ACCEPTED'],
  ['RD', 'REJECTED'],
  ['RJ', 'REJECTED'],
]);

interface Position {
  readonly po1: Segment;
  readonly parts: readonly Segment[];
}

const positionsOf = (segments: readonly Segment[]): readonly Position[] => {
  const positions: { po1: Segment; parts: Segment[] }[] = [];
  for (const segment of segments) {
    if (segment.id === 'PO1') positions.push({ po1: segment, parts: [] });
    else if (segment.id === 'CTT') break;
    else positions.at(-1)?.parts.push(segment);
  }
  return positions;
};

interface Reading {
  readonly lines: readonly Line[];
  readonly problems: readonly string[];
}

const ackLine = (ack: Segment, lineNumber: number): Reading => {
  const code = element(ack, 1);
  const amount = element(ack, 2);
  const date = element(ack, 5);
  const value = decimalOf(amount);
  const promisedDate = dayOf(date);
  const place = `ACK of line ${lineNumber}`;
  const problems = [
    ...(code === '' ? [`${place}: ACK01 is empty; send the line's status code.`] : []),
    ...(amount !== '' && value === null
      ? [`${place}: ACK02 is not a number; send the quantity.`]
      : []),
    ...(date !== '' && promisedDate === null
      ? [`${place}: ACK05 is not a day of the calendar; send it as CCYYMMDD.`]
      : []),
  ];
  const quantity = value === null ? null : { value, unit: unitOf(element(ack, 3)) };
  const status = statuses.get(code) ?? null;
  // A code is at most two characters; what is longer is no code and is not repeated.
  return { lines: [{ lineNumber, code: shown(code), status, quantity, promisedDate }], problems };
};

const positionLines = ({ po1, parts }: Position, bak02: string): Reading => {
  const lineNumber = lineNumberOf(element(po1, 1));
  if (lineNumber === null)
    return {
      lines: [],
      problems: ['PO1: PO101 is not a line number; send the line number of the 850.'],
    };
  const acks = parts.filter((each) => each.id === 'ACK').map((ack) => ackLine(ack, lineNumber));
  if (acks.length > 0)
    return {
      lines: acks.flatMap((each) => each.lines),
      problems: acks.flatMap((each) => each.problems),
    };
  const status = wholeOrder.get(bak02);
  if (status === undefined)
    return {
      lines: [],
      problems: [`PO1: line ${lineNumber} has no ACK; send an ACK segment with its status.`],
    };
  const value = decimalOf(element(po1, 2));
  const quantity = value === null ? null : { value, unit: unitOf(element(po1, 3)) };
  return {
    lines: [{ lineNumber, code: bak02, status, quantity, promisedDate: null }],
    problems: [],
  };
};

const headProblems = (bak: Segment | undefined): readonly string[] => {
  if (bak === undefined) return ['BAK: is missing; begin the 855 with BAK.'];
  return element(bak, 3) === ''
    ? ['BAK: BAK03 is empty; send the number of the purchase order.']
    : [];
};

const countProblems = (transaction: Transaction, positions: number): readonly string[] => {
  const counted = element(
    transaction.segments.find((each) => each.id === 'CTT'),
    1,
  );
  return counted === '' || Number(counted) === positions
    ? []
    : [
        `CTT: CTT01 is not the number of PO1 lines (${positions}); correct it or send the missing lines.`,
      ];
};

const emptyProblems = (bak: Segment | undefined, positions: number): readonly string[] =>
  bak !== undefined && positions === 0
    ? ['PO1: there are no lines; send PO1 and ACK for each line of the order (BAK02 with detail).']
    : [];

/** Reads an 855; `controlNumber` names the document. Its document is null when there are problems. */
export const readAcknowledgement = (
  transaction: Transaction,
  gs: Segment,
  controlNumber: string,
): { readonly document: OrderAcknowledgement | null; readonly problems: readonly string[] } => {
  const bak = transaction.segments.find((each) => each.id === 'BAK');
  const positions = positionsOf(transaction.segments);
  const readings = positions.map((each) => positionLines(each, element(bak, 2)));
  const acknowledgedAt =
    instantOf(element(gs, 4), element(gs, 5)) ?? instantOf(element(bak, 9) || element(bak, 4), '');
  const problems = [
    ...headProblems(bak),
    ...readings.flatMap((each) => each.problems),
    ...emptyProblems(bak, positions.length),
    ...countProblems(transaction, positions.length),
    ...(acknowledgedAt === null
      ? ['GS: GS04 is not a day of the calendar; send it as CCYYMMDD.']
      : []),
  ];
  if (problems.length > 0 || acknowledgedAt === null) return { document: null, problems };
  const document: OrderAcknowledgement = {
    kind: 'ACKNOWLEDGEMENT',
    orderNumber: element(bak, 3),
    controlNumber,
    acknowledgedAt,
    lines: readings.flatMap((each) => each.lines),
  };
  return { document, problems };
};
