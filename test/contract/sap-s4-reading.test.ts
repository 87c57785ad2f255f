import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { classifyError } from '../../connectors/sap-s4/classify-error.ts';
import { pricePerUnits } from '../../connectors/sap-s4/order-body.ts';

describe('an error of S/4HANA', () => {
  test.each([
    [
      'JSON with details as strings',
      400,
      '{"error":{"code":"06/321","message":{"lang":"en","value":"Supplier 1 does not exist"},"innererror":{"errordetails":[{"code":"06/321","message":"Check the entry"}]}}}',
      { kind: 'permanent', code: '06/321', words: 'Supplier 1 does not exist; Check the entry' },
    ],
    [
      'JSON with details as objects',
      400,
      '{"error":{"code":"X","message":"No","innererror":{"errordetails":[{"message":{"value":"Really"}}]}}}',
      { kind: 'permanent', code: 'X', words: 'No; Really' },
    ],
    [
      'Atom XML',
      404,
      '<?xml version="1.0"?><error xmlns="m"><code>/IWBEP/CM_MGW_RT/020</code><message xml:lang="en">Resource not found</message></error>',
      { kind: 'permanent', code: '/IWBEP/CM_MGW_RT/020', words: 'Resource not found' },
    ],
    [
      'HTML',
      500,
      '<html><head><title>Application Server Error</title></head></html>',
      { kind: 'ambiguous', code: '', words: 'Application Server Error' },
    ],
    [
      'plain text',
      503,
      'Service Unavailable',
      { kind: 'throttled', code: '', words: 'Service Unavailable' },
    ],
    ['nothing', 502, '', { kind: 'ambiguous', code: '', words: 'status 502 without words' }],
    [
      'a document somebody else has open',
      400,
      '{"error":{"code":"ME/006","message":{"value":"User BUYER already processing purchasing document"}}}',
      {
        kind: 'transient',
        code: 'ME/006',
        words: 'User BUYER already processing purchasing document',
      },
    ],
  ])('in %s is understood', (_, status, text, expected) => {
    expect(classifyError(status, text, true)).toEqual(expected);
  });
});

test.each([
  ['12.5', { amount: '12.50', per: '1' }],
  ['0.0125', { amount: '1.25', per: '100' }],
  ['11.123456', { amount: '111234.56', per: '10000' }],
  ['0.0000001', null],
])('a price of %s is kept as %j', (price, expected) => {
  expect(pricePerUnits(price)).toEqual(expected);
});

test('the stand-in knows nothing of the connector, nor the connector of it', () => {
  const folder = join(import.meta.dirname, '../../connectors/sap-s4');
  const importsOf = (file: string): string[] =>
    [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, path = '']) => path);
  const standIn = [
    'sandbox.ts',
    ...readdirSync(join(folder, 'sandbox')).map((name) => `sandbox/${name}`),
  ];
  for (const name of standIn)
    for (const path of importsOf(join(folder, name)))
      expect(path).toMatch(
        /^(node:|[a-z]|\.\/(sandbox\/)?[a-z-]+\.ts$|(\.\.\/){2,3}platform\/(free-port|fault-dice)\.ts$)/,
      );
  const sandboxFiles = new Set(readdirSync(join(folder, 'sandbox')));
  for (const name of standIn.filter((file) => file.startsWith('sandbox/')))
    for (const path of importsOf(join(folder, name)).filter((path) => path.startsWith('./')))
      expect(sandboxFiles).toContain(path.slice(2));
  for (const name of readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && file !== 'sandbox.ts',
  ))
    for (const path of importsOf(join(folder, name)))
      expect(path).not.toMatch(/sandbox|fault-dice/);
});
