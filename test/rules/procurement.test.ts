import { describe, expect, test } from '@jest/globals';
import type { Identity } from '../../platform/identity.ts';
import { acknowledgedDocument } from '../../subgraphs/procurement/rules/acknowledged-document.ts';
import {
  type ApprovalPolicy,
  approvalRoute,
} from '../../subgraphs/procurement/rules/approval-route.ts';
import { chooseSource, type SourceOffer } from '../../subgraphs/procurement/rules/choose-source.ts';
import { mayApprove, mayReject } from '../../subgraphs/procurement/rules/may-approve.ts';
import { invoiceAxis, receiptAxis } from '../../subgraphs/procurement/rules/order-axes.ts';
import { orderReference } from '../../subgraphs/procurement/rules/order-reference.ts';

describe('the approval route', () => {
  const policy: ApprovalPolicy = {
    id: 'spend',
    version: 3,
    offContractRole: 'buyer',
    dueHours: 24,
    thresholds: [
      { facilityIds: ['north'], upTo: '50', roles: ['nurse'] },
      { facilityIds: 'ALL', upTo: '1000', roles: ['nurse-manager'] },
      { facilityIds: 'ALL', upTo: null, roles: ['nurse-manager', 'department-director'] },
    ],
  };
  const question = { facilityId: 'south', total: '100', offContract: false, extra: null };
  const extra = { role: 'department-director', rule: 'budget-exceeded' };
  test.each([
    ['asks one role for a small amount', {}, ['nurse-manager spend@3']],
    ['still does so at the threshold itself', { total: '1000.00' }, ['nurse-manager spend@3']],
    [
      'asks the director as well one cent above it',
      { total: '1000.01' },
      ['nurse-manager spend@3', 'department-director spend@3'],
    ],
    ['has thresholds of a facility', { facilityId: 'north', total: '50' }, ['nurse spend@3']],
    [
      'goes on to the common ones where those end',
      { facilityId: 'north', total: '51' },
      ['nurse-manager spend@3'],
    ],
    [
      'asks the buyer when a line is off contract',
      { offContract: true },
      ['nurse-manager spend@3', 'buyer spend@3/off-contract'],
    ],
    [
      'asks the role that the budget policy adds',
      { extra },
      ['nurse-manager spend@3', 'department-director budget-exceeded'],
    ],
    [
      'asks nobody twice',
      { total: '5000', extra },
      ['nurse-manager spend@3', 'department-director spend@3'],
    ],
  ])('%s', (_, change, expected) => {
    const steps = approvalRoute({ ...question, ...change }, policy);
    expect(steps.map(({ role, rule }) => `${role} ${rule}`)).toEqual(expected);
  });

  test('is never empty: a gap in the configuration is an error that names it', () => {
    expect(() => approvalRoute(question, { ...policy, thresholds: [] })).toThrow(
      'Approval policy spend@3 has no threshold for 100 at south.',
    );
  });
});

describe('who may decide', () => {
  const maria: Identity = {
    subject: 'u-maria',
    name: 'Maria',
    roles: ['nurse-manager'],
    facilityIds: ['south'],
    clientId: 'console',
  };
  const question = {
    facilityId: 'south',
    status: 'PENDING_APPROVAL',
    requester: 'Nora',
    requesterSubject: 'u-nora',
    waitingRole: 'nurse-manager',
  };
  test.each([
    ['a person with the role', {}, {}, null],
    ['nobody of another facility', {}, { facilityIds: ['north'] }, 'OUTSIDE_FACILITY'],
    ['a person for all facilities', {}, { facilityIds: 'ALL' as const }, null],
    ['nobody without the role', {}, { roles: ['buyer'] }, 'ROLE_REQUIRED'],
    ['not who asked', {}, { subject: 'u-nora' }, 'REQUESTER_MAY_NOT_APPROVE'],
    ['not who asked, under another login', {}, { name: 'NORA' }, 'REQUESTER_MAY_NOT_APPROVE'],
    ['nobody after it was decided', { status: 'APPROVED' }, {}, 'NOT_WAITING'],
    ['nobody where no step waits', { waitingRole: null }, {}, 'NOT_WAITING'],
    [
      'nobody elsewhere, who is told only that',
      { status: 'APPROVED' },
      { facilityIds: [] },
      'OUTSIDE_FACILITY',
    ],
  ])('%s', (_, change, who, expected) => {
    const refusal = mayApprove({ ...question, ...change }, { ...maria, ...who });
    expect(refusal?.rule ?? null).toBe(expected);
  });

  test.each([
    ['a no without a word is refused', null, 'COMMENT_REQUIRED'],
    ['a no of blanks is refused', '  ', 'COMMENT_REQUIRED'],
    ['a no with a reason is taken', 'Use the stock.', null],
  ])('%s', (_, comment, expected) => {
    expect(mayReject(question, maria, comment)?.rule ?? null).toBe(expected);
  });
});

