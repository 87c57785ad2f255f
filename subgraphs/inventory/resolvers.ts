import type { Database } from '../../platform/database.ts';
import { connectionResolvers, readPage } from '../connection.ts';
import type { Context } from '../context.ts';
import { perRequest } from '../per-request.ts';
import { type Freshness, type ProvenanceOf, provenanceOf } from '../provenance.ts';
import { inventoryLoaders, type Loaders } from './loaders.ts';
import { inventoryStore } from './store.ts';
import type { Resolvers } from './types.generated.ts';

/** What stands behind the inventory subgraph. */
export interface InventoryPorts {
  readonly database: Database;
  readonly freshness: Freshness;
}

type LoadersOf = (context: Context) => Loaders;

const owned = (
  loaders: LoadersOf,
  provenance: ProvenanceOf,
): Pick<Resolvers, 'StockPosition' | 'Shipment' | 'ShipmentLine'> => ({
  StockPosition: {
    __resolveReference: ({ id }, context) => loaders(context).position.load(id),
    item: ({ itemId }) => ({ id: itemId }),
    facility: ({ facilityId }) => ({ id: facilityId }),
    onHand: ({ onHand, unit }) => ({ value: onHand, unit }),
    onOrder: ({ onOrder, unit }) => ({ value: onOrder, unit }),
    provenance: (position, _, context) => provenance(position, 'stock', context),
  },
  Shipment: {
    __resolveReference: ({ id }, context) => loaders(context).shipment.load(id),
    purchaseOrder: ({ purchaseOrderId }) => ({ id: purchaseOrderId }),
    lines: ({ id }, _, context) => loaders(context).shipmentLines.load(id),
    provenance: (shipment, _, context) => provenance(shipment, 'orders', context),
  },
  ShipmentLine: {
    item: ({ itemId }) => (itemId === null ? null : { id: itemId }),
    quantity: ({ quantity, unit }) => ({ value: quantity, unit }),
  },
});

const extended = (loaders: LoadersOf): Pick<Resolvers, 'PurchaseOrder' | 'Item' | 'Facility'> => ({
  PurchaseOrder: {
    __resolveReference: ({ id }) => ({ id }),
    shipments: ({ id }, _, context) => loaders(context).shipmentsOfOrder.load(id),
  },
  Item: {
    __resolveReference: ({ id }) => ({ id }),
    stockPositions: ({ id }, _, context) => loaders(context).positionsOfItem.load(id),
  },
  Facility: {
    __resolveReference: ({ id }) => ({ id }),
    stockPositions: ({ id }, args, context) =>
      loaders(context).positionsOfFacility.load({ parentId: id, ...readPage(args) }),
  },
});

/** Stock positions and shipments. */
export const resolvers = ({ database, freshness }: InventoryPorts): Resolvers => {
  const store = inventoryStore(database);
  const loaders = perRequest(({ identity }) => inventoryLoaders(store, identity));
  return {
    Query: {
      stockPosition: (_, { id }, context) => loaders(context).position.load(id),
      stockPositions: (_, args, { identity }) =>
        store.positionPage(identity, args.filter ?? {}, readPage(args)),
      shipment: (_, { id }, context) => loaders(context).shipment.load(id),
    },
    ...owned(loaders, provenanceOf(database, freshness)),
    ...extended(loaders),
    StockPositionConnection: connectionResolvers,
  };
};
