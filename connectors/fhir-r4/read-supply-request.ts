import type {
  ClinicalSupplyRequest,
  UnusableClinicalDocument,
} from '../../subgraphs/clinical/ports.ts';
import { basketOf, opaque } from './basket.ts';
import { instantOf, neededBy } from './dates.ts';
import { inR4Words, itemOf, itemProblems } from './item.ts';
import { asObject, asText, isDeeperThan, type JsonObject } from './json.ts';
import { patientWords } from './patient-words.ts';
import { readQuantity } from './quantity.ts';
import { placeOf, staffOf } from './references.ts';
import { isClean } from './screen-text.ts';
import { validateStructure } from './validate-structure.ts';

type Reading = ClinicalSupplyRequest | UnusableClinicalDocument;
type Status = ClinicalSupplyRequest['status'];
type Priority = ClinicalSupplyRequest['priority'];

const statuses: readonly Status[] = [
  'draft',
  'active',
  'suspended',
  'cancelled',
  'completed',
  'entered-in-error',
  'unknown',
];
const priorities: readonly Priority[] = ['routine', 'urgent', 'asap', 'stat'];

const longestDocument = 1_000_000;
const deepestDocument = 40;

/** Undefined when the code is outside the set; the default when the request names none. */
const fromSet = <T extends string>(set: readonly T[], value: unknown, none: T): T | undefined =>
  value === undefined ? none : set.find((each) => each === value);

const codeProblems = (document: JsonObject): readonly string[] => [
  ...(fromSet(statuses, document['status'], 'unknown') === undefined
    ? [`SupplyRequest.status: is not in the value set; send one of ${statuses.join(', ')}.`]
    : []),
  ...(fromSet(priorities, document['priority'], 'routine') === undefined
    ? [`SupplyRequest.priority: is not in the value set; send one of ${priorities.join(', ')}.`]
    : []),
  ...(document['modifierExtension'] === undefined
    ? []
    : [
        'SupplyRequest.modifierExtension: may change what the request means and the hub does not know it; send the request without it.',
      ]),
];

/** What stands in the document, with patients gone; a field is null where the document has none that may be passed on. */
const fieldsOf = (original: JsonObject, raw: string) => {
  const document = inR4Words(original);
  const known = patientWords(original);
  const meta = asObject(document['meta']);
  const usable = (text: string | undefined): text is string =>
    text !== undefined && /^[A-Za-z0-9.-]{1,64}$/.test(text) && isClean(text, known);
  const id = asText(document['id']);
  const idUsable = usable(id);
  const version = asText(meta?.['versionId']);
  const localId = idUsable ? id : `unidentified-${opaque(raw)}`;
  return {
    idUsable,
    localId,
    versionId: usable(version) ? version : opaque(raw),
    basket: basketOf(original, localId, known),
    status: fromSet(statuses, document['status'], 'unknown'),
    priority: fromSet(priorities, document['priority'], 'routine'),
    item: itemOf(document, known),
    quantity: readQuantity(document['quantity']),
    neededBy: neededBy(document),
    authoredOn: instantOf(document['authoredOn']) ?? instantOf(meta?.['lastUpdated']),
    requester: staffOf(document['requester'], known),
    deliverTo: placeOf(document['deliverTo'], known),
  };
};

type Fields = ReturnType<typeof fieldsOf>;

/** Only what procurement needs is written down again (45 CFR 164.502(b)); an element nobody listed here cannot leak. */
const screenedText = (fields: Fields): string =>
  JSON.stringify({
    resourceType: 'SupplyRequest',
    id: fields.localId,
    meta: { versionId: fields.versionId },
    identifier: [{ system: 'urn:syncline:basket', value: fields.basket }],
    status: fields.status,
    priority: fields.priority,
    itemCodeableConcept: {
      ...(fields.item.code === null ? {} : { coding: [{ code: fields.item.code }] }),
      text: fields.item.text,
    },
    quantity: fields.quantity.quantity ?? undefined,
    occurrenceDateTime: fields.neededBy ?? undefined,
    authoredOn: fields.authoredOn ?? undefined,
    requester: fields.requester ?? undefined,
    deliverTo: fields.deliverTo ?? undefined,
  });

const problemsOf = (document: JsonObject, fields: Fields): readonly string[] => [
  ...(document['resourceType'] === 'SupplyRequest'
    ? []
    : ['resourceType: is not SupplyRequest; send a SupplyRequest.']),
  ...(fields.idUsable
    ? []
    : [
        'SupplyRequest.id: is missing or not an id of FHIR; send the resource as the server stores it.',
      ]),
  ...itemProblems(document),
  ...(fields.item.code === null && itemProblems(document).length === 0
    ? [
        'SupplyRequest.item[x]: has no code; send a coding whose code is an item number of the catalogue, or a reference to a Device.',
      ]
    : []),
  ...fields.quantity.problems,
  ...codeProblems(document),
  ...(fields.authoredOn === null
    ? ['SupplyRequest.authoredOn: is missing or no date; send when the request was made.']
    : []),
  ...validateStructure(inR4Words(document)).filter((each) => !/item\[x\]|\.quantity/.test(each)),
];

const unusable = (raw: string, problem: string): UnusableClinicalDocument => ({
  kind: 'UNUSABLE',
  localId: `unidentified-${opaque(raw)}`,
  versionId: opaque(raw),
  screened: '{}',
  problems: [problem],
});

/** Reads a SupplyRequest that is JSON already; `raw` is its text and names it when it has no id of its own. */
const readDocument = (document: JsonObject, raw: string): Reading => {
  const fields = fieldsOf(document, raw);
  const { localId, versionId, basket, status, priority, item, authoredOn } = fields;
  const screened = screenedText(fields);
  const problems = problemsOf(document, fields);
  const quantity = fields.quantity.quantity;
  const complete = status && priority && item.code !== null && quantity && authoredOn;
  if (problems.length > 0 || !complete)
    return { kind: 'UNUSABLE', localId, versionId, screened, problems };
  return {
    kind: 'REQUEST',
    localId,
    versionId,
    basket,
    status,
    priority,
    itemCode: item.code,
    itemText: item.text,
    quantity,
    neededBy: fields.neededBy,
    authoredOn,
    requester: fields.requester,
    deliverTo: fields.deliverTo,
    clinicalRequestRef: opaque(`SupplyRequest|${localId}`),
    screened,
  };
};

const parsed = (raw: string): JsonObject | string => {
  if (raw.length > longestDocument)
    return `document: is longer than ${longestDocument} characters; send one SupplyRequest at a time.`;
  try {
    const document = asObject(JSON.parse(raw.replace(/^\uFEFF/, '')));
    if (document === undefined)
      return 'document: is not a JSON object; send a SupplyRequest as JSON.';
    if (isDeeperThan(document, deepestDocument))
      return `document: is nested deeper than ${deepestDocument} levels; send a SupplyRequest as FHIR R4 defines it.`;
    return document;
  } catch {
    // The parser's own words would repeat a part of the document, which may be a patient's.
    return 'document: is not JSON; send the SupplyRequest as application/fhir+json.';
  }
};

/** A ward's request from a raw document, R4 or R5, with patient data removed; never throws: what is wrong is in `problems`. */
export const readSupplyRequest = (raw: string): Reading => {
  const document = parsed(raw);
  return typeof document === 'string' ? unusable(raw, document) : readDocument(document, raw);
};
