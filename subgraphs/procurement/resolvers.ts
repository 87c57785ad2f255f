import type { Database } from '../../platform/database.ts';
import { connectionResolvers, readPage } from '../connection.ts';
import type { Context } from '../context.ts';
import { perRequest } from '../per-request.ts';
import { type Freshness, provenanceOf } from '../provenance.ts';
import { decide, toApproveResult, toRejectResult } from './decision.ts';
import { type Loaders, procurementLoaders } from './loaders.ts';
import { orderResolvers } from './order-resolvers.ts';
import { orderStore } from './order-store.ts';
import type { Approvals, ItemSources } from './ports.ts';
import { receiptStore } from './receipt-store.ts';
import { requisitionResolvers } from './requisition-resolvers.ts';
import { requisitionStore } from './requisition-store.ts';
import type { Resolvers } from './types.generated.ts';

/** What stands behind the procurement subgraph. */
export interface ProcurementPorts {
  readonly database: Database;
  readonly freshness: Freshness;
  readonly approvals: Approvals;
  readonly itemSources: ItemSources;
}

export type LoadersOf = (context: Context) => Loaders;

const queries = (database: Database, loaders: LoadersOf): NonNullable<Resolvers['Query']> => {
  const orders = orderStore(database);
  const requisitions = requisitionStore(database);
  return {
    requisition: (_, { id }, context) => loaders(context).requisition.load(id),
    requisitions: (_, args, { identity }) =>
      requisitions.page(identity, args.filter ?? {}, readPage(args)),
    purchaseOrder: (_, { id }, context) => loaders(context).order.load(id),
    purchaseOrders: (_, args, { identity }) =>
      orders.page(identity, args.filter ?? {}, readPage(args)),
    receipt: (_, { id }, context) => loaders(context).receipt.load(id),
    approvalsWaitingForMe: (_, args, { identity }) =>
      requisitions.waitingFor(identity, readPage(args)),
  };
};

const mutations = (
  { approvals }: ProcurementPorts,
  loaders: LoadersOf,
): NonNullable<Resolvers['Mutation']> => {
  // Read past the loaders' memory: another field of the same operation may have read the state before the decision.
  const read = (context: Context) => async (id: string) => {
    const { requisition, approvalSteps } = loaders(context);
    requisition.clear(id);
    approvalSteps.clear(id);
    return { requisition: await requisition.load(id), steps: await approvalSteps.load(id) };
  };
  return {
    approveRequisition: async (_, { input }, context) => {
      const how = { decision: approvals.approve, read: read(context) };
      const { outcome, decided } = await decide(input, context, how);
      return toApproveResult(outcome, decided, input.requisitionId);
    },
    rejectRequisition: async (_, { input }, context) => {
      const how = { decision: approvals.reject, read: read(context) };
      const { outcome, decided } = await decide(input, context, how);
      return toRejectResult(outcome, decided, input.requisitionId);
    },
  };
};

const stubs = (
  { itemSources }: ProcurementPorts,
  loaders: LoadersOf,
): Pick<Resolvers, 'Item' | 'Supplier' | 'SupplyRequest'> => ({
  Item: {
    __resolveReference: ({ id }) => ({ id }),
    approvedSources: async ({ id }, { facilityId }, { signal }) => {
      const answer = await itemSources.of({ itemId: id, facilityId }, { signal });
      const asOf = new Date(answer.checkedAt);
      return {
        ...answer,
        sources: answer.sources.map(({ supplierId, system, ...source }) => ({
          ...source,
          supplier: { id: supplierId },
          // Asked just now, so never stale.
          provenance: { source: system, asOf, stale: false },
        })),
      };
    },
  },
  Supplier: {
    __resolveReference: ({ id }) => ({ id }),
    purchaseOrders: ({ id }, args, context) =>
      loaders(context).ordersOfSupplier.load({ parentId: id, ...readPage(args) }),
  },
  SupplyRequest: {
    __resolveReference: ({ id }) => ({ id }),
    requisition: async ({ id }, _, context) => {
      const loaded = loaders(context);
      const found = await loaded.requisitionOfSupplyRequest.load(id);
      return found === null ? null : loaded.requisition.load(found.requisitionId);
    },
  },
});

/** Requisitions, approvals, orders and receipts. */
export const resolvers = (ports: ProcurementPorts): Resolvers => {
  const { database, freshness } = ports;
  const provenance = provenanceOf(database, freshness);
  const stores = {
    orders: orderStore(database),
    receipts: receiptStore(database),
    requisitions: requisitionStore(database),
  };
  const loaders = perRequest(({ identity }) => procurementLoaders(stores, identity));
  return {
    Query: queries(database, loaders),
    Mutation: mutations(ports, loaders),
    ...requisitionResolvers(loaders, provenance),
    ...orderResolvers(loaders, provenance),
    ...stubs(ports, loaders),
    RequisitionConnection: connectionResolvers,
    PurchaseOrderConnection: connectionResolvers,
  };
};
