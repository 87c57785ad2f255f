import type { LocalSupplier, Suppliers } from '../../subgraphs/erp/ports.ts';
import type { Client } from './client.ts';
import { advance, sinceDay } from './cursor.ts';
import { dayAndTime, type Entity, flag, instant, related, text, textOrNull } from './entity.ts';
import { dayLiteral } from './query.ts';

const duns = (partner: Entity): string | null => {
  // BUP001 is the identification type of Dun & Bradstreet's number.
  const found = related(partner, 'to_BuPaIdentification').find(
    (identification) => text(identification, 'BPIdentificationType') === 'BUP001',
  );
  return found === undefined ? null : textOrNull(found, 'BPIdentificationNumber');
};

const statusOf = (partner: Entity, supplier: Entity): LocalSupplier['status'] => {
  if (flag(supplier, 'DeletionIndicator') || flag(partner, 'IsMarkedForArchiving'))
    return 'INACTIVE';
  const held = ['PurchasingIsBlocked', 'PostingIsBlocked'].some((name) => flag(supplier, name));
  return held || flag(partner, 'BusinessPartnerIsBlocked') ? 'ON_HOLD' : 'ACTIVE';
};

// A partner that was never changed has no change date: then the day of its creation counts.
const changedAt = (partner: Entity): string =>
  (instant(partner, 'LastChangeDate') === null
    ? dayAndTime(partner, 'CreationDate', 'CreationTime')
    : dayAndTime(partner, 'LastChangeDate', 'LastChangeTime')) ?? new Date(0).toISOString();

const toSupplier = (partner: Entity): LocalSupplier => {
  const supplier = related(partner, 'to_Supplier')[0] ?? {};
  return {
    localId: text(partner, 'Supplier'),
    name: text(partner, 'BusinessPartnerFullName') || text(supplier, 'SupplierName'),
    status: statusOf(partner, supplier),
    duns: duns(partner),
    changedAt: changedAt(partner),
  };
};

/** Business partners in the role of a supplier. */
export const suppliers = (client: Client): Suppliers => ({
  changedSince: async (cursor, call) => {
    const since = sinceDay(cursor);
    const changed =
      since === null
        ? ''
        : ` and (LastChangeDate ge ${dayLiteral(since)} or CreationDate ge ${dayLiteral(since)})`;
    const partners = await client.list(
      { service: 'API_BUSINESS_PARTNER', path: 'A_BusinessPartner' },
      { filter: `Supplier ne ''${changed}`, expand: 'to_Supplier,to_BuPaIdentification' },
      call,
    );
    const records = partners.map(toSupplier);
    return {
      records,
      cursor: advance(
        cursor,
        records.map((record) => record.changedAt),
      ),
    };
  },
});
