import type { Selectable } from 'kysely';
import type {
  HubShipment,
  HubShipmentLine,
  HubStockPosition,
} from '../../platform/tables.generated.ts';
import type { Connection } from '../connection.ts';

/** An entity that this domain only knows by its id. */
export interface Reference {
  readonly id: string;
}

export type StockPositionRecord = Selectable<HubStockPosition>;
export type StockPositionPage = Connection<StockPositionRecord>;
export type ShipmentRecord = Selectable<HubShipment>;
export type ShipmentLineRecord = Selectable<HubShipmentLine>;
