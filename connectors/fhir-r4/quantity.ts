import { Decimal } from 'decimal.js';
import type { Quantity } from '../../platform/call.ts';
import { asObject, asText } from './json.ts';

/** UCUM and everyday units to UN/ECE Recommendation 20; compared in lower case, without braces and brackets. */
const units: ReadonlyMap<string, string> = new Map(
  Object.entries({
    EA: [
      'ea',
      'each',
      'unit',
      'units',
      '1',
      'piece',
      'pieces',
      'pcs',
      'item',
      'tube',
      'c62',
      'h87',
    ],
    BX: ['bx', 'box', 'boxes'],
    CS: ['cs', 'ca', 'case', 'cases'],
    CT: ['ct', 'carton', 'cartons'],
    PK: ['pk', 'pack', 'packs', 'package', 'pkg'],
    PR: ['pr', 'pair', 'pairs'],
    BO: ['bo', 'bt', 'bottle', 'bottles'],
    BG: ['bg', 'bag', 'bags'],
    RO: ['ro', 'rl', 'roll', 'rolls'],
    SET: ['set', 'sets', 'kit', 'kits', 'kt'],
    VI: ['vi', 'vial', 'vials'],
    LTR: ['l', 'ltr'],
    MLT: ['ml', 'mlt'],
    GRM: ['g', 'grm'],
    KGM: ['kg', 'kgm'],
    MTR: ['m', 'mtr'],
    CMT: ['cm', 'cmt'],
  }).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
);

interface QuantityReading {
  readonly quantity: Quantity | null;
  readonly problems: readonly string[];
}

const unitOf = (written: string | undefined): string | null =>
  written === undefined ? 'EA' : (units.get(written.toLowerCase().replace(/[{}[\]]/g, '')) ?? null);

const valueProblem = (object: Readonly<Record<string, unknown>>): string | null => {
  const { value, comparator } = object;
  if (comparator !== undefined)
    return 'SupplyRequest.quantity.comparator: an order needs an exact quantity; send the value without a comparator.';
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0 || value > 1e9)
    return 'SupplyRequest.quantity.value: is not a number above 0; send how many are wanted.';
  return null;
};

/** How many are wanted; EA when no unit is named. Refuses zero, comparators and units that it cannot translate. */
export const readQuantity = (raw: unknown): QuantityReading => {
  const object = asObject(raw);
  if (object === undefined)
    return {
      quantity: null,
      problems: ['SupplyRequest.quantity: is missing; send how many are wanted.'],
    };
  const problem = valueProblem(object);
  const unit = unitOf(asText(object['code']) ?? asText(object['unit']));
  const problems = [
    ...(problem === null ? [] : [problem]),
    ...(unit === null
      ? [
          'SupplyRequest.quantity.code: is not a unit that the hub knows; send a UCUM unit such as {each} or {box}.',
        ]
      : []),
  ];
  if (problem !== null || unit === null) return { quantity: null, problems };
  return { quantity: { value: new Decimal(String(object['value'])).toFixed(), unit }, problems };
};
