import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const comparing = join(import.meta.dirname, 'compiled-differences-process.ts');

describe('an operation that is compiled for a subgraph in this process', () => {
  test.each([
    ['a query', 'query', 100],
    ['a mutation', 'mutation', 60],
  ])(
    'is answered like by graphql-js and leaves no rejection unheard, whatever resolvers return: %s',
    async (_, kind, amount) => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        comparing,
        ...[kind, String(amount), '20261127'],
      ]);
      expect(JSON.parse(stdout)).toEqual({ compared: amount * 10, count: 0, first: [] });
    },
    300_000,
  );
});
