import { money } from '../../platform/money.ts';
import type { ApprovedSources, LocalSource } from '../../subgraphs/procurement/ports.ts';
import type { Client } from './client.ts';
import { day, decimal, type Entity, flag, related, text, textOrNull } from './entity.ts';
import { anyOf, chunks, quote } from './query.ts';
import { toUnitCode } from './unit-code.ts';

interface Offer {
  readonly record: Entity;
  /** Prices and terms at the plant, or for the whole purchasing organisation when the plant has none. */
  readonly terms: Entity;
}

const isValidOn = (
  entity: Entity,
  onDate: string,
  fields: { from?: string; to: string },
): boolean => {
  const from = fields.from === undefined ? null : day(entity, fields.from);
  const to = day(entity, fields.to);
  return (from === null || from <= onDate) && (to === null || onDate <= to);
};

const offersOf = (record: Entity, plant: string, onDate: string): Offer[] => {
  const terms = related(record, 'to_PurgInfoRecdOrgPlantData').filter(
    (candidate) =>
      !flag(candidate, 'IsMarkedForDeletion') &&
      isValidOn(candidate, onDate, { to: 'PriceValidityEndDate' }),
  );
  const best =
    terms.find((candidate) => text(candidate, 'Plant') === plant) ??
    terms.find((candidate) => text(candidate, 'Plant') === '');
  return best === undefined || flag(record, 'IsDeleted') ? [] : [{ record, terms: best }];
};

const toSource = ({ record, terms }: Offer, listed: Entity | undefined): LocalSource => {
  const minimum = decimal(terms, 'MinimumPurchaseOrderQuantity');
  const per = decimal(terms, 'MaterialPriceUnitQty');
  return {
    itemLocalId: text(record, 'Material'),
    supplierLocalId: text(record, 'Supplier'),
    unitPrice: money(
      decimal(terms, 'NetPriceAmount').dividedBy(per.isZero() ? 1 : per),
      text(terms, 'Currency'),
    ),
    contractNumber: listed === undefined ? null : textOrNull(listed, 'PurchaseOutlineAgreement'),
    minimumQuantity: minimum.isZero()
      ? null
      : { value: minimum.toFixed(), unit: toUnitCode(text(terms, 'PurgDocOrderQuantityUnit')) },
    validFrom: listed === undefined ? null : day(listed, 'ValidityStartDate'),
    validTo: day(terms, 'PriceValidityEndDate'),
  };
};

/** Prices from the purchasing info records; validity, contract and blocks from the source list. */
export const approvedSources = (client: Client): ApprovedSources => ({
  forItems: async ({ itemLocalIds, facilityLocalId, onDate }, call) => {
    const groups = await Promise.all(
      chunks(itemLocalIds).map(async (group) => {
        const [records, listed] = await Promise.all([
          client.list(
            { service: 'API_INFORECORD_PROCESS_SRV', path: 'A_PurchasingInfoRecord' },
            { filter: anyOf('Material', group), expand: 'to_PurgInfoRecdOrgPlantData' },
            call,
          ),
          client.list(
            { service: 'API_PURCHASING_SOURCE_SRV', path: 'A_PurchasingSource' },
            { filter: `${anyOf('Material', group)} and Plant eq ${quote(facilityLocalId)}` },
            call,
          ),
        ]);
        return { records, listed };
      }),
    );
    return groups.flatMap(({ records, listed }) =>
      records.flatMap((record) => {
        // An entry of the source list that is not valid today withholds the supplier, as in the system's own source determination.
        const entries = listed.filter(
          (entry) =>
            text(entry, 'Material') === text(record, 'Material') &&
            text(entry, 'Supplier') === text(record, 'Supplier'),
        );
        const usable = entries.find(
          (entry) =>
            !flag(entry, 'SourceOfSupplyIsBlocked') &&
            isValidOn(entry, onDate, { from: 'ValidityStartDate', to: 'ValidityEndDate' }),
        );
        if (entries.length > 0 && usable === undefined) return [];
        return offersOf(record, facilityLocalId, onDate).map((offer) => toSource(offer, usable));
      }),
    );
  },
});
