import { seededRandom } from '../platform/seeded-random.ts';
import { hl7Example, seedItems } from './world.ts';

const priorities = ['routine', 'routine', 'routine', 'urgent', 'asap'] as const;
const nurses = ['Nora Quinn, RN', 'Sam Okafor, RN', 'Ines Duarte, RN', 'Leo Brandt, RN'];

/** One thing a ward asks for. */
export interface WardWish {
  readonly place: string;
  readonly itemCode: string;
  readonly itemText: string;
  readonly quantity: number;
  readonly basket: string;
  readonly priority: (typeof priorities)[number];
  readonly requester: string;
}

const pick = <T>(random: () => number, from: readonly T[]): T => {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('There is nothing to pick from.');
  return chosen;
};

/** A basket of one to three wishes of one ward; the same seed and number give the same basket. */
export const basketOf = (
  number: number,
  places: readonly string[],
  seed = 2026,
): readonly WardWish[] => {
  const random = seededRandom(seed + number);
  const place = pick(random, places);
  const requester = pick(random, nurses);
  const priority = pick(random, priorities);
  const size = 1 + Math.floor(random() * 3);
  return Array.from({ length: size }, () => {
    const index = Math.floor(random() * seedItems.length);
    return {
      place,
      requester,
      priority,
      basket: `basket-${seed}-${number}`,
      itemCode: `W-${String(index + 1).padStart(3, '0')}`,
      itemText: seedItems[index]?.description ?? '',
      quantity: 1 + Math.floor(random() * 12),
    };
  });
};

/** A wish as the clinical application stores it: a FHIR R4 SupplyRequest. */
export const toSupplyRequest = (wish: WardWish, now: Date): Record<string, unknown> => ({
  resourceType: 'SupplyRequest',
  status: 'active',
  priority: wish.priority,
  identifier: [{ system: 'urn:syncline:basket', value: wish.basket }],
  itemCodeableConcept: {
    coding: [{ system: 'urn:ward-catalogue', code: wish.itemCode, display: wish.itemText }],
  },
  quantity: { value: wish.quantity },
  authoredOn: now.toISOString(),
  occurrenceDateTime: new Date(now.getTime() + 3 * 86_400_000).toISOString().slice(0, 10),
  requester: {
    reference: `Practitioner/${wish.requester.split(' ')[0]?.toLowerCase()}`,
    display: wish.requester,
  },
  deliverTo: { reference: wish.place },
});

/** Stores one resource on the FHIR server; throws when the server refuses it. */
export const storeResource = async (
  fhirUrl: string,
  resource: Readonly<Record<string, unknown>>,
): Promise<{ id: string }> => {
  const response = await fetch(`${fhirUrl}/${String(resource['resourceType'])}`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });
  if (!response.ok)
    throw new Error(
      `The FHIR server refused a resource: ${response.status} ${await response.text()}`,
    );
  return (await response.json()) as { id: string };
};

/** HL7's own example, as it is but for its id, which the server gives. */
export const hl7Wish = (): Record<string, unknown> => {
  const { id: _, ...resource } = hl7Example;
  return resource;
};

/** A wish by a code that nobody has mapped: it waits for a steward. */
export const unlistedWish = (places: readonly string[]): WardWish => ({
  place: places[0] ?? '',
  itemCode: 'W-NEW-117',
  itemText: 'Introducer kit, new product',
  quantity: 4,
  basket: 'basket-unlisted',
  priority: 'routine',
  requester: 'Ines Duarte, RN',
});
