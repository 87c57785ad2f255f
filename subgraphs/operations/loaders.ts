import type DataLoader from 'dataloader';
import type { Identity } from '../../platform/identity.ts';
import { manyByKey, oneByKey } from '../per-request.ts';
import type {
  InvoiceState,
  OrderState,
  ReceiptState,
  RequisitionState,
  StepState,
  SupplyRequestState,
} from './document-state.ts';
import type { DocumentStore } from './document-store.ts';
import type {
  AuditEntryRecord,
  DeadLetterRecord,
  ExceptionRecord,
  TraceRecord,
  TraceStepRecord,
} from './records.ts';
import type { CameOf, Milestone, TraceStore } from './trace-store.ts';
import type { WorkStore } from './work-store.ts';

/** Where operations reads. */
export interface Stores {
  readonly documents: DocumentStore;
  readonly traces: TraceStore;
  readonly work: WorkStore;
}

/** What one request has asked for, each thing once, and read together per level. */
export interface Loaders {
  readonly requisition: DataLoader<string, RequisitionState | null>;
  readonly steps: DataLoader<string, readonly StepState[]>;
  readonly order: DataLoader<string, OrderState | null>;
  readonly ordersOfRequisition: DataLoader<string, readonly OrderState[]>;
  readonly receipt: DataLoader<string, ReceiptState | null>;
  readonly invoice: DataLoader<string, InvoiceState | null>;
  readonly supplyRequest: DataLoader<string, SupplyRequestState | null>;
  readonly trace: DataLoader<string, TraceRecord | null>;
  readonly traceSteps: DataLoader<string, readonly TraceStepRecord[]>;
  readonly milestones: DataLoader<string, readonly Milestone[]>;
  readonly requisitionOfTrace: DataLoader<string, CameOf | null>;
  readonly ordersOfTrace: DataLoader<string, readonly CameOf[]>;
  readonly openExceptions: DataLoader<string, readonly ExceptionRecord[]>;
  readonly exception: DataLoader<string, ExceptionRecord | null>;
  readonly deadLetter: DataLoader<string, DeadLetterRecord | null>;
  readonly auditEntry: DataLoader<string, AuditEntryRecord | null>;
}

const idOf = ({ id }: { readonly id: string }): string => id;
const correlationOf = ({ correlationId }: { readonly correlationId: string | null }): string =>
  correlationId ?? '';

/** The loaders of one request; every read is for its identity. */
export const operationsLoaders = (stores: Stores, identity: Identity): Loaders => {
  const { documents, traces, work } = stores;
  return {
    requisition: oneByKey((ids) => documents.requisitions(identity, ids), idOf),
    steps: manyByKey(documents.steps, ({ requisitionId }) => requisitionId),
    order: oneByKey((ids) => documents.orders(identity, ids), idOf),
    ordersOfRequisition: manyByKey(
      (ids) => documents.ordersOfRequisitions(identity, ids),
      ({ requisitionId }) => requisitionId ?? '',
    ),
    receipt: oneByKey((ids) => documents.receipts(identity, ids), idOf),
    invoice: oneByKey((ids) => documents.invoices(identity, ids), idOf),
    supplyRequest: oneByKey((ids) => documents.supplyRequests(identity, ids), idOf),
    trace: oneByKey((ids) => traces.byIds(identity, ids), correlationOf),
    traceSteps: manyByKey(traces.steps, correlationOf),
    milestones: manyByKey(traces.milestones, correlationOf),
    requisitionOfTrace: oneByKey(traces.requisitions, correlationOf),
    ordersOfTrace: manyByKey(traces.orders, correlationOf),
    openExceptions: manyByKey(work.openOf, correlationOf),
    exception: oneByKey((ids) => work.exceptions(identity, ids), idOf),
    deadLetter: oneByKey((ids) => work.deadLetters(identity, ids), idOf),
    auditEntry: oneByKey((ids) => work.auditEntries(identity, ids), idOf),
  };
};
