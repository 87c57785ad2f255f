import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const documented = [...read('gateway/ERRORS.md').matchAll(/^\| ([A-Z_]+) \|(.*)\|$/gm)];

/** Names of settings, of errors that Node gives, and of a label in metrics: written like codes, but no client sees them. */
const noCode =
  /\b(?:env(?:\[|, )|variable: |config\()'[A-Z_]+'|'(?:ERR|HPE|UND|JWKS|JWT)_[A-Z_]+'|'ANSWERED_ERRORS'/g;

const codesIn = (source: string): string[] =>
  [...source.replaceAll(noCode, '').matchAll(/code: '([A-Z_]+)'|'([A-Z]+(?:_[A-Z]+)+)'/g)].map(
    ([, typed, word]) => typed ?? word ?? '',
  );

const written = async (): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for await (const file of glob('gateway/**/*.ts', { cwd: root }))
    for (const code of codesIn(read(file))) found.add(code);
  return found;
};

test('gateway/ERRORS.md names every code that the gateway answers with, and no other', async () => {
  const codes = documented.map(([, code]) => code);
  expect(new Set(codes)).toEqual(await written());
  expect(new Set(codes).size).toBe(codes.length);
});

test('each code says what it means and what to do', () => {
  for (const [, code, rest = ''] of documented) {
    const [, meaning = '', remedy = ''] = rest.split('|').map((cell) => cell.trim());
    expect([code, meaning.length > 10, remedy.length > 7]).toEqual([code, true, true]);
  }
});
