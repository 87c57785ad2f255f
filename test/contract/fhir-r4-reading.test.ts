import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { cutDefinitions } from '../../connectors/fhir-r4/generate-definitions.ts';
import { readSupplyRequest } from '../../connectors/fhir-r4/read-supply-request.ts';
import { screenText } from '../../connectors/fhir-r4/screen-text.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/fhir-r4/${name}`, import.meta.url), 'utf8');
const hl7 = JSON.parse(fixture('supplyrequest-example-simpleorder.json'));
const read = (change: object) => readSupplyRequest(JSON.stringify({ ...hl7, ...change }));

test("reads HL7's own example", () => {
  expect(readSupplyRequest(JSON.stringify(hl7))).toMatchObject({
    kind: 'REQUEST',
    localId: 'simpleorder',
    basket: 'simpleorder',
    status: 'active',
    priority: 'asap',
    itemCode: 'BlueTubes',
    itemText: 'Blood collect tubes blue cap',
    quantity: { value: '10', unit: 'EA' },
    neededBy: '2016-12-31',
    authoredOn: '2016-12-31T00:00:00.000Z',
    deliverTo: 'GoodHealth Clinic Receiving',
  });
});

test('the definitions are those that HL7 published', () => {
  const committed = new URL('../../connectors/fhir-r4/definitions.json', import.meta.url);
  expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(JSON.parse(cutDefinitions()));
});

test('reads the item of R5', () => {
  const { itemCodeableConcept, ...rest } = hl7;
  const r5 = {
    ...rest,
    item: { concept: itemCodeableConcept },
    deliverFor: { reference: 'Patient/1' },
  };
  expect(readSupplyRequest(JSON.stringify(r5))).toMatchObject({
    kind: 'REQUEST',
    itemCode: 'BlueTubes',
  });
});

test('reads an item that is a reference to a device', () => {
  const item = {
    itemCodeableConcept: undefined,
    itemReference: { reference: 'Device/pump-7', display: 'Pump' },
  };
  expect(read(item)).toMatchObject({
    kind: 'REQUEST',
    itemCode: 'Device/pump-7',
    itemText: 'Pump',
  });
});

test('requests of one basket share its identifier', () => {
  const identifier = [{ system: 'urn:syncline:basket', value: 'basket-7' }];
  expect(read({ identifier })).toMatchObject({ basket: 'basket-7' });
});

