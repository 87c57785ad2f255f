import type { Interchange, Segment } from './tokenize.ts';

/** One transaction set, ST to SE. */
export interface Transaction {
  /** 855, 856, … */
  readonly set: string;
  /** ST02 */
  readonly control: string;
  readonly segments: readonly Segment[];
  readonly problems: readonly string[];
}

/** One functional group, GS to GE. */
export interface Group {
  readonly gs: Segment;
  readonly transactions: readonly Transaction[];
  readonly problems: readonly string[];
}

/** An interchange taken apart; `problems` are those of ISA and IEA. */
export interface Envelope {
  readonly isa: Segment;
  readonly groups: readonly Group[];
  readonly problems: readonly string[];
}

/** An element; empty when the segment has none there. */
export const element = (segment: Segment | undefined, at: number): string =>
  segment?.elements[at]?.trim() ?? '';

const same = (a: string, b: string): boolean =>
  a !== '' && a.replace(/^0+/, '') === b.replace(/^0+/, '');

interface Block {
  readonly head: Segment;
  readonly body: readonly Segment[];
  readonly tail: Segment | undefined;
}

interface Blocks {
  readonly blocks: readonly Block[];
  /** Segments that stand in no block. */
  readonly strays: readonly Segment[];
}

/** Cuts segments into blocks from each `head` to its `tail`; a block that nobody closes ends where the next begins. */
const blocksOf = (segments: readonly Segment[], head: string, tail: string): Blocks => {
  const blocks: { head: Segment; body: Segment[]; tail: Segment | undefined }[] = [];
  const strays: Segment[] = [];
  for (const segment of segments) {
    const last = blocks.at(-1);
    const open = last !== undefined && last.tail === undefined ? last : undefined;
    if (segment.id === head) blocks.push({ head: segment, body: [], tail: undefined });
    else if (open === undefined) strays.push(segment);
    else if (segment.id === tail) open.tail = segment;
    else open.body.push(segment);
  }
  return { blocks, strays };
};

/** A segment's name for a problem; a question mark for what is none. */
export const segmentName = (text: string): string => (/^[A-Z0-9]{1,3}$/.test(text) ? text : '?');

const strayProblems = (strays: readonly Segment[], place: string): readonly string[] =>
  [...new Set(strays.map((each) => segmentName(each.id)))].map(
    (id) => `${id}: stands outside ${place}; remove it or close what it belongs to.`,
  );

const transactionOf = ({ head, body, tail }: Block): Transaction => {
  const control = element(head, 2);
  const segments = [head, ...body, ...(tail === undefined ? [] : [tail])];
  const problems: string[] = [];
  if (tail === undefined) problems.push('SE: is missing; close the transaction with SE.');
  else {
    if (Number(element(tail, 1)) !== segments.length)
      problems.push(
        `SE: SE01 counts ${safeNumber(element(tail, 1))} segments, there are ${segments.length}; correct the count or send the missing ones.`,
      );
    if (element(tail, 2) !== control)
      problems.push('SE: SE02 is not the control number of ST02; send the same number in both.');
  }
  return { set: element(head, 1), control, segments, problems };
};

const safeNumber = (text: string): string => (/^\d{1,9}$/.test(text) ? text : 'no number of');

const groupOf = ({ head, body, tail }: Block): Group => {
  const { blocks, strays } = blocksOf(body, 'ST', 'SE');
  const problems = [...strayProblems(strays, 'ST and SE')];
  if (tail === undefined) problems.push('GE: is missing; close the group with GE.');
  else {
    if (!same(element(head, 6), element(tail, 2)))
      problems.push('GE: GE02 is not the control number of GS06; send the same number in both.');
    if (Number(element(tail, 1)) !== blocks.length)
      problems.push(
        `GE: GE01 counts ${safeNumber(element(tail, 1))} transactions, there are ${blocks.length}; correct the count.`,
      );
  }
  return { gs: head, transactions: blocks.map(transactionOf), problems };
};

const closingProblems = (isa: Segment, iea: Segment | undefined, groups: number): string[] => {
  if (iea === undefined) return ['IEA: is missing; the interchange was cut off, send it again.'];
  const problems: string[] = [];
  if (!same(element(isa, 13), element(iea, 2)))
    problems.push('IEA: IEA02 is not the control number of ISA13; send the same number in both.');
  if (Number(element(iea, 1)) !== groups)
    problems.push(
      `IEA: IEA01 counts ${safeNumber(element(iea, 1))} groups, there are ${groups}; correct the count.`,
    );
  return problems;
};

/** Takes an interchange apart and checks what its envelopes say against what is there. Null when it has no ISA. */
export const openEnvelope = (interchange: Interchange): Envelope | null => {
  const [isa, ...rest] = interchange.segments;
  if (isa?.id !== 'ISA') return null;
  const iea = rest.find((each) => each.id === 'IEA');
  const { blocks, strays } = blocksOf(
    rest.filter((each) => each !== iea),
    'GS',
    'GE',
  );
  return {
    isa,
    groups: blocks.map(groupOf),
    problems: [
      ...interchange.problems,
      ...closingProblems(isa, iea, blocks.length),
      ...strayProblems(strays, 'GS and GE'),
    ],
  };
};
