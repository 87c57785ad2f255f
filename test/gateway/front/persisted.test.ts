import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import type { Authenticate } from '../../../gateway/http/graphql-endpoint.ts';
import { operationHash } from '../../../gateway/persisted/operation-hash.ts';
import { loadSafelist, type Safelist } from '../../../gateway/persisted/safelist.ts';
import type { Identity } from '../../../platform/identity.ts';
import { codeOf, type FrontBed, startBed } from './front-bed.ts';
import { shop } from './shop.ts';

const exec = promisify(execFile);
let folder: string;
let supergraph: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'operations-'));
  supergraph = join(folder, 'supergraph.graphql');
  const urls = { catalogue: 'http://127.0.0.1:1', opinions: 'http://127.0.0.1:2' };
  await writeFile(supergraph, shop.supergraph(urls));
});
afterAll(() => rm(folder, { recursive: true }));

const byClient = (clientId: string): Identity => ({
  subject: 'u',
  name: 'U',
  roles: [],
  facilityIds: 'ALL',
  clientId,
});
const authenticate: Authenticate = ({ authorization = 'console' }) => byClient(authorization);

const version1 = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
const query = '{ me }';
const id = operationHash(query);

describe('automatic persisted queries', () => {
  let bed: FrontBed;
  beforeAll(async () => {
    bed = await startBed({ authenticate });
  });
  afterAll(() => bed.close());

  test('are asked for in the words that clients know, then sent once, then known by id', async () => {
    const unknown = await bed.post({ extensions: version1(id) });
    expect(unknown.body.errors?.[0]).toMatchObject({
      message: 'PersistedQueryNotFound',
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    });
    expect((await bed.post({ query, extensions: version1(id) })).body.data).toEqual({
      me: null,
    });
    expect((await bed.post({ extensions: version1(id) })).body.data).toEqual({ me: null });
    expect((await bed.post({ documentId: `sha256:${id}` })).body.data).toEqual({ me: null });
    const search = `extensions=${encodeURIComponent(JSON.stringify(version1(id)))}`;
    expect((await bed.get(search)).body.data).toEqual({ me: null });
  });

  test('of one client are not shown to another', async () => {
    await bed.post({ query, extensions: version1(id) });
    const other = await bed.post({ extensions: version1(id) }, { authorization: 'analytics' });
    expect(codeOf(other)).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test.each([
    [
      'an id that is not the hash of the text',
      { query: '{ __typename }', extensions: version1(id) },
      'PERSISTED_QUERY_ID_MISMATCH',
    ],
    ['an id that is no hash', { documentId: '../etc/passwd' }, 'BAD_REQUEST'],
    [
      'another version',
      { extensions: { persistedQuery: { version: 2, sha256Hash: id } } },
      'BAD_REQUEST',
    ],
    ['nothing at all', { extensions: {} }, 'BAD_REQUEST'],
  ])('refuse %s', async (_, body, code) => expect(codeOf(await bed.post(body))).toBe(code));

  test('are not remembered when the operation is invalid', async () => {
    const wrong = '{ nothing }';
    const extensions = version1(operationHash(wrong));
    await bed.post({ query: wrong, extensions });
    expect(codeOf(await bed.post({ extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

const document = `query Names { products { ...Named } } query Reviewed { product(id: "1") { ...Named reviews { body } } }
fragment Named on Product { id name }`;
const names = print(
  parse('query Names { products { ...Named } } fragment Named on Product { id name }'),
);

const register = (...args: string[]) =>
  exec(process.execPath, [
    'gateway/persisted/register.ts',
    'register',
    '--folder',
    join(folder, 'out'),
    '--supergraph',
    supergraph,
    ...args,
  ]);

describe('the command that registers operations', () => {
  test('writes every operation of a document with the fragments it uses, once', async () => {
    const file = join(folder, 'views.graphql');
    await writeFile(file, document);
    expect((await register(file)).stdout).toContain('2 new, 0 known before');
    expect((await register(file)).stdout).toContain('0 new, 2 known before');
    const manifest = JSON.parse(await readFile(join(folder, 'out', 'console.json'), 'utf8'));
    expect(manifest).toMatchObject({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      client: 'console',
      operations: [
        { name: 'Names', type: 'query', id: operationHash(names), body: names },
        { name: 'Reviewed', type: 'query' },
      ],
    });
  });

  test('takes the manifests of Apollo’s tools', async () => {
    const body = 'query Price {\n  product(id: "1") {\n    price\n  }\n}';
    const operations = [{ id: operationHash(body), name: 'Price', type: 'query', body }];
    const file = join(folder, 'manifest.json');
    await writeFile(
      file,
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
    expect((await register('--client', 'analytics', file)).stdout).toContain('1 new');
  });

  test.each([
    [
      'an operation that the schema does not know',
      'query Wrong { nothing }',
      /"Wrong" cannot run: Cannot query field "nothing"/,
    ],
    ['an operation without a name', '{ me }', /without a name/],
    ['a text that is no GraphQL', '{', /wrong\.graphql: Syntax Error/],
  ])('refuses %s', async (_, text, message) => {
    const file = join(folder, 'wrong.graphql');
    await writeFile(file, text);
    await expect(register(file)).rejects.toThrow(message);
  });
});

test('the command says what it is when it is called in a wrong way, and ends with 1', async () => {
  const script = 'gateway/persisted/register.ts';
  await expect(exec(process.execPath, [script, 'regster', 'x'])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('register FILE... See --help.'),
  });
  expect((await exec(process.execPath, [script, '--help'])).stdout).toContain('--client');
});

describe('in production with a safelist', () => {
  let bed: FrontBed;
  let safelist: Safelist;
  beforeAll(async () => {
    safelist = await loadSafelist(join(folder, 'out'));
    bed = await startBed({ authenticate, production: true, safelist });
  });
  afterAll(() => bed.close());

  test('registered operations are planned before anyone asks', () =>
    expect(bed.supergraph.current().stats().planned).toBe(safelist.operations.length));

  test('they run, by id or by text, without being planned again', async () => {
    const hash = operationHash(names);
    for (const body of [
      { documentId: hash },
      { documentId: hash, operationName: 'Names' },
      { query: names },
      { query: names, extensions: version1(hash) },
    ])
      expect((await bed.post(body)).body.data).toBeDefined();
    expect(bed.supergraph.current().stats().planned).toBe(safelist.operations.length);
  });

  test.each([
    ['any other text', { query }],
    ['any other text with its hash', { query, extensions: version1(id) }],
    ['any other id', { documentId: id }],
    ['a syntax error', { query: '{' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
  ])('%s is refused', async (_, body) =>
    expect(codeOf(await bed.post(body))).toBe('OPERATION_NOT_REGISTERED'),
  );

  test('another client’s operation is refused', async () => {
    const reply = await bed.post(
      { documentId: operationHash(names) },
      { authorization: 'analytics' },
    );
    expect(codeOf(reply)).toBe('OPERATION_NOT_REGISTERED');
  });
});

describe('in production without a safelist', () => {
  let bed: FrontBed;
  beforeAll(async () => {
    bed = await startBed({ production: true });
  });
  afterAll(() => bed.close());

  test('errors hint at nothing and the schema is not shown', async () => {
    const wrong = await bed.post({ query: '{ produkt(id: "1") { name } }' });
    expect(wrong.body.errors?.[0]?.message).toBe('Cannot query field "produkt" on type "Query".');
    const schema = await bed.post({ query: '{ __schema { types { name } } }' });
    expect(codeOf(schema)).toBe('INTROSPECTION_DISABLED');
    expect((await bed.post({ query: '{ __typename }' })).body.data).toEqual({
      __typename: 'Query',
    });
  });
});
