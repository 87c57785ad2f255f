import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import { thingOf } from './references.ts';
import { screenText } from './screen-text.ts';

interface Item {
  readonly code: string | null;
  readonly text: string;
}

/** The request with R5's `item` written as R4 writes it; R5's own other elements that name a patient or a basis are left out. */
export const inR4Words = (document: JsonObject): JsonObject => {
  const { item, deliverFor: _patient, basedOn: _basis, ...rest } = document;
  const r5 = asObject(item);
  if (r5 === undefined) return rest;
  const { concept, reference } = r5;
  return {
    ...rest,
    ...(concept === undefined ? {} : { itemCodeableConcept: concept }),
    ...(reference === undefined ? {} : { itemReference: reference }),
  };
};

/** Why the item is neither R4's item[x] nor R5's item; empty when it is one of them. */
export const itemProblems = (document: JsonObject): readonly string[] => {
  const r4 = ['itemCodeableConcept', 'itemReference'].filter((key) => document[key] !== undefined);
  const r5 = document['item'];
  if (r4.length === 0 && r5 === undefined)
    return [
      'SupplyRequest.item[x]: is missing; send itemCodeableConcept or itemReference (R4) or item (R5).',
    ];
  if (r4.length + (r5 === undefined ? 0 : 1) > 1)
    return ['SupplyRequest.item[x]: is given more than once; send one item, a request per item.'];
  if (r5 === undefined) return [];
  const words = asObject(r5);
  const given = ['concept', 'reference'].filter((key) => asObject(words?.[key]) !== undefined);
  return given.length === 1
    ? []
    : [
        'SupplyRequest.item: is neither R4 nor R5; send item.concept or item.reference, one of them.',
      ];
};

/** The item of a request in R4's words; the code is null when there is none that may be passed on. */
export const itemOf = (document: JsonObject, known: readonly string[]): Item => {
  const concept = asObject(document['itemCodeableConcept']);
  const coding = asObjects(concept?.['coding']).find((each) => asText(each['code']) !== undefined);
  const code = asText(coding?.['code']);
  const referred = asObject(document['itemReference']);
  const text =
    asText(concept?.['text']) ?? asText(coding?.['display']) ?? asText(referred?.['display']);
  const thing = thingOf(referred, known);
  const clean = code !== undefined && code.length <= 100 && screenText(code, known) === code;
  const itemCode = clean ? code : thing;
  return { code: itemCode, text: screenText(text ?? itemCode ?? '', known) };
};
