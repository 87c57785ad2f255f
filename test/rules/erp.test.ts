import { describe, expect, test } from '@jest/globals';
import { money } from '../../platform/money.ts';
import { afterBudget } from '../../subgraphs/erp/rules/after-budget.ts';
import { budgetVerdict } from '../../subgraphs/erp/rules/budget-verdict.ts';
import { fiscalYear } from '../../subgraphs/erp/rules/fiscal-year.ts';
import {
  gtin14,
  isSameSupplier,
  itemIdentity,
  normalisedName,
} from '../../subgraphs/erp/rules/match-master.ts';

const usd = (amount: string) => money(amount, 'USD');

describe('the budget verdict, with a budget of 1,000', () => {
  test.each([
    ['a requisition of 300 leaves 700', '300', '0', '0', '700', 'AVAILABLE'],
    ['its order of 200 leaves as much', '100', '200', '0', '700', 'AVAILABLE'],
    ['its invoice and a requisition of 50 leave 650', '150', '0', '200', '650', 'AVAILABLE'],
    ['what leaves exactly nothing fits', '0', '0', '990', '10', 'AVAILABLE'],
    ['one cent more does not', '0', '0.01', '990', '9.99', 'EXCEEDED'],
    ['an overdrawn budget is below zero', '0', '0', '1100', '-100', 'EXCEEDED'],
  ])('%s', (_, preEncumbered, encumbered, actual, available, verdict) => {
    const answer = budgetVerdict({
      requested: usd('10'),
      budget: usd('1000'),
      preEncumbered: usd(preEncumbered),
      encumbered: usd(encumbered),
      actual: usd(actual),
    });
    expect(answer).toMatchObject({ verdict, available: usd(available) });
  });

  test('no granted budget is a verdict of its own, never zero', () => {
    const nothing = { preEncumbered: usd('0'), encumbered: usd('0'), actual: usd('0') };
    expect(budgetVerdict({ ...nothing, budget: null, requested: usd('1') })).toMatchObject({
      verdict: 'NO_BUDGET',
      available: null,
    });
  });
});

describe('what the policy makes of a verdict', () => {
  const policy = {
    onUnavailable: 'PARK',
    onExceeded: 'ADD_STEP',
    onNoBudget: 'PARK',
    extraRole: 'director',
  } as const;
  const goOn = { kind: 'GO_ON', extraRole: null };
  test.each([
    ['enough goes on', 'AVAILABLE', {}, goOn],
    ['too little asks one more', 'EXCEEDED', {}, { kind: 'GO_ON', extraRole: 'director' }],
    [
      'too little waits where policy says so',
      'EXCEEDED',
      { onExceeded: 'PARK' },
      { kind: 'WAIT', exception: 'BUDGET_EXCEEDED' },
    ],
    ['no budget waits', 'NO_BUDGET', {}, { kind: 'WAIT', exception: 'BUDGET_EXCEEDED' }],
    [
      'no budget asks one more where policy says so',
      'NO_BUDGET',
      { onNoBudget: 'ADD_STEP' },
      { kind: 'GO_ON', extraRole: 'director' },
    ],
    ['no answer waits', 'UNAVAILABLE', {}, { kind: 'WAIT', exception: 'BUDGET_UNAVAILABLE' }],
    [
      'no answer sends back where policy says so',
      'UNAVAILABLE',
      { onUnavailable: 'BLOCK' },
      { kind: 'SEND_BACK', exception: 'BUDGET_UNAVAILABLE' },
    ],
    ['no answer goes on where policy says so', 'UNAVAILABLE', { onUnavailable: 'PROCEED' }, goOn],
  ] as const)('%s', (_, verdict, change, expected) => {
    expect(afterBudget(verdict, { ...policy, ...change })).toEqual(expected);
  });
});

test.each([
  ['the calendar year', '2026-11-23', 1, 2026],
  ['named after its end, from the first day on', '2026-10-01', 10, 2027],
  ['the day before that', '2026-09-30', 10, 2026],
])('the fiscal year is %s', (_, day, start, expected) => {
  expect(fiscalYear(day, start)).toBe(expected);
});

describe('which masters are the same', () => {
  test.each([
    ['Acme Medical, Inc.', 'acme medical'],
    ['ACME  MEDICAL INCORPORATED', 'acme medical'],
    ['Müller & Söhne GmbH', 'muller sohne'],
  ])('%s is %s', (name, expected) => expect(normalisedName(name)).toBe(expected));

  test.each([
    ['the same number under two names', ['A', '123456789'], ['B', '123456789'], true],
    ['two numbers under one name', ['A', '123456789'], ['A', '987654321'], false],
    ['the same name where one has no number', ['Acme Inc', null], ['ACME', '123456789'], true],
    ['two names without a number', ['Acme', null], ['Beta', null], false],
  ] as const)('%s', (_, [a, x], [b, y], expected) => {
    expect(isSameSupplier({ name: a, duns: x }, { name: b, duns: y })).toBe(expected);
  });

  test.each([
    ['14 digits', '04006501003638', '04006501003638'],
    ['13 digits', '4006501003638', '04006501003638'],
    ['a wrong check digit', '04006501003639', null],
    ['another length', '40065010036', null],
    ['letters', 'A4006501003638', null],
  ])('a GTIN of %s', (_, given, expected) => expect(gtin14(given)).toBe(expected));

  test.each([
    ['by its GTIN', { gtin: '4006501003638' }, 'item-04006501003638'],
    ['by catalogue number and words without one', { gtin: null }, 'item-bt-1-blue-tubes'],
    ['not by a GTIN that cannot be one', { gtin: '123' }, 'item-bt-1-blue-tubes'],
  ])('an item is known %s', (_, change, expected) => {
    const item = { catalogNumber: 'BT-1', description: 'Blue tubes', ...change };
    expect(itemIdentity(item)).toBe(expected);
  });
});
