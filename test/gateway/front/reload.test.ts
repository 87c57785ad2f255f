import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Engine } from '../../../gateway/execution/engine.ts';
import { followFile } from '../../../gateway/supergraph.ts';
import { codeOf, type FrontBed, startBed } from './front-bed.ts';

let bed: FrontBed;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  bed = await startBed();
});
afterEach(() => bed.close());

const query = '{ me }';
/** The shop without the field `me`. */
const smaller = () => bed.supergraph.current().supergraphSdl.replace(/^ {2}me: String.*\n/m, '');

describe('another supergraph', () => {
  test('is served from the next operation on', async () => {
    expect((await bed.post({ query })).body.data).toEqual({ me: null });
    await bed.supergraph.reload(smaller());
    expect(codeOf(await bed.post({ query }))).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await bed.post({ query: '{ __typename }' })).body.data).toBeDefined();
  });

  test('is told to those who listen, and not when nothing has changed', async () => {
    const told: Engine[] = [];
    const stop = bed.supergraph.onChange((engine) => told.push(engine));
    await bed.supergraph.reload(bed.supergraph.current().supergraphSdl);
    expect(told).toHaveLength(0);
    await bed.supergraph.reload(smaller());
    expect(told).toEqual([bed.supergraph.current()]);
    stop();
  });

  test('does not disturb what the old one has begun', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    bed.catalogue.behave(async (_request, _response, proper) => {
      await held;
      await proper();
    });
    const begun = bed.post({ query: '{ product(id: "1") { name reviews { body } } }' });
    await bed.supergraph.reload(smaller());
    release();
    expect((await begun).body).toEqual({
      data: { product: { name: 'Product 1', reviews: [{ body: 'About 1' }] } },
    });
  });

  test.each([
    ['no GraphQL', 'type {', /./],
    ['no supergraph', 'type Query { me: String }', /./],
    ['nothing', '', /./],
  ])('that is %s is refused, and the old one stays', async (_, sdl, message) => {
    await expect(bed.supergraph.reload(sdl)).rejects.toThrow(message);
    expect((await bed.post({ query })).body.data).toEqual({ me: null });
    expect(bed.logged).toHaveLength(1);
  });

  test('is found in the file that is watched, also when the file is replaced', async () => {
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, bed.supergraph.current().supergraphSdl);
    const changed = new Promise<Engine>((resolve) => bed.supergraph.onChange(resolve));
    const stop = followFile(bed.supergraph, file);
    await writeFile(`${file}.new`, smaller());
    await rename(`${file}.new`, file);
    expect((await changed).apiSchema.getQueryType()?.getFields()).not.toHaveProperty('me');
    stop();
  });
});
