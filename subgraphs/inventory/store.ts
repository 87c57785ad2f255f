import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Identity } from '../../platform/identity.ts';
import type { Page } from '../connection.ts';
import { keyset } from '../keyset.ts';
import {
  conditions,
  type List,
  readConnection,
  readConnectionByParent,
} from '../read-connection.ts';
import { visible } from '../visible.ts';
import type {
  ShipmentLineRecord,
  ShipmentRecord,
  StockPositionPage,
  StockPositionRecord,
} from './records.ts';
import type { StockPositionFilter } from './types.generated.ts';

/** Stock and shipments, as an identity may see them. */
export interface InventoryStore {
  readonly positionsByIds: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<StockPositionRecord[]>;
  readonly positionPage: (
    identity: Identity,
    filter: StockPositionFilter,
    page: Page,
  ) => Promise<StockPositionPage>;
  /** One page for each facility, in the order of the ids. */
  readonly pagesOfFacilities: (
    identity: Identity,
    facilityIds: readonly string[],
    page: Page,
  ) => Promise<StockPositionPage[]>;
  readonly positionsOfItems: (
    identity: Identity,
    itemIds: readonly string[],
  ) => Promise<StockPositionRecord[]>;
  readonly shipmentsByIds: (
    identity: Identity,
    ids: readonly string[],
  ) => Promise<ShipmentRecord[]>;
  /** Oldest first. */
  readonly shipmentsOfOrders: (
    identity: Identity,
    orderIds: readonly string[],
  ) => Promise<ShipmentRecord[]>;
  readonly shipmentLines: (shipmentIds: readonly string[]) => Promise<ShipmentLineRecord[]>;
}

const byItem = keyset({
  name: 'stockPositions',
  key: 'i.description',
  type: 'text',
  id: 'p.id',
  direction: 'asc',
});

const matching = (filter: StockPositionFilter): RawBuilder<unknown>[] =>
  conditions([
    filter.facilityId && sql`p.facility_id = ${filter.facilityId}`,
    filter.itemId && sql`p.item_id = ${filter.itemId}`,
  ]);

const positions = ({
  db,
}: Database): Omit<InventoryStore, 'shipmentsByIds' | 'shipmentsOfOrders' | 'shipmentLines'> => {
  const list = (identity: Identity, where: readonly RawBuilder<unknown>[]): List => ({
    db,
    from: sql`hub.stock_position p join hub.item i on i.id = p.item_id`,
    row: 'p',
    where: [visible(identity, 'p.facilityId'), ...where],
    order: byItem,
  });
  const rows = (identity: Identity) =>
    db.selectFrom('hub.stockPosition as p').selectAll().where(visible(identity, 'p.facilityId'));
  return {
    positionsByIds: (identity, ids) =>
      rows(identity)
        .where('p.id', 'in', [...ids])
        .execute(),
    positionPage: (identity, filter, page) =>
      readConnection(list(identity, matching(filter)), page),
    pagesOfFacilities: (identity, ids, page) => {
      const parent = sql`p.facility_id`;
      return readConnectionByParent({ ...list(identity, []), parent }, ids, page);
    },
    positionsOfItems: (identity, itemIds) =>
      rows(identity)
        .where('p.itemId', 'in', [...itemIds])
        .orderBy('p.facilityId')
        .orderBy('p.id')
        .execute(),
  };
};

/** The stock and the shipments of the database; a shipment is seen by those who see its order. */
export const inventoryStore = (database: Database): InventoryStore => {
  const { db } = database;
  const shipments = (identity: Identity) =>
    db
      .selectFrom('hub.shipment as s')
      .innerJoin('hub.purchaseOrder as o', 'o.id', 's.purchaseOrderId')
      .selectAll('s')
      .where(visible(identity, 'o.facilityId'));
  return {
    ...positions(database),
    shipmentsByIds: (identity, ids) =>
      shipments(identity)
        .where('s.id', 'in', [...ids])
        .execute(),
    shipmentsOfOrders: (identity, orderIds) =>
      shipments(identity)
        .where('s.purchaseOrderId', 'in', [...orderIds])
        .orderBy('s.shippedAt')
        .orderBy('s.id')
        .execute(),
    shipmentLines: (shipmentIds) =>
      db
        .selectFrom('hub.shipmentLine as l')
        .selectAll()
        .where('l.shipmentId', 'in', [...shipmentIds])
        .orderBy('l.shipmentId')
        .orderBy('l.orderLineNumber')
        .execute(),
  };
};
