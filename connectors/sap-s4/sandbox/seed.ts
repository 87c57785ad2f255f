import type { Store } from './store.ts';

/** Masters of one company; ids are the system's own. */
export interface SandboxSeed {
  readonly currency: string;
  readonly plants: readonly { readonly id: string; readonly name: string }[];
  readonly suppliers: readonly {
    readonly id: string;
    readonly name: string;
    readonly duns: string | null;
  }[];
  readonly items: readonly {
    readonly id: string;
    readonly gtin: string | null;
    readonly description: string;
    readonly brand: string | null;
    readonly catalogNumber: string | null;
    readonly manufacturer: string | null;
    readonly gmdnTerm: string | null;
    /** UN/ECE Recommendation 20; EA, BX and PK are also unit codes of the system. */
    readonly unit: string;
  }[];
  readonly costCenters: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
  }[];
  readonly sources: readonly {
    readonly itemId: string;
    readonly supplierId: string;
    readonly plantId: string;
    readonly price: string;
    readonly contractNumber: string | null;
    readonly minimumQuantity: string | null;
    readonly validFrom: string;
    readonly validTo: string | null;
  }[];
  readonly stock: readonly {
    readonly itemId: string;
    readonly plantId: string;
    readonly onHand: string;
  }[];
  readonly actuals: readonly {
    readonly costCenterId: string;
    readonly amount: string;
    readonly fiscalYear: number;
  }[];
}

const day = (date: string): string => `${date.slice(0, 10)}T00:00:00.000Z`;
const forever = day('9999-12-31');

const seedSuppliers = (store: Store, seed: SandboxSeed, now: Date): void => {
  for (const supplier of seed.suppliers) {
    store.put('A_BusinessPartner', {
      BusinessPartner: supplier.id,
      Supplier: supplier.id,
      BusinessPartnerCategory: '2',
      BusinessPartnerFullName: supplier.name,
      OrganizationBPName1: supplier.name.slice(0, 40),
      CreationDate: day(now.toISOString()),
      CreationTime: `PT${now.toISOString().slice(11, 13)}H${now.toISOString().slice(14, 16)}M${now.toISOString().slice(17, 19)}S`,
      // Never changed since it was created: the system leaves the change date empty.
      LastChangeDate: null,
      LastChangeTime: 'PT00H00M00S',
    });
    store.put('A_Supplier', {
      Supplier: supplier.id,
      SupplierName: supplier.name.slice(0, 80),
      CreationDate: day(now.toISOString()),
    });
    if (supplier.duns !== null)
      store.put('A_BuPaIdentification', {
        BusinessPartner: supplier.id,
        BPIdentificationType: 'BUP001',
        BPIdentificationNumber: supplier.duns,
      });
  }
};

const seedItems = (store: Store, seed: SandboxSeed, now: Date): void => {
  for (const item of seed.items) {
    store.put('A_Product', {
      Product: item.id,
      ProductType: 'HAWA',
      BaseUnit: item.unit,
      ProductStandardID: item.gtin ?? '',
      ProductManufacturerNumber: (item.catalogNumber ?? '').slice(0, 40),
      CreationDate: day(now.toISOString()),
      LastChangeDate: day(now.toISOString()),
      LastChangeDateTime: now.toISOString(),
      YY1_Brand_PRD: (item.brand ?? '').slice(0, 80),
      YY1_Manufacturer_PRD: (item.manufacturer ?? '').slice(0, 120),
      YY1_GMDNTerm_PRD: (item.gmdnTerm ?? '').slice(0, 255),
    });
    store.put('A_ProductDescription', {
      Product: item.id,
      Language: 'EN',
      ProductDescription: item.description.slice(0, 40),
    });
    if (item.description.length > 40)
      store.put('A_ProductBasicText', {
        Product: item.id,
        Language: 'EN',
        LongText: item.description,
      });
  }
};

