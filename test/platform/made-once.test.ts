import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { madeOnce } from '../../platform/made-once.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncline made once '));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is made when it is first asked for, for its owner alone, and stays', async () => {
  const file = join(folder, 'keys/secret');
  expect(madeOnce(file, () => 'first')).toBe('first');
  expect(madeOnce(file, () => 'second')).toBe('first');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('of two processes that make it at once both get what the first made, and nothing else is left', async () => {
  const file = join(folder, 'secret');
  const slower = madeOnce(file, () => {
    expect(madeOnce(file, () => 'of the first')).toBe('of the first');
    return 'of the slower';
  });
  expect(slower).toBe('of the first');
  expect(await readdir(folder)).toEqual(['secret']);
});
