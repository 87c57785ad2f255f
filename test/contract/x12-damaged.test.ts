import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readInterchanges } from '../../connectors/x12/read-interchanges.ts';
import { acknowledgementOf, shipNoticeOf } from '../../connectors/x12/sandbox-documents.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/x12/${name}`, import.meta.url), 'utf8');
const order = {
  control: '000000001',
  number: '4500000123',
  reference: '4500000123',
  buyer: 'SYNCLINE',
  seller: 'SUPPLIER',
  lines: [
    { line: '1', quantity: '10', unit: 'EA' },
    { line: '2', quantity: '4', unit: 'BX' },
  ],
};
const cover = { order, number: 7, at: new Date('2026-11-23T09:30:00Z') };
const sound = [
  acknowledgementOf(cover, () => 'IA'),
  shipNoticeOf(cover, order.lines),
  fixture('nodex12-856.edi'),
  fixture('nodex12-850_fat.edi'),
];

type Damage = (text: string, at: number, odd: string) => string;

const damages: readonly Damage[] = [
  (text, at, odd) => text.slice(0, at) + odd + text.slice(at),
  (text, at, odd) => text.slice(0, at) + odd + text.slice(at + odd.length),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1 + (at % 40)),
  (text, at) => text.slice(0, at) + text,
  (text, at, odd) => text.replaceAll(text[at] ?? '~', odd),
  (text, at) => {
    const segments = text.split('~');
    segments.splice(at % segments.length, 1);
    return segments.join('~');
  },
  (text, at) => {
    const segments = text.split('~');
    const [moved = ''] = segments.splice(at % segments.length, 1);
    segments.splice((at * 7) % segments.length, 0, moved);
    return segments.join('~');
  },
];
const odds = [
  '~',
  '*',
  'ISA',
  'IEA*1*1~',
  'HL*1*1*I~',
  '\u0000',
  '\uFEFF',
  '\n',
  '999999999999',
  '-1',
  '.',
  'é',
  '🦠',
  'ST*855*1~',
  '',
];

test('10,000 damaged documents are read or refused with reasons, and nothing is thrown', () => {
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...sound),
      fc.array(fc.tuple(fc.constantFrom(...damages), fc.nat(2500), fc.constantFrom(...odds)), {
        minLength: 0,
        maxLength: 4,
      }),
      (text, steps) => {
        const raw = steps.reduce(
          (rest, [damage, at, odd]) => damage(rest, at % (rest.length + 1), odd),
          text,
        );
        const reading = readInterchanges(raw);
        if (reading.problems.length > 0) refused += 1;
        else expect(reading.documents).not.toHaveLength(0);
        for (const problem of reading.problems)
          expect(problem).toMatch(/^[A-Z0-9?]{1,3}(?: of line \d+)?: .+[;(].+\.$/u);
      },
    ),
    { numRuns: 10_000, seed: 20261123 },
  );
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeLessThan(9900);
}, 120_000);

test.each([
  [
    'a megabyte of terminators',
    `${acknowledgementOf(cover, () => 'IA').slice(0, 106)}${'~'.repeat(1_000_000)}`,
  ],
  ['a megabyte of interchanges', 'ISA*'.repeat(250_000)],
  [
    'fifty thousand levels',
    `${acknowledgementOf(cover, () => 'IA').slice(0, 106)}GS*SH~ST*856*1~BSN*00*1*20261123*10~${Array.from({ length: 50_000 }, (_, n) => `HL*${n + 1}*${n}*O~`).join('')}`,
  ],
])('%s takes less than two seconds', (_, raw) => {
  const before = performance.now();
  expect(readInterchanges(raw).problems).not.toHaveLength(0);
  expect(performance.now() - before).toBeLessThan(2000);
});
