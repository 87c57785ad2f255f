import { describe, expect, test } from '@jest/globals';
import type {
  OpenTrouble,
  RequisitionState,
  StepState,
  SupplyRequestState,
} from '../../subgraphs/operations/document-state.ts';
import {
  invoiceNextAction,
  receiptNextAction,
  requisitionNextAction,
  supplyRequestNextAction,
} from '../../subgraphs/operations/next-action.ts';
import { acknowledged, day, inShort, order, trouble } from '../support/waiting.ts';

const requisition: RequisitionState = {
  id: 'req-1',
  correlationId: 'cor-1',
  status: 'PENDING_APPROVAL',
  targetSystem: 's4-main',
  submittedAt: day(1),
  updatedAt: day(3),
};
const step = (stepNumber: number, status: string): StepState => ({
  requisitionId: 'req-1',
  stepNumber,
  role: `role-${stepNumber}`,
  status,
  rule: 'spend-threshold@2',
  openedAt: day(2),
  dueAt: day(9),
});
const blocked: OpenTrouble = {
  ...trouble,
  kind: 'MISSING_MAPPING',
  ownerRole: 'steward',
  subjectId: 'sr-1',
};
const mapping = ['steward', 'Map the code', day(5), null];
const asks = [step(2, 'PENDING'), step(1, 'APPROVED'), step(3, 'PENDING')];

describe('a requisition', () => {
  test.each<[string, readonly OpenTrouble[], readonly unknown[] | null]>([
    ['DRAFT', [], ['requester', 'Submit the requisition', day(3), null]],
    ['SUBMITTED', [], ['hub', 'Check mappings, budget and sources', day(1), null]],
    ['SUBMITTED', [blocked], mapping],
    ['VALIDATING', [], ['hub', 'Check mappings, budget and sources', day(1), null]],
    ['VALIDATING', [blocked], mapping],
    ['PENDING_APPROVAL', [], ['role-2', 'Approve or reject', day(2), day(9)]],
    ['APPROVED', [], ['s4-main', 'Take the order', day(3), null]],
    ['SOURCING', [], ['s4-main', 'Take the order', day(3), null]],
    ['SOURCING', [blocked], mapping],
    ['PARTIALLY_ORDERED', [], ['s4-main', 'Take the order', day(3), null]],
    ['ORDERED', [], ['supplier', 'Acknowledge the order', day(2), null]],
    ['ORDERED', [trouble], ['buyer', "Decide on the supplier's answer", day(5), null]],
    ['FULFILLED', [], ['supplier', 'Acknowledge the order', day(2), null]],
    ['RETURNED', [], ['requester', 'Change it and submit it again', day(3), null]],
    ['ON_HOLD', [], ['buyer', 'Release or cancel', day(3), null]],
    ['ON_HOLD', [blocked], mapping],
    ['REJECTED', [blocked], null],
    ['WITHDRAWN', [blocked], null],
    ['CANCELLED', [blocked], null],
    ['CLOSED', [blocked], null],
  ])('that is %s with the troubles %j', (status, troubles, expected) => {
    const around = { steps: asks, orders: [order], troubles };
    expect(inShort(requisitionNextAction({ ...requisition, status }, around))).toEqual(expected);
  });

  test('with several orders waits for the one that has waited longest', () => {
    const slow = { ...order, ...acknowledged, id: 'po-2', acknowledgedAt: day(1) };
    const done = { ...order, id: 'po-3', documentStatus: 'CLOSED' };
    const around = { steps: [], orders: [order, slow, done], troubles: [] };
    expect(requisitionNextAction({ ...requisition, status: 'ORDERED' }, around)?.action).toBe(
      'Deliver',
    );
  });

  test('whose orders lack nothing waits for nobody', () =>
    expect(
      requisitionNextAction(
        { ...requisition, status: 'FULFILLED' },
        { steps: [], orders: [], troubles: [] },
      ),
    ).toBeNull());
});

const receipt = {
  id: 'r-1',
  purchaseOrderId: 'po-1',
  receivedAt: day(6),
  orderNumber: '4500000001',
};

test.each<[string, readonly unknown[] | null]>([
  ['NONE', ['supplier', 'Send the invoice', day(6), null]],
  ['PARTIAL', ['supplier', 'Send the invoice', day(6), null]],
  ['FULL', null],
  ['OVER', ['accounts-payable', 'Settle the over-billing', day(6), null]],
])('a receipt of an order whose invoicing is %s', (invoiceStatus, expected) =>
  expect(inShort(receiptNextAction({ ...receipt, invoiceStatus }))).toEqual(expected),
);

const invoice = {
  id: 'i-1',
  number: 'INV-1',
  system: 's4-main',
  invoiceDate: '2026-11-01',
  changedAt: day(7),
};

test.each<[string, string | null, string | null]>([
  ['RECEIVED', 'accounts-payable', 'Check and match the invoice'],
  ['VALIDATING', 'accounts-payable', 'Check the form of the invoice'],
  ['MATCHING', 'accounts-payable', 'Match the invoice'],
  ['MATCHED', 'accounts-payable', 'Approve for payment'],
  ['MATCHED_WITHIN_TOLERANCE', 'accounts-payable', 'Approve for payment'],
  ['ON_HOLD', 'accounts-payable', 'Clear the difference'],
  ['DISPUTED', 'supplier', 'Answer the objection'],
  ['APPROVED_FOR_PAYMENT', 's4-main', 'Pay the invoice'],
  ['PARTIALLY_PAID', 's4-main', 'Pay the rest'],
  ['PAID', null, null],
  ['REJECTED', null, null],
  ['VOIDED', null, null],
])('an invoice that is %s waits for %s: %s', (status, waitingOn, action) => {
  const expected = waitingOn === null ? null : [waitingOn, action, day(7), null];
  expect(inShort(invoiceNextAction({ ...invoice, status }))).toEqual(expected);
});

test('an invoice whose status never changed has waited since its date', () =>
  expect(invoiceNextAction({ ...invoice, status: 'RECEIVED', changedAt: null })?.since).toEqual(
    new Date('2026-11-01'),
  ));

const request: SupplyRequestState = {
  id: 'sr-1',
  correlationId: 'cor-1',
  status: 'active',
  intake: 'ACCEPTED',
  authoredOn: day(1),
  requisitionId: 'req-1',
};
const ofRequisition = requisitionNextAction(requisition, { steps: asks, orders: [], troubles: [] });

describe("a ward's request", () => {
  test.each<
    [string, Partial<SupplyRequestState>, readonly OpenTrouble[], readonly unknown[] | null]
  >([
    [
      'waits for whoever its requisition waits for',
      {},
      [],
      ['role-2', 'Approve or reject', day(2), day(9)],
    ],
    [
      'that is parked waits for its owner',
      { requisitionId: null, intake: 'PARKED' },
      [blocked],
      mapping,
    ],
    [
      'that has just come in waits for the hub',
      { requisitionId: null },
      [],
      ['hub', 'Make a requisition', day(1), null],
    ],
    ['that is completed waits for nobody', { status: 'completed' }, [blocked], null],
    ['that is cancelled waits for nobody', { status: 'cancelled' }, [blocked], null],
    ['made by mistake waits for nobody', { status: 'entered-in-error' }, [blocked], null],
  ])('%s', (_, change, troubles, expected) =>
    expect(
      inShort(supplyRequestNextAction({ ...request, ...change }, { troubles, ofRequisition })),
    ).toEqual(expected),
  );
});
