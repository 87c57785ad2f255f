import { shown } from './elements.ts';
import { element, type Transaction } from './envelope.ts';

/** What a 997 rejects, a problem per rejected transaction; empty when the supplier could read everything. */
export const readRejections = (transaction: Transaction): readonly string[] => {
  const problems: string[] = [];
  let subject = 'a transaction';
  for (const segment of transaction.segments) {
    if (segment.id === 'AK2')
      subject = `the ${shown(element(segment, 1))} with ST02 ${shown(element(segment, 2))}`;
    const verdict = element(segment, 1);
    if (segment.id === 'AK5' && verdict !== 'A' && verdict !== 'E')
      problems.push(
        `AK5: the supplier rejected ${subject} (${shown(verdict)} ${shown(element(segment, 2))}); correct the order's data and send it again.`,
      );
  }
  return problems;
};
