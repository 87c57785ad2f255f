import type { Context } from '../context.ts';
import type { RequisitionState } from './document-state.ts';
import type { Loaders } from './loaders.ts';
import {
  invoiceNextAction,
  type NextAction,
  orderNextAction,
  receiptNextAction,
  requisitionNextAction,
  supplyRequestNextAction,
} from './next-action.ts';
import type { TraceRecord } from './records.ts';
import type { Resolvers } from './types.generated.ts';

type LoadersOf = (context: Context) => Loaders;
type Documents = Pick<
  Resolvers,
  'Requisition' | 'PurchaseOrder' | 'Receipt' | 'Invoice' | 'SupplyRequest'
>;

const nextOfRequisition = async (
  requisition: RequisitionState | null,
  loaders: Loaders,
): Promise<NextAction | null> => {
  if (requisition === null) return null;
  const [steps, orders, troubles] = await Promise.all([
    loaders.steps.load(requisition.id),
    loaders.ordersOfRequisition.load(requisition.id),
    loaders.openExceptions.load(requisition.correlationId),
  ]);
  return requisitionNextAction(requisition, { steps, orders, troubles });
};

/** The trace of a requisition, which there is from the moment it was submitted. */
const traceOfRequisition = async (id: string, loaders: Loaders): Promise<TraceRecord> => {
  const requisition = await loaders.requisition.load(id);
  const trace = requisition && (await loaders.trace.load(requisition.correlationId));
  if (trace === null) throw new Error(`Requisition ${id} has no trace.`);
  return trace;
};

const purchaseOrder = (loadersOf: LoadersOf): NonNullable<Documents['PurchaseOrder']> => ({
  __resolveReference: ({ id }) => ({ id }),
  nextAction: async ({ id }, _, context) => {
    const loaders = loadersOf(context);
    const order = await loaders.order.load(id);
    if (order === null) return null;
    return orderNextAction(order, await loaders.openExceptions.load(order.correlationId));
  },
  trace: async ({ id }, _, context) => {
    const loaders = loadersOf(context);
    const order = await loaders.order.load(id);
    return order === null ? null : loaders.trace.load(order.correlationId);
  },
});

const supplyRequest = (loadersOf: LoadersOf): NonNullable<Documents['SupplyRequest']> => ({
  __resolveReference: ({ id }) => ({ id }),
  nextAction: async ({ id }, _, context) => {
    const loaders = loadersOf(context);
    const request = await loaders.supplyRequest.load(id);
    if (request === null) return null;
    const { requisitionId } = request;
    const [troubles, requisition] = await Promise.all([
      loaders.openExceptions.load(request.correlationId),
      requisitionId === null ? null : loaders.requisition.load(requisitionId),
    ]);
    const ofRequisition = await nextOfRequisition(requisition, loaders);
    return supplyRequestNextAction(request, { troubles, ofRequisition });
  },
  trace: async ({ id }, _, context) => {
    const loaders = loadersOf(context);
    const request = await loaders.supplyRequest.load(id);
    return request === null ? null : loaders.trace.load(request.correlationId);
  },
});

/** What has to happen next, on every kind of document. */
export const documentResolvers = (loadersOf: LoadersOf): Documents => ({
  Requisition: {
    // Only the ones that the caller may see: their trace is never null.
    __resolveReference: ({ id }, context) => loadersOf(context).requisition.load(id),
    nextAction: async ({ id }, _, context) => {
      const loaders = loadersOf(context);
      return nextOfRequisition(await loaders.requisition.load(id), loaders);
    },
    trace: ({ id }, _, context) => traceOfRequisition(id, loadersOf(context)),
  },
  PurchaseOrder: purchaseOrder(loadersOf),
  Receipt: {
    __resolveReference: ({ id }) => ({ id }),
    nextAction: async ({ id }, _, context) => {
      const receipt = await loadersOf(context).receipt.load(id);
      return receipt === null ? null : receiptNextAction(receipt);
    },
  },
  Invoice: {
    __resolveReference: ({ id }) => ({ id }),
    nextAction: async ({ id }, _, context) => {
      const invoice = await loadersOf(context).invoice.load(id);
      return invoice === null ? null : invoiceNextAction(invoice);
    },
  },
  SupplyRequest: supplyRequest(loadersOf),
});
