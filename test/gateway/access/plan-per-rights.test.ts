import { describe, expect, test } from '@jest/globals';
import { request } from '../execution/worlds/small-graph.ts';
import { attempts } from './bypass-forms.ts';
import { type ClinicGraph, openClinic, somebody } from './clinic-graph.ts';

const clinic = await openClinic();

describe('one plan', () => {
  test('serves everybody who meets the same demands of an operation, and nobody else', async () => {
    const { engine, ask } = await openClinic();
    const source = '{ nurse { bonus pin name } tax }';
    const planned = async (...asked: Parameters<ClinicGraph['ask']>[0][]): Promise<number> => {
      const before = engine.stats().planned;
      await Promise.all(asked.map((identity) => ask(identity, source)));
      return engine.stats().planned - before;
    };
    expect(await planned(null)).toBe(2);
    expect(await planned(null, null)).toBe(0);
    expect(await planned(somebody('hr'), somebody('read', 'wards'), somebody())).toBe(1);
    expect(await planned(somebody('hr', 'read'), somebody('boss'))).toBe(1);
    // Whoever meets all of them runs what was planned to begin with.
    expect(await planned({ ...somebody('boss'), subject: 'self' })).toBe(0);
  });

  test('is there at once from the second time on', async () => {
    const prepared = await clinic.engine.prepare('{ nurse { bonus } open }');
    const first = await prepared.access?.for(null);
    expect(prepared.access?.for(null)).toBe(first);
    expect(prepared.access?.for(somebody('boss'))).not.toBe(first);
  });

  test('has nothing to do with who asks when it reads nothing protected', async () => {
    const prepared = await clinic.engine.prepare('{ open nurse { name ward { name } } }');
    expect(prepared.access).toBeNull();
    expect(clinic.engine.prepare('{ open nurse { name ward { name } } }')).toBe(prepared);
  });

  test('that failed is planned again', async () => {
    const failures = [new Error('The rules cannot be read.')];
    const { engine } = await openClinic({
      mayPass: () => {
        const failure = failures.pop();
        if (failure) throw failure;
        return true;
      },
    });
    const prepared = await engine.prepare('{ nurse { pin } }');
    await expect(prepared.execute({}, { ...request, identity: null })).rejects.toThrow('rules');
    expect(await prepared.execute({}, { ...request, identity: null })).toContain('1111');
  });
});

test('whoever may read everything gets, byte for byte, what the graph without protection answers', async () => {
  const bare = (sdl: string): string =>
    sdl.replaceAll(/ @(authenticated|requiresScopes\(.*?\]\]\)|policy\(.*?\]\]\))/g, '');
  const open = await openClinic({}, bare);
  const everything = {
    ...somebody('hr', 'read', 'boss', 'wards', 'pay', 'grades'),
    subject: 'self vault',
  };
  const differing: string[] = [];
  for (const { source } of attempts(open.engine.apiSchema, 1)) {
    const texts = await Promise.all(
      [clinic, open].map(async ({ engine }) =>
        (await engine.prepare(source)).execute({}, { ...request, identity: everything }),
      ),
    );
    if (texts[0] !== texts[1] || texts[0]?.includes('"errors"')) differing.push(source);
  }
  expect(differing).toEqual([]);
  expect((await open.engine.prepare('{ tax }')).access).toBeNull();
}, 120_000);
