import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { codeOf, type FrontBed, startBed } from './front-bed.ts';

let bed: FrontBed;
beforeAll(async () => {
  bed = await startBed({ limits: { cost: 400 } });
  await bed.post({ query: '{ products { id related { id } } }' });
});
afterAll(() => bed.close());

const times = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');

const nested = (levels: number): string =>
  `{ products ${'{ related '.repeat(levels - 2)}{ id }${' }'.repeat(levels - 2)} }`;

describe('an operation at its limit runs, one above it is refused with both numbers', () => {
  test.each([
    ['tokens', (n: number) => `{ ${'me '.repeat(n - 2)}}`, 5_000, 'TOKEN_LIMIT_EXCEEDED'],
    [
      'characters in one name',
      (n: number) => `{ me ${'a'.repeat(n)} }`,
      500,
      'NAME_LIMIT_EXCEEDED',
    ],
    ['levels', nested, 25, 'DEPTH_LIMIT_EXCEEDED'],
    [
      'fields',
      (n: number) => `{ ...F } fragment F on Query { products { ${times(n - 1, () => 'id')} } }`,
      2_000,
      'FIELD_LIMIT_EXCEEDED',
    ],
    [
      'aliases',
      (n: number) => `{ product(id: 1) { ${times(n, (i) => `a${i}: id`)} } }`,
      100,
      'ALIAS_LIMIT_EXCEEDED',
    ],
    [
      'root fields',
      (n: number) => `{ ${times(n, (i) => `a${i}: me`)} }`,
      50,
      'ROOT_FIELD_LIMIT_EXCEEDED',
    ],
    [
      'points of cost',
      (n: number) => `{ products(first: ${n}) { id } }`,
      400,
      'COST_LIMIT_EXCEEDED',
    ],
  ])('%s', async (what, query, limit, code) => {
    const above = await bed.post({ query: query(limit + 1) });
    expect(codeOf(above)).toBe(code);
    expect(above.body.errors?.[0]?.message).toBe(
      `The operation has ${limit + 1} ${what}; the limit is ${limit}.`,
    );
    expect(codeOf(await bed.post({ query: query(limit) }))).not.toBe(code);
  });
});

describe('cost', () => {
  test('follows the variables', async () => {
    const query = 'query Some($n: Int) { products(first: $n) { id } }';
    expect((await bed.post({ query, variables: { n: 5 } })).body.data).toBeDefined();
    expect(codeOf(await bed.post({ query, variables: { n: 401 } }))).toBe('COST_LIMIT_EXCEEDED');
  });

  test('takes the assumed size where nobody says, and the weight that the schema gives', async () => {
    expect(codeOf(await bed.post({ query: '{ report }' }))).toBe('COST_LIMIT_EXCEEDED');
  });

  test('is a budget for each principal', async () => {
    const who = (name: string) => ({ authorization: name });
    const shared = await startBed({
      limits: { costPerMinute: 10 },
      authenticate: ({ authorization: subject = '' }) => ({
        subject,
        name: subject,
        roles: [],
        facilityIds: 'ALL',
        clientId: 'test',
      }),
    });
    const query = '{ products(first: 8) { id } }';
    expect((await shared.post({ query }, who('nora'))).status).toBe(200);
    const spent = await shared.post({ query }, who('nora'));
    expect([spent.status, codeOf(spent)]).toEqual([429, 'COST_BUDGET_EXCEEDED']);
    expect((await shared.post({ query }, who('omar'))).status).toBe(200);
    await shared.close();
  });
});

const bomb = (levels: number): string =>
  `{ products { ...F0 } } ${times(levels, (i) => `fragment F${i} on Product { related { ...F${i + 1} } again: related { ...F${i + 1} } }`)} fragment F${levels} on Product { id }`;

const doubled = (levels: number): string =>
  levels === 0 ? 'id' : `related { ${doubled(levels - 1)} } related { ${doubled(levels - 1)} }`;

describe('a hostile operation is refused and costs at most 100 ms of CPU', () => {
  test.each([
    ['a fragment bomb of 2^25 fields', bomb(25)],
    ['a fragment that spreads itself', '{ products { ...F } } fragment F on Product { id ...F }'],
    [
      'fragments in a circle',
      `{ products { ...F0 } } ${times(200, (i) => `fragment F${i} on Product { ...F${(i + 1) % 200} }`)}`,
    ],
    ['1,900 times the same field', `{ ${'me '.repeat(1_900)} }`],
    [
      '900 times the same field with a selection',
      `{ products { ${'related { id } '.repeat(900)} } }`,
    ],
    ['pairs within pairs', `{ products { ${doubled(9)} } }`],
    ['2,400 aliases', `{ ${times(2_400, (i) => `a${i}: me`)} }`],
    [
      '1,600 levels of fields',
      `{ products ${'{ related '.repeat(1_600)}{ id }${'}'.repeat(1_601)}`,
    ],
    ['1,600 levels of fragments', `{ ${'... { '.repeat(1_600)} me ${'}'.repeat(1_600)} }`],
    [
      'a list of 60,000 levels',
      `{ product(id: ${'['.repeat(60_000)}${']'.repeat(60_000)}) { id } }`,
    ],
    [
      'an object of 20,000 levels',
      `{ product(id: ${'{a:'.repeat(20_000)}1${'}'.repeat(20_000)}) { id } }`,
    ],
    ['120,000 tokens', `{ ${'me '.repeat(80_000)} }`],
    ['240 KB in one name', `{ ${'a'.repeat(240_000)} }`],
    ['240 KB in one string', `{ product(id: "${'a'.repeat(240_000)}" }`],
    ['240 KB of escapes', `{ product(id: "${'\\u0041'.repeat(35_000)}" }`],
    ['240 KB of comments', `${'#\n'.repeat(80_000)}{ nothing }`],
    ['an unfinished block string', `{ product(id: """${'\n '.repeat(80_000)}`],
    ['1,500 unknown fields', `{ ${times(1_500, (i) => `z${i}`)} }`],
    ['1,200 unused variables', `query (${times(1_200, (i) => `$v${i}: Int`)}) { me }`],
    ['800 directives on one field', `{ me ${'@skip(if: true) '.repeat(800)} }`],
    [
      '400 operations sharing 300 fragments',
      `${times(400, (i) => `query Q${i} { ...F0 }`)} ${times(300, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F300 on Query { me }`,
    ],
    [
      'every variable in every operation',
      `${times(200, (i) => `query Q${i}($v: ID!) { ...F0 }`)} ${times(100, (i) => `fragment F${i} on Query { ...F${i + 1} x${i}: product(id: $v) { id } }`)} fragment F100 on Query { me }`,
    ],
    [
      'introspection of introspection',
      `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} }'.repeat(8)} } } }`,
    ],
    ['the schema five times', `{ ${times(5, (i) => `a${i}: __schema { types { name } }`)} }`],
    ['600 arguments that differ', `{ ${times(600, (i) => `product(id: ${i}) { id }`)} }`],
  ])('%s', async (_, query) => {
    const costs: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const before = process.cpuUsage();
      const reply = await bed.post({ query });
      const { user, system } = process.cpuUsage(before);
      costs.push((user + system) / 1_000);
      expect(reply.status).toBe(200);
      expect(reply.body.data).toBeUndefined();
      expect(typeof codeOf(reply)).toBe('string');
    }
    expect(Math.min(...costs)).toBeLessThan(100);
  });
});
