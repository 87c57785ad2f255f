import { asObject, asText, type JsonObject } from './json.ts';

const personTypes = new Set(['patient', 'relatedperson', 'person']);
const shortestWord = 3;

/** The kind of resource that a reference names, in lower case; undefined when it does not say. */
const namedType = (reference: string): string | undefined =>
  /(?:^|\/)([A-Za-z]+)(?:\/[^/]+(?:\/_history\/[^/]+)?|\?.*)$/.exec(reference)?.[1]?.toLowerCase();

const isPersonReference = (object: JsonObject): boolean => {
  const type = asText(object['type'])?.toLowerCase();
  const named = namedType(asText(object['reference']) ?? '');
  return personTypes.has(type ?? '') || personTypes.has(named ?? '');
};

const isPerson = (object: JsonObject, containedPersons: ReadonlySet<string>): boolean =>
  personTypes.has(asText(object['resourceType'])?.toLowerCase() ?? '') ||
  isPersonReference(object) ||
  containedPersons.has(asText(object['reference']) ?? '');

const ordinaryKeys = new Set(['resourceType', 'type', 'system', 'use', 'url', 'gender', 'status']);

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return Object.entries(asObject(value) ?? {}).flatMap(([key, each]) =>
    ordinaryKeys.has(key) ? [] : texts(each),
  );
};

/** Whole texts and their single words: "Doe, Jane" here is "Jane Doe" elsewhere. */
const wordsOf = (text: string): string[] =>
  [text.trim(), ...text.split(/[^\p{L}\p{N}'-]+/u)].filter(
    (word) => word.length >= shortestWord && !personTypes.has(word.toLowerCase()),
  );

const persons = (value: unknown, contained: ReadonlySet<string>): unknown[] => {
  if (Array.isArray(value)) return value.flatMap((each) => persons(each, contained));
  const object = asObject(value);
  if (object === undefined) return [];
  if (isPerson(object, contained)) return [object];
  return Object.values(object).flatMap((each) => persons(each, contained));
};

const containedPersons = (document: JsonObject): ReadonlySet<string> => {
  const contained = Array.isArray(document['contained']) ? document['contained'] : [];
  return new Set(
    contained
      .map(asObject)
      .filter((each) => personTypes.has(asText(each?.['resourceType'])?.toLowerCase() ?? ''))
      .map((each) => `#${asText(each?.['id'])}`),
  );
};

/** Every text that the document itself ties to a patient or a relative, longest first; to be removed wherever else it stands. */
export const patientWords = (document: JsonObject): readonly string[] => {
  const found = persons(document, containedPersons(document)).flatMap(texts).flatMap(wordsOf);
  return [...new Set(found)].sort((a, b) => b.length - a.length).slice(0, 200);
};
