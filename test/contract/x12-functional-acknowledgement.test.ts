import { describe, expect, test } from '@jest/globals';
import { type X12Interchange, X12Parser } from 'node-x12';
import { readInterchanges } from '../../connectors/x12/read-interchanges.ts';
import { acknowledged, interchange } from './x12-document.ts';

/** The segments of a 997 as a reader of others' making sees them. */
const segmentsOf = (text: string | null): string[] => {
  const parsed = new X12Parser(true).parse(text ?? '');
  const interchanges = Array.isArray(parsed) ? Array.from<X12Interchange>(parsed) : [parsed];
  return interchanges.flatMap((each) =>
    each.functionalGroups.flatMap((group) =>
      group.transactions.flatMap((transaction) =>
        transaction.segments.map((segment) =>
          [segment.tag, ...segment.elements.map((element) => element.value)].join('*'),
        ),
      ),
    ),
  );
};

describe('the functional acknowledgement', () => {
  test.each([
    [
      'accepts a sound transaction',
      interchange(),
      ['AK1*PR*7', 'AK2*855*0001', 'AK5*A', 'AK9*A*1*1*1'],
    ],
    [
      'rejects a wrong count',
      interchange({ se01: '3' }),
      ['AK1*PR*7', 'AK2*855*0001', 'AK5*R*4', 'AK9*R*1*1*0'],
    ],
    [
      'rejects a set nobody reads',
      interchange({ set: '810' }),
      ['AK1*PR*7', 'AK2*810*0001', 'AK5*R*1', 'AK9*R*1*1*0'],
    ],
    [
      'names the unexpected segment',
      interchange({ body: [...acknowledged, 'ISR*1'] }),
      ['AK1*PR*7', 'AK2*855*0001', 'AK3*ISR*9**2', 'AK5*R*5', 'AK9*R*1*1*0'],
    ],
    [
      'rejects the group when its numbers differ',
      interchange({ ge02: '8' }),
      ['AK1*PR*7', 'AK2*855*0001', 'AK5*R*5', 'AK9*R*1*1*0*4'],
    ],
  ])('%s', (_, raw, expected) => {
    expect(segmentsOf(readInterchanges(raw).functionalAcknowledgement)).toEqual(expected);
  });

  test('goes from us to the sender, and is the same when read twice', () => {
    const text = readInterchanges(interchange()).functionalAcknowledgement;
    expect(text).toBe(readInterchanges(interchange()).functionalAcknowledgement);
    expect(text).toContain('*ZZ*SYNCLINE       *ZZ*SUPPLIER       *');
    expect(text?.indexOf('~')).toBe(105);
  });

  test('answers each of two interchanges', () => {
    const two = interchange() + interchange({ isa13: '000000043', iea02: '000000043', se01: '1' });
    const answer = segmentsOf(readInterchanges(two).functionalAcknowledgement);
    expect(answer.filter((each) => each.startsWith('AK5'))).toEqual(['AK5*A', 'AK5*R*4']);
  });

  test('is never answered itself, but its rejection is a problem', () => {
    const body = ['AK1*PO*7', 'AK2*850*0001', 'AK5*R*5', 'AK9*R*1*1*0'];
    const reading = readInterchanges(interchange({ set: '997', group: 'FA', body }));
    expect(reading.functionalAcknowledgement).toBeNull();
    expect(reading.problems).toEqual([
      expect.stringMatching(/^AK5: the supplier rejected the 850 with ST02 0001/),
    ]);
  });
});
