import type { Transaction } from '../platform/durable.ts';
import { hubIdentity, type Identity } from '../platform/identity.ts';

/** The kinds of document whose changes are told. */
export type DocumentType =
  | 'SUPPLY_REQUEST'
  | 'REQUISITION'
  | 'PURCHASE_ORDER'
  | 'SHIPMENT'
  | 'RECEIPT'
  | 'INVOICE'
  | 'EXCEPTION';

/** One change of one document, in the words of the events. Carries no patient data. */
export interface Change {
  readonly type: string;
  readonly documentType: DocumentType;
  readonly id: string;
  readonly axis?: 'DOCUMENT' | 'RECEIPT' | 'INVOICE';
  /** Null when the document is new. */
  readonly from: string | null;
  readonly to: string;
  /** The number people use; null when it has none. */
  readonly number: string | null;
  readonly summary: string;
  /** What allowed it, in words. */
  readonly authority: string;
  /** The hub itself unless told. */
  readonly actor?: Identity;
  readonly occurredAt?: string;
}

/** What a change belongs to: who may see it and which documents it is about. */
export interface Belonging {
  readonly correlationId: string | null;
  readonly facilityId: string | null;
  readonly departmentId: string | null;
  readonly about?: Readonly<
    Partial<
      Record<
        | 'supplyRequestId'
        | 'requisitionId'
        | 'purchaseOrderId'
        | 'receiptId'
        | 'invoiceId'
        | 'shipmentId',
        string | null
      >
    >
  >;
}

const given = <T extends object>(record: T): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== null),
  );

/** Writes the event and the audit line of a change into its transaction. */
export const recordChange = (tx: Transaction, change: Change, belonging: Belonging): void => {
  const actor = change.actor ?? hubIdentity;
  const { correlationId, facilityId, departmentId, about = {} } = belonging;
  tx.event({
    type: change.type,
    subjectType: change.documentType,
    subjectId: change.id,
    correlationId,
    facilityId,
    departmentId,
    data: {
      documentType: change.documentType,
      ...(change.axis === undefined ? {} : { axis: change.axis }),
      from: change.from,
      to: change.to,
      number: change.number,
      summary: change.summary,
      actor: actor.name,
      ...given(about),
    },
    ...(change.occurredAt === undefined ? {} : { occurredAt: change.occurredAt }),
  });
  tx.audit({
    actor,
    action: change.type,
    subjectType: change.documentType,
    subjectId: change.id,
    correlationId,
    facilityId,
    before: change.from === null ? null : { status: change.from },
    after: { status: change.to, summary: change.summary },
    authority: change.authority,
  });
};
