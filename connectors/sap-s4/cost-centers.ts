import type { Clock } from '../../platform/clock.ts';
import type { CostCenters, LocalCostCenter } from '../../subgraphs/erp/ports.ts';
import type { Client } from './client.ts';
import { type Entity, related, text } from './entity.ts';
import { dayLiteral } from './query.ts';

const nameOf = (center: Entity, language: string): string => {
  const texts = related(center, 'to_Text');
  const found = texts.find((record) => text(record, 'Language') === language) ?? texts[0] ?? {};
  return text(found, 'CostCenterDescription') || text(found, 'CostCenterName');
};

const toCostCenter = (center: Entity, language: string): LocalCostCenter => ({
  localId: text(center, 'CostCenter'),
  // Leading zeros are padding of a number range; people write it without.
  code: text(center, 'CostCenter').replace(/^0+(?=.)/, ''),
  name: nameOf(center, language),
  active: text(center, 'IsBlkdForPrimaryCostsPosting') === '',
});

/** Cost centres as they are valid today; a cost centre has one record per period of validity. */
export const costCenters = (client: Client, language: string, clock: Clock): CostCenters => ({
  all: async (call) => {
    const today = dayLiteral(clock.now().toISOString());
    const centers = await client.list(
      { service: 'API_COSTCENTER_SRV', path: 'A_CostCenter' },
      {
        filter: `ValidityStartDate le ${today} and ValidityEndDate ge ${today}`,
        expand: 'to_Text',
      },
      call,
    );
    return centers.map((center) => toCostCenter(center, language));
  },
});
