import { describe, expect, test } from '@jest/globals';
import type {
  OpenTrouble,
  OrderState,
  RequisitionState,
  StepState,
  SupplyRequestState,
} from '../../subgraphs/operations/document-state.ts';
import {
  invoiceNextAction,
  type NextAction,
  orderNextAction,
  receiptNextAction,
  requisitionNextAction,
  supplyRequestNextAction,
} from '../../subgraphs/operations/next-action.ts';

const day = (n: number): Date => new Date(`2026-11-0${n}T08:00:00.000Z`);

const order: OrderState = {
  id: 'po-1',
  number: '4500000001',
  system: 's4-main',
  correlationId: 'cor-1',
  requisitionId: 'req-1',
  documentStatus: 'ISSUED',
  receiptStatus: 'NONE',
  invoiceStatus: 'NONE',
  neededBy: '2026-12-24',
  promisedDate: null,
  issuedAt: day(1),
  sentToSupplierAt: day(2),
  acknowledgedAt: null,
  updatedAt: day(3),
  shippedAt: null,
  expectedDate: null,
  receivedAt: null,
};

const trouble: OpenTrouble = {
  subjectId: 'po-1',
  kind: 'SUPPLIER_RESPONSE',
  message: 'Line 1 is backordered.',
  ownerRole: 'buyer',
  raisedAt: day(5),
};

/** Who, what, since when, by when: `why` is prose and must only be there. */
const inShort = (next: NextAction | null): readonly unknown[] | null => {
  if (next === null) return null;
  expect(next.why).toMatch(/\w.*\.$/);
  return [next.waitingOn, next.action, next.since, next.dueAt];
};

const endOf = (date: string): Date => new Date(`${date}T23:59:59.000Z`);
const acknowledged = {
  documentStatus: 'ACKNOWLEDGED',
  acknowledgedAt: day(4),
  promisedDate: '2026-12-01',
};
const received = { ...acknowledged, receiptStatus: 'FULL', receivedAt: day(6) };
const shipped = { ...acknowledged, shippedAt: day(5), expectedDate: '2026-11-30' };

describe('an order', () => {
  test.each<[string, Partial<OrderState>, readonly unknown[] | null]>([
    [
      'that is a draft waits for its buyer',
      { documentStatus: 'DRAFT' },
      ['buyer', 'Finish the order', day(3), null],
    ],
    [
      'that is not approved waits for its buyer',
      { documentStatus: 'PENDING_APPROVAL' },
      ['buyer', 'Have the order approved', day(3), null],
    ],
    [
      'that is approved waits for the purchasing system',
      { documentStatus: 'APPROVED' },
      ['s4-main', 'Issue the order', day(3), null],
    ],
    [
      'that is issued waits for the supplier since it was sent',
      {},
      ['supplier', 'Acknowledge the order', day(2), null],
    ],
    [
      'that was issued elsewhere waits for the supplier since then',
      { sentToSupplierAt: null },
      ['supplier', 'Acknowledge the order', day(1), null],
    ],
    [
      'that is acknowledged waits for the goods until the promised day ends',
      acknowledged,
      ['supplier', 'Deliver', day(4), endOf('2026-12-01')],
    ],
    [
      'without a promise waits until the goods are needed',
      { ...acknowledged, promisedDate: null },
      ['supplier', 'Deliver', day(4), endOf('2026-12-24')],
    ],
    [
      'acknowledged with changes waits for the goods once nobody objects',
      { ...acknowledged, documentStatus: 'ACKNOWLEDGED_WITH_CHANGES' },
      ['supplier', 'Deliver', day(4), endOf('2026-12-01')],
    ],
    [
      'that is shipped waits for the warehouse',
      shipped,
      ['warehouse-clerk', 'Take the delivery in and book it', day(5), endOf('2026-11-30')],
    ],
    [
      'whose shipment was booked waits for the rest',
      { ...shipped, receiptStatus: 'PARTIAL', receivedAt: day(6) },
      ['supplier', 'Deliver', day(6), endOf('2026-12-01')],
    ],
    [
      'that came without an acknowledgement waits for the rest',
      { receiptStatus: 'PARTIAL', receivedAt: day(6) },
      ['supplier', 'Deliver', day(6), endOf('2026-12-24')],
    ],
    [
      'that came in full waits for the invoice',
      received,
      ['supplier', 'Send the invoice', day(6), null],
    ],
    [
      'that came in full and is billed in part waits for the rest of the bill',
      { ...received, invoiceStatus: 'PARTIAL' },
      ['supplier', 'Send the invoice', day(6), null],
    ],
    [
      'that came and is billed in full waits for nobody',
      { ...received, invoiceStatus: 'FULL' },
      null,
    ],
    [
      'that is billed too high waits for accounts payable',
      { ...received, invoiceStatus: 'OVER' },
      ['accounts-payable', 'Settle the over-billing', day(3), null],
    ],
    [
      'of which too much came waits for the buyer',
      { ...acknowledged, receiptStatus: 'OVER' },
      ['buyer', 'Decide on what came too much', day(3), null],
    ],
    [
      'that went back waits for the supplier',
      { ...acknowledged, receiptStatus: 'RETURNED' },
      ['supplier', 'Replace or credit what went back', day(3), null],
    ],
    [
      'that the supplier refused waits for the buyer',
      { documentStatus: 'REJECTED' },
      ['buyer', 'Find another source', day(3), null],
    ],
    [
      'on hold waits for the buyer',
      { documentStatus: 'ON_HOLD' },
      ['buyer', 'Release or cancel the order', day(3), null],
    ],
    [
      'with a change waits for the supplier',
      { documentStatus: 'PENDING_CHANGE' },
      ['supplier', 'Answer the change', day(3), null],
    ],
    [
      'with a cancellation waits for the supplier',
      { documentStatus: 'PENDING_CANCELLATION' },
      ['supplier', 'Answer the cancellation', day(3), null],
    ],
    ['that is cancelled waits for nobody', { documentStatus: 'CANCELLED' }, null],
    ['that is closed waits for nobody', { documentStatus: 'CLOSED' }, null],
  ])('%s', (_, change, expected) =>
    expect(inShort(orderNextAction({ ...order, ...change }, []))).toEqual(expected),
  );

  test('in trouble waits for whoever owns its oldest trouble', () => {
    const older = {
      ...trouble,
      kind: 'SYSTEM_FAILURE',
      ownerRole: 'integration-architect',
      raisedAt: day(4),
    };
    expect(inShort(orderNextAction(order, [trouble, older]))).toEqual([
      'integration-architect',
      'Mend the connection and try again',
      day(4),
      null,
    ]);
  });

  test('is not held up by the trouble of another document', () =>
    expect(orderNextAction(order, [{ ...trouble, subjectId: 'po-2' }])?.waitingOn).toBe(
      'supplier',
    ));

  test('that has ended waits for nobody, even in trouble', () =>
    expect(orderNextAction({ ...order, documentStatus: 'CLOSED' }, [trouble])).toBeNull());
});

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
