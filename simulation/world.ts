import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';

interface SeedItem {
  readonly gtin: string;
  readonly description: string;
  readonly brand: string;
  readonly catalogNumber: string | null;
  readonly manufacturer: string;
  readonly gmdnTerm: string;
}

/** What one simulated finance and purchasing system is filled with; identifiers are that system's own. */
export interface ErpSeed {
  readonly currency: string;
  readonly plants: { id: string; name: string }[];
  readonly suppliers: { id: string; name: string; duns: string | null }[];
  readonly items: (Omit<SeedItem, 'gtin' | 'brand' | 'gmdnTerm' | 'manufacturer'> & {
    id: string;
    gtin: string | null;
    brand: string | null;
    gmdnTerm: string | null;
    manufacturer: string | null;
    unit: 'EA';
  })[];
  readonly costCenters: { id: string; code: string; name: string }[];
  readonly sources: {
    itemId: string;
    supplierId: string;
    plantId: string;
    price: string;
    contractNumber: string | null;
    minimumQuantity: string | null;
    validFrom: string;
    validTo: string | null;
  }[];
  readonly stock: { itemId: string; plantId: string; onHand: string }[];
  readonly actuals: { costCenterId: string; amount: string; fiscalYear: number }[];
}

interface Place {
  readonly financeSystem: string;
  readonly financeSystemCode: string;
  readonly name: string;
  readonly departments: readonly {
    readonly name: string;
    readonly costCenter: { readonly code: string; readonly name: string };
  }[];
}

/** How each simulated system writes its own identifiers. */
const spelling = {
  s4: {
    supplier: (n: number) => `${10100000 + n}`,
    item: (n: number) => `MZ-${String(n).padStart(4, '0')}`,
  },
  tryton: {
    supplier: (n: number) => `V-${1000 + n}`,
    item: (n: number) => `P${String(n).padStart(4, '0')}`,
  },
} as const;

const read = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`seed/${file}`, import.meta.url), 'utf8')) as T;

/** The items of the seed; the ward's code of item n is W-00n, counted from 1. */
export const seedItems: readonly SeedItem[] = read('items.json');

/** HL7's own example request asks for a good that no device database lists: the hospital keeps it as an item of its own. */
const blueTubes = {
  description: 'Blood collection tube, blue cap',
  catalogNumber: 'BlueTubes',
  manufacturer: null,
  brand: null,
  gmdnTerm: null,
  gtin: null,
};

const manufacturers = [...new Set(seedItems.map((item) => item.manufacturer))].sort((a, b) =>
  a.localeCompare(b, 'en'),
);

/** A price between 2 and 400, always the same for the same item. */
const priceOf = (n: number): string => new Decimal(((n * 7919) % 39_800) + 200).div(100).toFixed(2);

const sourcesOf = (system: 'tryton' | 's4', plants: readonly string[]): ErpSeed['sources'] =>
  plants.flatMap((plantId) =>
    [...seedItems, { ...blueTubes, manufacturer: manufacturers[0] }].map((item, index) => ({
      itemId: spelling[system].item(index + 1),
      supplierId: spelling[system].supplier(manufacturers.indexOf(item.manufacturer ?? '') + 1),
      plantId,
      price: priceOf(index + 1),
      // Every seventh item is bought without a contract, so that approvers see off-contract lines.
      contractNumber: index % 7 === 6 ? null : `C-${2600 + index}`,
      minimumQuantity: null,
      validFrom: '2026-01-01',
      validTo: index % 7 === 6 ? null : '2027-12-31',
    })),
  );

/** Fills one finance system with the masters, prices, stock and postings of its facilities; deterministic. */
export const erpSeed = (system: 'tryton' | 's4', places: readonly Place[]): ErpSeed => {
  const own = places.filter((place) => place.financeSystem === system);
  const plants = own.map((place) => ({ id: place.financeSystemCode, name: place.name }));
  const costCenters = own.flatMap((place) =>
    place.departments.map(({ costCenter: { code, name } }) => ({ id: code, code, name })),
  );
  return {
    currency: 'USD',
    plants,
    suppliers: manufacturers.map((name, index) => ({
      id: spelling[system].supplier(index + 1),
      name,
      duns: null,
    })),
    items: [...seedItems, blueTubes].map((item, index) => ({
      ...item,
      id: spelling[system].item(index + 1),
      unit: 'EA' as const,
    })),
    costCenters,
    sources: sourcesOf(
      system,
      plants.map((plant) => plant.id),
    ),
    stock: plants.flatMap((plant) =>
      seedItems.map((_, index) => ({
        itemId: spelling[system].item(index + 1),
        plantId: plant.id,
        onHand: String((index * 13) % 60),
      })),
    ),
    actuals: costCenters.map(({ code }, index) => ({
      costCenterId: code,
      amount: String(20_000 + index * 1500),
      fiscalYear: 2026,
    })),
  };
};

/** HL7's own FHIR R4 example, as published. */
export const hl7Example: Readonly<Record<string, unknown>> = read('supplyrequest-simpleorder.json');
