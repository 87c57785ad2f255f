import { describe, expect, test } from '@jest/globals';
import { type ErpStage, equal, within } from './erp-subject.ts';

/** Masters and approved sources. */
export const mastersContract = ({ subject }: ErpStage) => {
  describe('masters', () => {
    test('give every supplier at first, then only what changed or overlaps', async () => {
      const { supplier } = subject().sample;
      const first = await subject().erp.suppliers.changedSince(null, within(20_000));
      expect(first.records).toContainEqual(
        expect.objectContaining({ ...supplier, status: 'ACTIVE' }),
      );
      const again = await subject().erp.suppliers.changedSince(first.cursor, within(20_000));
      // Overlap is allowed, news is not: every record that comes again is the one already read.
      for (const record of again.records) expect(first.records).toContainEqual(record);
      expect(typeof again.cursor).toBe('string');
    });

    test('give every item with its whole description and base unit', async () => {
      const { onHand: _, ...item } = subject().sample.item;
      const first = await subject().erp.items.changedSince(null, within(20_000));
      expect(first.records).toContainEqual(expect.objectContaining(item));
      const again = await subject().erp.items.changedSince(first.cursor, within(20_000));
      for (const record of again.records) expect(first.records).toContainEqual(record);
    });

    test('name each record once within one read', async () => {
      const { records } = await subject().erp.items.changedSince(null, within(20_000));
      expect(new Set(records.map(({ localId }) => localId)).size).toBe(records.length);
    });

    test('give the cost centres', async () => {
      const all = await subject().erp.costCenters.all(within(20_000));
      expect(all).toContainEqual(
        expect.objectContaining({ ...subject().sample.costCenter, active: true }),
      );
    });
  });

  describe('approved sources', () => {
    test('give the price, contract and validity of a source that is valid', async () => {
      const { item, supplier, source, facility, currency } = subject().sample;
      const sources = await subject().erp.approvedSources.forItems(
        { itemLocalIds: [item.localId], facilityLocalId: facility, onDate: '2026-11-23' },
        within(20_000),
      );
      const found = sources.find(({ supplierLocalId }) => supplierLocalId === supplier.localId);
      expect(found).toMatchObject({
        itemLocalId: item.localId,
        contractNumber: source.contractNumber,
        validTo: source.validTo,
      });
      expect(equal(found?.unitPrice.amount ?? 'NaN', source.price)).toBe(true);
      expect(found?.unitPrice.currency).toBe(currency);
      expect(
        source.minimumQuantity === null
          ? found?.minimumQuantity === null
          : equal(found?.minimumQuantity?.value ?? 'NaN', source.minimumQuantity),
      ).toBe(true);
    });

    test('leave out a source on the day after its last', async () => {
      const { item, supplier, source, facility } = subject().sample;
      const next = new Date(Date.parse(source.validTo) + 86_400_000).toISOString().slice(0, 10);
      const sources = await subject().erp.approvedSources.forItems(
        { itemLocalIds: [item.localId], facilityLocalId: facility, onDate: next },
        within(20_000),
      );
      expect(sources.filter(({ supplierLocalId }) => supplierLocalId === supplier.localId)).toEqual(
        [],
      );
    });
  });
};
