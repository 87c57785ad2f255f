import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSupplyRequest } from '../../connectors/fhir-r4/read-supply-request.ts';

const hl7 = JSON.parse(
  readFileSync(
    new URL('../fixtures/fhir-r4/supplyrequest-example-simpleorder.json', import.meta.url),
    'utf8',
  ),
);

const planted = [
  'MRN 90210777',
  'DOB 1948-07-31',
  '219-09-9999',
  'zaphod@example.org',
  '(212) 555-0187',
  'patient Zaphod Beeblebrox',
];
const secrets = ['90210777', '1948-07-31', '219-09-9999', 'zaphod', '555-0187', 'beeblebrox'];

const places: readonly ((document: Record<string, unknown>, secret: string) => unknown)[] = [
  (d, secret) => ({ ...d, text: { status: 'generated', div: `<div>${secret}</div>` } }),
  (d, secret) => ({ ...d, note: [{ text: secret }] }),
  (d, secret) => ({ ...d, requester: { reference: 'Patient/1', display: secret } }),
  (d, secret) => ({ ...d, deliverTo: { reference: 'Patient/1', display: secret } }),
  (d, secret) => ({ ...d, deliverFor: { display: secret } }),
  (d, secret) => ({ ...d, deliverTo: { display: `Ward 3, ${secret}` } }),
  (d, secret) => ({
    ...d,
    contained: [{ resourceType: 'Patient', id: 'p', name: [{ text: secret }] }],
  }),
  (d, secret) => ({ ...d, extension: [{ url: 'urn:subject', valueString: secret }] }),
  (d, secret) => ({ ...d, identifier: [{ system: 'urn:syncline:basket', value: secret }] }),
  (d, secret) => ({
    ...d,
    itemCodeableConcept: { coding: [{ code: secret, display: secret }], text: `Tubes, ${secret}` },
  }),
  (d, secret) => ({ ...d, status: secret, priority: secret, authoredOn: secret }),
  (d, secret) => ({ ...d, id: secret, meta: { versionId: secret, lastUpdated: secret } }),
  (d, secret) => ({ ...d, quantity: { value: secret, unit: secret } }),
  (d, secret) => ({
    ...d,
    [secret]: secret,
    itemReference: { reference: secret, display: secret },
  }),
];

/** Throws away, doubles or replaces what stands at a random path. */
const mutate = (value: unknown, choices: number[]): unknown => {
  const choice = choices.pop() ?? 0;
  const odd: unknown[] = [
    null,
    0,
    -1,
    '',
    true,
    [],
    {},
    'x'.repeat(300),
    1e308,
    { resourceType: 'Patient' },
  ];
  if (typeof value !== 'object' || value === null || choice % 5 === 0)
    return odd[choice % odd.length];
  const keys = Object.keys(value);
  const key = keys[choice % Math.max(1, keys.length)];
  if (key === undefined) return odd[choice % odd.length];
  const record = { ...(value as Record<string, unknown>) };
  if (choice % 7 === 0) delete record[key];
  else record[key] = mutate(record[key], choices);
  return Array.isArray(value) ? Object.values(record) : record;
};

test('10,000 damaged requests are read or refused with reasons, and no planted identifier comes through', () => {
  const kinds = { REQUEST: 0, UNUSABLE: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(...planted),
      fc.constantFrom(...places),
      fc.array(fc.nat(10_000), { minLength: 0, maxLength: 6 }),
      fc.nat(4000),
      (secret, plant, choices, at) => {
        const document = plant(hl7, secret);
        const text = JSON.stringify(
          choices.length === 0 ? document : mutate(document, [...choices]),
        );
        const raw = at < 400 ? text.slice(0, at) + text.slice(at + 1) : text;
        const reading = readSupplyRequest(raw);
        kinds[reading.kind] += 1;
        if (reading.kind === 'UNUSABLE') expect(reading.problems).not.toHaveLength(0);
        const output = JSON.stringify(reading).toLowerCase();
        for (const each of secrets) expect(output).not.toContain(each);
      },
    ),
    { numRuns: 10_000, seed: 20261123 },
  );
  expect(kinds.REQUEST).toBeGreaterThan(500);
  expect(kinds.UNUSABLE).toBeGreaterThan(500);
}, 120_000);
