import type { OpenTrouble, OrderState } from '../../subgraphs/operations/document-state.ts';
import type { NextAction } from '../../subgraphs/operations/next-action.ts';

export const day = (n: number): Date => new Date(`2026-11-0${n}T08:00:00.000Z`);

export const order: OrderState = {
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

export const trouble: OpenTrouble = {
  subjectId: 'po-1',
  kind: 'SUPPLIER_RESPONSE',
  message: 'Line 1 is backordered.',
  ownerRole: 'buyer',
  raisedAt: day(5),
};

/** Who, what, since when, by when: `why` is prose and must only be there. */
export const inShort = (next: NextAction | null): readonly unknown[] | null => {
  if (next === null) return null;
  if (!/\w.*\.$/.test(next.why)) throw new Error(`No sentence says why: ${next.why}`);
  return [next.waitingOn, next.action, next.since, next.dueAt];
};

export const endOf = (date: string): Date => new Date(`${date}T23:59:59.000Z`);
export const acknowledged = {
  documentStatus: 'ACKNOWLEDGED',
  acknowledgedAt: day(4),
  promisedDate: '2026-12-01',
};
export const received = { ...acknowledged, receiptStatus: 'FULL', receivedAt: day(6) };
export const shipped = { ...acknowledged, shippedAt: day(5), expectedDate: '2026-11-30' };
