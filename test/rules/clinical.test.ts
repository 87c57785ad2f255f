import { expect, test } from '@jest/globals';
import { isOutdated } from '../../subgraphs/clinical/rules/is-outdated.ts';
import { wardReport } from '../../subgraphs/clinical/rules/ward-report.ts';

test.each([
  ['2', '10', true],
  ['10', '2', false],
  ['2', '2', false],
  ['5f0c', '7a11', false],
])('version %s after %s is outdated: %s', (version, known, expected) => {
  expect(isOutdated(version, known)).toBe(expected);
});

const requisition = { number: 'R-1', status: 'ORDERED', endedReason: null };
const line = {
  number: '4500',
  documentStatus: 'ISSUED',
  ordered: '10.000',
  received: '0',
  acknowledgementStatus: null,
  promisedDate: null,
  shipped: false,
};

test.each([
  ['ordered', {}, 'active', 'Ordered as 4500'],
  [
    'acknowledged',
    { acknowledgementStatus: 'ACCEPTED', promisedDate: '2026-11-29' },
    'active',
    'Order 4500 was answered by the supplier: accepted, promised for 2026-11-29',
  ],
  ['shipped', { shipped: true }, 'active', 'Order 4500 is on its way'],
  ['received in part', { received: '6', shipped: true }, 'active', '6 of 10 received'],
  ['received', { received: '10' }, 'completed', '10 of 10 received'],
  [
    'cancelled after a part came',
    { received: '6', documentStatus: 'CANCELLED' },
    'cancelled',
    'Order 4500 was cancelled; 6 of 10 received',
  ],
])('the ward is told of a request that is %s', (_, change, status, summary) => {
  expect(wardReport(requisition, { ...line, ...change })).toEqual({ status, summary });
});

test('the ward is told why a request was not granted', () => {
  const rejected = { ...requisition, status: 'REJECTED', endedReason: 'Use the stock.' };
  expect(wardReport(rejected, null)).toEqual({
    status: 'cancelled',
    summary: 'Requisition R-1 was not granted: Use the stock.',
  });
});