describe('names the element and what to do', () => {
  test.each([
    ['no item', { itemCodeableConcept: undefined }, /^SupplyRequest\.item\[x\]: is missing; send/],
    [
      'an item that is neither R4 nor R5',
      { itemCodeableConcept: undefined, item: 'tubes' },
      /^SupplyRequest\.item: is neither/,
    ],
    [
      'two items',
      { itemReference: { reference: 'Device/1' } },
      /^SupplyRequest\.item\[x\]: is given more than once/,
    ],
    [
      'an item in words only',
      { itemCodeableConcept: { text: 'tubes' } },
      /^SupplyRequest\.item\[x\]: has no code/,
    ],
    ['no quantity', { quantity: undefined }, /^SupplyRequest\.quantity: is missing/],
    [
      'a quantity of zero',
      { quantity: { value: 0 } },
      /^SupplyRequest\.quantity\.value: is not a number above 0/,
    ],
    ['a quantity in words', { quantity: { value: 'ten' } }, /^SupplyRequest\.quantity\.value/],
    [
      'a quantity that is only bounded',
      { quantity: { value: 3, comparator: '<' } },
      /^SupplyRequest\.quantity\.comparator/,
    ],
    [
      'a unit nobody knows',
      { quantity: { value: 3, unit: 'furlong' } },
      /^SupplyRequest\.quantity\.code/,
    ],
    [
      'a status outside the value set',
      { status: 'ordered' },
      /^SupplyRequest\.status: is not in the value set/,
    ],
    [
      'a priority outside the value set',
      { priority: 'high' },
      /^SupplyRequest\.priority: is not in the value set/,
    ],
    ['a date that is none', { authoredOn: 'yesterday' }, /^SupplyRequest\.authoredOn/],
    [
      'an element of the wrong type',
      { reasonCode: 'low' },
      /^SupplyRequest\.reasonCode: has the wrong JSON type/,
    ],
    [
      'a modifier that may change the meaning',
      { modifierExtension: [{ url: 'urn:not' }] },
      /^SupplyRequest\.modifierExtension/,
    ],
    ['another resource', { resourceType: 'Task' }, /^resourceType: is not SupplyRequest/],
  ])('%s', (_, change, problem) => {
    const reading = read(change);
    expect(reading).toMatchObject({
      kind: 'UNUSABLE',
      problems: expect.arrayContaining([expect.stringMatching(problem)]),
    });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{"resourceType":'],
    ['an array', '[]'],
    ['a number', '1'],
    ['a bomb of brackets', '['.repeat(200_000)],
    ['an object too deep', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['a document too long', `"${'x'.repeat(1_000_001)}"`],
  ])('%s', (_, raw) => {
    expect(readSupplyRequest(raw)).toMatchObject({
      kind: 'UNUSABLE',
      problems: [expect.stringMatching(/^document: .*; send/)],
    });
  });
});

describe('who asks and where it goes', () => {
  test.each([
    [
      'staff by reference',
      { requester: { reference: 'Practitioner/7', display: 'N. Quinn' } },
      { requester: 'Practitioner/7' },
    ],
    [
      'staff by type and name',
      { requester: { type: 'Practitioner', display: 'N. Quinn, RN' } },
      { requester: 'N. Quinn, RN' },
    ],
    ['a name that may be anybody', { requester: { display: 'Henry Seven' } }, { requester: null }],
    [
      'a patient',
      { requester: { reference: 'Patient/7', display: 'Jane Doe' } },
      { requester: null },
    ],
    [
      'a patient who is called staff',
      { requester: { reference: 'Patient/7', type: 'Practitioner' } },
      { requester: null },
    ],
    [
      'a relative',
      { requester: { reference: 'http://ehr/fhir/RelatedPerson/7' } },
      { requester: null },
    ],
    [
      'a reference that cannot be read',
      { requester: { reference: 'urn:uuid:1', type: 'Practitioner' } },
      { requester: null },
    ],
    [
      'a place',
      { deliverTo: { reference: 'http://ehr/fhir/Location/icu-1' } },
      { deliverTo: 'Location/icu-1' },
    ],
    [
      "a patient's home",
      { deliverTo: { reference: 'Patient/7', display: 'Jane Doe' } },
      { deliverTo: null },
    ],
    [
      'a patient by search',
      { deliverTo: { reference: 'Patient?identifier=7', display: 'Jane' } },
      { deliverTo: null },
    ],
  ])('%s', (_, change, expected) => {
    expect(read(change)).toMatchObject({ kind: 'REQUEST', ...expected });
  });
});

describe('free text', () => {
  test.each([
    ['tubes for pt Jane Doe', 'tubes for [removed]'],
    ['tubes for patient jane', 'tubes for [removed]'],
    ['for Mrs. Ada Lovelace', 'for [removed]'],
    ['tubes MRN: 00482913', 'tubes [removed]'],
    ['tubes, medical record number 482-913', 'tubes, [removed]'],
    ['SSN 078-05-1120', '[removed]'],
    ['078-05-1120', '[removed]'],
    ['born 04/02/1961', '[removed]'],
    ['1961-02-04 tubes', '[removed] tubes'],
    ['call (555) 123-4567', 'call [removed]'],
    ['mail jane.doe@example.org', 'mail [removed]'],
    ['M\u200bRN 00482913', 'M RN 00482913'],
    ['Patient Lift Sling, large', 'Patient Lift Sling, large'],
    ['patient gown, blue', 'patient gown, blue'],
    ['07613336140420 catheter 5F', '07613336140420 catheter 5F'],
  ])('%s', (text, screened) => expect(screenText(text)).toBe(screened));

  test("a patient's name is gone from every text of the document", () => {
    const reading = read({
      contained: [
        { resourceType: 'Patient', id: 'p', name: [{ family: 'Zzyzx', given: ['Quill'] }] },
      ],
      itemCodeableConcept: { coding: [{ code: 'T1' }], text: 'Tubes (quill zzyzx, room 4)' },
    });
    expect(reading).toMatchObject({
      kind: 'REQUEST',
      itemText: 'Tubes ([removed] [removed], room 4)',
    });
  });
});
