import { describe, expect, test } from '@jest/globals';
import type { OrderState } from '../../subgraphs/operations/document-state.ts';
import { orderNextAction } from '../../subgraphs/operations/next-action.ts';
import {
  acknowledged,
  day,
  endOf,
  inShort,
  order,
  received,
  shipped,
  trouble,
} from '../support/waiting.ts';

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
