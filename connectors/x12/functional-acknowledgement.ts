import { dayOf } from './elements.ts';
import { element, type Group, type Transaction } from './envelope.ts';
import type { Segment } from './tokenize.ts';
import { clean, controlNumberOf, interchange, segment, transaction } from './write-segments.ts';

/** What became of one group: which of its transactions were accepted. */
export interface Verdict {
  readonly group: Group;
  /** Of the group and the interchange around it. */
  readonly problems: readonly string[];
  readonly transactions: readonly {
    readonly transaction: Transaction;
    readonly accepted: boolean;
    /** The segments that the set may hold; undefined for a set that the hub does not read. */
    readonly known: ReadonlySet<string> | undefined;
  }[];
}

type Judged = Verdict['transactions'][number];

/** AK5-02 (718): 1 set not supported, 3 control numbers differ, 4 segment count, 5 one or more segments in error. */
const reasonOf = ({ transaction: { problems }, known }: Judged): string => {
  if (known === undefined) return '1';
  if (problems.some((each) => each.includes('SE02'))) return '3';
  if (problems.some((each) => each.includes('SE01'))) return '4';
  return problems.length > 0 ? '2' : '5';
};

/** AK3 for each segment that the set does not know: 2 is "unexpected segment". */
const unexpected = ({ transaction: { segments }, known }: Judged): readonly string[] =>
  segments.flatMap((each, at) =>
    known === undefined || known.has(each.id)
      ? []
      : [segment('AK3', clean(each.id, 3), String(at + 1), '', '2')],
  );

const transactionSegments = (judged: Judged): readonly string[] => [
  segment('AK2', clean(judged.transaction.set, 3), clean(judged.transaction.control, 9)),
  ...(judged.accepted ? [] : unexpected(judged).slice(0, 20)),
  judged.accepted ? segment('AK5', 'A') : segment('AK5', 'R', reasonOf(judged)),
];

const groupVerdict = (accepted: number, verdict: Verdict): string => {
  if (verdict.problems.length > 0 || accepted === 0) return 'R';
  return accepted === verdict.transactions.length ? 'A' : 'P';
};

/** AK905 (716): 4 control numbers differ, 5 the count of transactions differs, 3 the group is not closed. */
const groupReason = (problems: readonly string[]): string => {
  if (problems.some((each) => each.includes('GE02'))) return '4';
  if (problems.some((each) => each.includes('GE01'))) return '5';
  return problems.some((each) => each.startsWith('GE:')) ? '3' : '';
};

const groupBody = (verdict: Verdict): readonly string[] => {
  const { gs } = verdict.group;
  const accepted = verdict.transactions.filter((each) => each.accepted).length;
  const count = String(verdict.transactions.length);
  return [
    segment('AK1', clean(element(gs, 1), 2), clean(element(gs, 6), 9)),
    ...verdict.transactions.flatMap(transactionSegments),
    segment(
      'AK9',
      groupVerdict(accepted, verdict),
      count,
      count,
      String(accepted),
      groupReason(verdict.problems),
    ),
  ];
};

/**
 * The 997 that answers an interchange, one transaction per group of it; null when there is nothing to answer. A 997 itself is
 * never answered (X12.20). It carries the date of what it answers, so that reading twice gives the same text.
 */
export const functionalAcknowledgement = (
  isa: Segment,
  verdicts: readonly Verdict[],
): string | null => {
  const answered = verdicts.filter(({ group }) => element(group.gs, 1) !== 'FA');
  if (answered.length === 0) return null;
  const day = dayOf(element(isa, 9));
  const date = day === null ? '20000101' : day.replaceAll('-', '');
  const time = /^([01]\d|2[0-3])[0-5]\d$/.test(element(isa, 10)) ? element(isa, 10) : '0000';
  const control = controlNumberOf(`997|${element(isa, 6)}|${element(isa, 13)}`);
  const groups = answered.map((verdict, at) => {
    const { gs } = verdict.group;
    const number = String(at + 1);
    return [
      segment(
        'GS',
        'FA',
        clean(element(gs, 3), 15),
        clean(element(gs, 2), 15),
        date,
        time,
        number,
        'X',
        '005010',
      ),
      transaction('997', number.padStart(4, '0'), groupBody(verdict)),
      segment('GE', '1', number),
    ].join('');
  });
  return interchange({
    parties: [element(isa, 7), element(isa, 8), element(isa, 5), element(isa, 6)],
    date,
    time,
    control,
    usage: element(isa, 15),
    groups,
  });
};
