import type DataLoader from 'dataloader';
import type { Identity } from '../../platform/identity.ts';
import { manyByKey, oneByKey, type PageOfParent, pageByParent } from '../per-request.ts';
import type {
  ShipmentLineRecord,
  ShipmentRecord,
  StockPositionPage,
  StockPositionRecord,
} from './records.ts';
import type { InventoryStore } from './store.ts';

/** What one request has asked for, each thing once, and read together per level. */
export interface Loaders {
  readonly position: DataLoader<string, StockPositionRecord | null>;
  readonly positionsOfItem: DataLoader<string, readonly StockPositionRecord[]>;
  readonly positionsOfFacility: DataLoader<PageOfParent, StockPositionPage, string>;
  readonly shipment: DataLoader<string, ShipmentRecord | null>;
  readonly shipmentsOfOrder: DataLoader<string, readonly ShipmentRecord[]>;
  readonly shipmentLines: DataLoader<string, readonly ShipmentLineRecord[]>;
}

/** The loaders of one request; every read is for its identity. */
export const inventoryLoaders = (store: InventoryStore, identity: Identity): Loaders => ({
  position: oneByKey(
    (ids) => store.positionsByIds(identity, ids),
    ({ id }) => id,
  ),
  positionsOfItem: manyByKey(
    (ids) => store.positionsOfItems(identity, ids),
    ({ itemId }) => itemId,
  ),
  positionsOfFacility: pageByParent((ids, page) => store.pagesOfFacilities(identity, ids, page)),
  shipment: oneByKey(
    (ids) => store.shipmentsByIds(identity, ids),
    ({ id }) => id,
  ),
  shipmentsOfOrder: manyByKey(
    (ids) => store.shipmentsOfOrders(identity, ids),
    ({ purchaseOrderId }) => purchaseOrderId,
  ),
  shipmentLines: manyByKey(store.shipmentLines, ({ shipmentId }) => shipmentId),
});