describe('the axes of an order', () => {
  test.each([
    ['nothing came', [['10', '0']], 'NONE'],
    ['some came', [['10', '4']], 'PARTIAL'],
    [
      'one line is full and another is not',
      [
        ['10', '10'],
        ['5', '0'],
      ],
      'PARTIAL',
    ],
    [
      'one line has too much and another is short',
      [
        ['10', '12'],
        ['5', '4'],
      ],
      'PARTIAL',
    ],
    [
      'all came',
      [
        ['10', '10.000'],
        ['5', '5'],
      ],
      'FULL',
    ],
    [
      'too much came',
      [
        ['10', '10'],
        ['5', '6'],
      ],
      'OVER',
    ],
    ['a fraction is missing', [['0.3', '0.299999']], 'PARTIAL'],
  ] as const)('%s', (_, lines, expected) => {
    const rows = lines.map(([ordered, done]) => ({ ordered, done }));
    expect(receiptAxis(rows)).toBe(expected);
    expect(invoiceAxis(rows)).toBe(expected);
  });

  test('all that came went back', () => {
    expect(receiptAxis([{ ordered: '10', done: '0', returned: true }])).toBe('RETURNED');
    expect(receiptAxis([{ ordered: '10', done: '4', returned: true }])).toBe('PARTIAL');
  });
});

describe("the supplier's answer", () => {
  const line = { lineNumber: 1, ordered: '10', code: 'IA', status: 'ACCEPTED', quantity: '10' };
  const silent = { ...line, lineNumber: 2, code: null, status: null, quantity: null };
  const rejected = { ...line, code: 'IR', status: 'REJECTED' };
  const unknown = { ...line, code: 'ZZ', status: null };
  test.each([
    ['yes to all', [line], 'ACKNOWLEDGED', 0],
    ['yes without a quantity', [{ ...line, quantity: null }], 'ACKNOWLEDGED', 0],
    ['yes to less', [{ ...line, quantity: '6' }], 'ACKNOWLEDGED_WITH_CHANGES', 1],
    ['later', [{ ...line, code: 'IB', status: 'BACKORDERED' }], 'ACKNOWLEDGED_WITH_CHANGES', 1],
    ['no to all', [rejected, { ...rejected, code: 'ID', status: 'DELETED' }], 'REJECTED', 2],
    ['no to one', [line, rejected], 'ACKNOWLEDGED_WITH_CHANGES', 1],
    ['a line has no answer yet', [line, silent], 'ISSUED', 0],
    ['a code that is not known is no yes', [line, unknown], 'ISSUED', 1],
  ])('%s', (_, lines, document, concerns) => {
    const verdict = acknowledgedDocument(lines);
    expect(verdict.document).toBe(document);
    expect(verdict.concerns).toHaveLength(concerns);
  });

  test('shows an unknown code', () => {
    expect(acknowledgedDocument([unknown]).concerns[0]).toContain('ZZ');
  });
});

describe('the source to buy from', () => {
  const offer: SourceOffer = {
    supplierLocalId: 'B',
    unitPrice: { amount: '10', currency: 'USD' },
    contractNumber: null,
    minimumQuantity: null,
    validFrom: null,
    validTo: null,
  };
  const contract: SourceOffer = {
    ...offer,
    supplierLocalId: 'K',
    contractNumber: 'C-1',
    unitPrice: { amount: '11', currency: 'USD' },
  };
  const wanted = { quantity: '5', onDate: '2026-11-23' };
  test.each([
    ['is the contract, even at a higher price', [offer, contract], 'K ON_CONTRACT'],
    [
      'is the best price among equals',
      [offer, { ...offer, supplierLocalId: 'A', unitPrice: { amount: '9.999', currency: 'USD' } }],
      'A OFF_CONTRACT',
    ],
    [
      'is the first supplier by id at the same price',
      [offer, { ...offer, supplierLocalId: 'A' }],
      'A OFF_CONTRACT',
    ],
    [
      'still holds on the last day of its contract',
      [{ ...contract, validTo: '2026-11-23' }],
      'K ON_CONTRACT',
    ],
    [
      'is not a contract that ended yesterday',
      [offer, { ...contract, validTo: '2026-11-22' }],
      'B OFF_CONTRACT',
    ],
    [
      'is not one that begins tomorrow',
      [offer, { ...contract, validFrom: '2026-11-24' }],
      'B OFF_CONTRACT',
    ],
    [
      'is not one whose minimum is not reached',
      [offer, { ...contract, minimumQuantity: { value: '6' } }],
      'B OFF_CONTRACT',
    ],
    ['is none when there is none', [], null],
  ])('%s', (_, offers, expected) => {
    const choice = chooseSource(offers, wanted);
    const words = choice && `${choice.source.supplierLocalId} ${choice.contract}`;
    expect(words).toBe(expected);
  });
});

test('the reference of an order is always the same 12 characters, another for another supplier', () => {
  expect(orderReference('r-1', 's-1')).toMatch(/^[A-Z0-9]{12}$/);
  expect(orderReference('r-1', 's-1')).toBe(orderReference('r-1', 's-1'));
  const all = Array.from({ length: 20_000 }, (_, n) => orderReference(`r-${n}`, `s-${n % 7}`));
  expect(new Set(all).size).toBe(all.length);
});
