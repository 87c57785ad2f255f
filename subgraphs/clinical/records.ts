import type { Selectable } from 'kysely';
import type { HubEquipment, HubSupplyRequest } from '../../platform/tables.generated.ts';
import type { Connection } from '../connection.ts';
import type { IntakeStatus } from './types.generated.ts';

/** An entity that this domain only knows by its id. */
export interface Reference {
  readonly id: string;
}

export type SupplyRequestRecord = Omit<Selectable<HubSupplyRequest>, 'intake'> & {
  readonly intake: IntakeStatus;
};
export type EquipmentRecord = Selectable<HubEquipment>;
export type SupplyRequestPage = Connection<SupplyRequestRecord>;
export type EquipmentPage = Connection<EquipmentRecord>;
