import type { Event } from '../../platform/event.ts';
import { type Identity, seesFacility } from '../../platform/identity.ts';
import type { EventFilter, SubscriptionField } from './subscription-field.ts';
import type {
  DocumentType,
  SubscriptionDocumentStatusChangedArgs,
  SubscriptionPurchaseOrderStatusChangedArgs,
} from './types.generated.ts';

const documentTypes: ReadonlySet<string> = new Set<DocumentType>([
  'SUPPLY_REQUEST',
  'REQUISITION',
  'PURCHASE_ORDER',
  'SHIPMENT',
  'RECEIPT',
  'INVOICE',
  'EXCEPTION',
]);

/** An event of no facility, for example of a request from a place that nobody has mapped, is for those who see all. */
const mayRead = (event: Event, identity: Identity): boolean =>
  event.facilityId === null
    ? identity.facilityIds === 'ALL'
    : seesFacility(identity, event.facilityId);

const mayFollow = ({ equals }: EventFilter, identity: Identity): boolean =>
  equals['facilityId']?.some((id) => seesFacility(identity, id)) ?? true;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const reference = (id: string | null): { readonly id: string } | null =>
  id === null ? null : { id };

/** The document's own id where the event is about one of this kind, else the one that it belongs to. */
const related = (event: Event, kind: DocumentType, field: string): { id: string } | null =>
  reference(event.subjectType === kind ? event.subjectId : text(event.data[field]));

const keys = (event: Event): Readonly<Record<string, string | null>> => ({
  documentType: event.subjectType,
  documentId: event.subjectId,
  facilityId: event.facilityId,
  departmentId: event.departmentId,
  correlationId: event.correlationId,
});

/** Only the keys for which the client gave a value. */
const wanted = (
  values: Readonly<Record<string, string | readonly string[] | null | undefined>>,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      if (value === null || value === undefined) return [];
      return [[key, typeof value === 'string' ? [value] : value]];
    }),
  );

const change = (event: Event) => ({
  id: event.id,
  type: event.type,
  from: text(event.data['from']),
  to: text(event.data['to']) ?? '',
  summary: text(event.data['summary']) ?? event.type,
  occurredAt: event.occurredAt,
  correlationId: event.correlationId,
});

/** Every status change of every document. */
export const documentStatusChanged: SubscriptionField = {
  name: 'documentStatusChanged',
  shows: ({ subjectType }) => documentTypes.has(subjectType),
  keys,
  filter: (args) => {
    const { filter, after } = args as SubscriptionDocumentStatusChangedArgs;
    const { documentTypes: documentType, ...rest } = filter ?? {};
    return { equals: wanted({ documentType, ...rest }), after: after ?? null };
  },
  mayFollow,
  mayRead,
  documentKey: ({ subjectType, subjectId }) => `${subjectType}/${subjectId}`,
  toRoot: (event) => ({
    documentStatusChanged: {
      ...change(event),
      documentType: event.subjectType,
      documentId: event.subjectId,
      number: text(event.data['number']),
      documentVersion: event.version,
      facility: reference(event.facilityId),
      department: reference(event.departmentId),
      supplyRequest: related(event, 'SUPPLY_REQUEST', 'supplyRequestId'),
      requisition: related(event, 'REQUISITION', 'requisitionId'),
      purchaseOrder: related(event, 'PURCHASE_ORDER', 'purchaseOrderId'),
      receipt: related(event, 'RECEIPT', 'receiptId'),
      invoice: related(event, 'INVOICE', 'invoiceId'),
    },
  }),
};

/** Every status change of purchase orders, on any axis. */
export const purchaseOrderStatusChanged: SubscriptionField = {
  name: 'purchaseOrderStatusChanged',
  shows: ({ subjectType }) => subjectType === 'PURCHASE_ORDER',
  keys,
  filter: (args) => {
    const { filter, after } = args as SubscriptionPurchaseOrderStatusChangedArgs;
    const { purchaseOrderId: documentId, ...rest } = filter ?? {};
    const equals = wanted({ documentType: 'PURCHASE_ORDER', documentId, ...rest });
    return { equals, after: after ?? null };
  },
  mayFollow,
  mayRead,
  // Each axis has a latest state of its own.
  documentKey: ({ subjectId, data }) => `${subjectId}/${text(data['axis']) ?? 'DOCUMENT'}`,
  toRoot: (event) => ({
    purchaseOrderStatusChanged: {
      ...change(event),
      // Issuing and acknowledging move the document itself.
      axis: text(event.data['axis']) ?? 'DOCUMENT',
      purchaseOrder: { id: event.subjectId },
    },
  }),
};