const seedCostCenters = (store: Store, seed: SandboxSeed): void => {
  for (const center of seed.costCenters) {
    const key = { ControllingArea: 'A000', CostCenter: center.id, ValidityEndDate: forever };
    store.put('A_CostCenter', {
      ...key,
      ValidityStartDate: day('2015-01-01'),
      CompanyCode: '1010',
      CostCenterCurrency: seed.currency,
      Department: center.code.slice(0, 12),
      IsBlkdForPrimaryCostsPosting: '',
    });
    store.put('A_CostCenterText', {
      ...key,
      Language: 'EN',
      ValidityStartDate: day('2015-01-01'),
      CostCenterName: center.name.slice(0, 20),
      CostCenterDescription: center.name.slice(0, 40),
    });
  }
  for (const { costCenterId, amount, fiscalYear } of seed.actuals)
    store.put('A_JournalEntryItemBasic', {
      SourceLedger: '0L',
      CompanyCode: '1010',
      FiscalYear: String(fiscalYear),
      AccountingDocument: `01${costCenterId.slice(-8).padStart(8, '0')}`,
      LedgerGLLineItem: '000001',
      Ledger: '0L',
      GLAccount: '0065100000',
      ControllingArea: 'A000',
      CostCenter: costCenterId,
      PostingDate: day(`${fiscalYear}-01-31`),
      CompanyCodeCurrency: seed.currency,
      AmountInCompanyCodeCurrency: amount,
    });
};

const unitOf = (seed: SandboxSeed, itemId: string): string =>
  seed.items.find((item) => item.id === itemId)?.unit ?? 'EA';

/* A price of more than two decimals is kept per 10, 100 … pieces, as a purchaser would enter it. */
const priced = (price: string): { NetPriceAmount: string; MaterialPriceUnitQty: string } => {
  const [whole = '0', fraction = ''] = price.replace(/(\.\d*?)0+$/, '$1').split('.');
  const shift = Math.max(0, fraction.length - 2);
  const digits = fraction.padEnd(2, '0');
  return {
    NetPriceAmount: `${BigInt(whole + digits.slice(0, shift))}.${digits.slice(shift)}`,
    MaterialPriceUnitQty: String(10 ** shift),
  };
};

const seedSources = (store: Store, seed: SandboxSeed): void => {
  seed.sources.forEach((source, index) => {
    const number = `53${String(index + 1).padStart(8, '0')}`;
    const unit = unitOf(seed, source.itemId);
    store.put('A_PurchasingInfoRecord', {
      PurchasingInfoRecord: number,
      Supplier: source.supplierId,
      Material: source.itemId,
      BaseUnit: unit,
      PurgDocOrderQuantityUnit: unit,
      CreationDate: day(source.validFrom),
    });
    store.put('A_PurgInfoRecdOrgPlantData', {
      PurchasingInfoRecord: number,
      PurchasingInfoRecordCategory: '0',
      PurchasingOrganization: '1010',
      Plant: source.plantId,
      Supplier: source.supplierId,
      Material: source.itemId,
      PurgDocOrderQuantityUnit: unit,
      PurchaseOrderPriceUnit: unit,
      Currency: seed.currency,
      ...priced(source.price),
      MinimumPurchaseOrderQuantity: source.minimumQuantity ?? '0.000',
      PriceValidityEndDate: source.validTo === null ? forever : day(source.validTo),
    });
    store.put('A_PurchasingSource', {
      Material: source.itemId,
      Plant: source.plantId,
      SourceListRecord: String(index + 1).padStart(5, '0'),
      ValidityStartDate: day(source.validFrom),
      ValidityEndDate: source.validTo === null ? forever : day(source.validTo),
      Supplier: source.supplierId,
      PurchasingOrganization: '1010',
      PurchaseOutlineAgreement: source.contractNumber ?? '',
    });
  });
};

/** Puts the masters in; the same seed again changes nothing. */
export const seedStore = (store: Store, seed: SandboxSeed, now: Date): void =>
  store.atomically(() => {
    seedSuppliers(store, seed, now);
    seedItems(store, seed, now);
    seedCostCenters(store, seed);
    seedSources(store, seed);
    for (const { itemId, plantId, onHand } of seed.stock)
      store.put('A_MatlStkInAcctMod', {
        Material: itemId,
        Plant: plantId,
        StorageLocation: '0001',
        InventoryStockType: '01',
        MaterialBaseUnit: unitOf(seed, itemId),
        MatlWrhsStkQtyInMatlBaseUnit: onHand,
      });
    for (const plant of seed.plants) store.put('Plant', plant);
  });
