import { afterEach, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import type { Engine, EngineOptions } from '../../../gateway/execution/engine.ts';
import { createEngine } from '../../../gateway/execution/engine.ts';
import { OperationRefused } from '../../../gateway/execution/operation-refused.ts';
import { loadSupergraph } from '../../../gateway/execution/planning/load-supergraph.ts';
import { Planner } from '../../../gateway/execution/planning/planner.ts';
import { PlanningThread } from '../../../gateway/execution/planning/planning-thread.ts';
import { endlessGraph, endlessQuery } from './worlds/endless-graph.ts';
import { hospitalWorld } from './worlds/hospital-world.ts';
import { openGraph } from './worlds/small-graph.ts';
import { composeWorld } from './worlds/world-schemas.ts';

const supergraphSdl = composeWorld(hospitalWorld);
const engines: Engine[] = [];

const open = async (options: Partial<EngineOptions> = {}): Promise<Engine> => {
  const engine = await createEngine({
    supergraphSdl,
    client: (name) => ({
      name,
      send: () => Promise.reject(new Error('Nothing is sent here.')),
      close: () => Promise.resolve(),
    }),
    ...options,
  });
  engines.push(engine);
  return engine;
};

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

/** About ten fields for each repetition. */
const operation = (name: string, repetitions: number): string =>
  `query ${name} {${Array.from(
    { length: repetitions },
    (_, at) =>
      `a${at}: items { id name onHand ... on Device { serial place { title } } ... on Drug { lots { number } } }`,
  ).join(' ')}}`;

/** The longest that the event loop stood still while work was done, in milliseconds. */
const longestStall = async (work: () => unknown): Promise<number> => {
  let [last, longest] = [performance.now(), 0];
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
};

describe('planning', () => {
  test('plans alike in this thread and in its own', async () => {
    const options = { supergraphSdl, maxEvaluatedPlans: 100, reuseQueryFragments: false };
    const thread = new PlanningThread({ ...options, deadlineMs: 20_000, idleMs: 1_000 });
    const source = operation('Large', 10);
    const here = new Planner(loadSupergraph(supergraphSdl), options);
    expect(await thread.plan({ source, operationName: undefined })).toEqual(
      here.plan(parse(source), undefined),
    );
    await thread.close();
  });

  test('a large operation does not hold up the others', async () => {
    const engine = await open({ planDeadlineMs: 20_000 });
    await engine.prepare(operation('Warm', 8));
    const startedAt = performance.now();
    const stall = await longestStall(() => engine.prepare(operation('Larger', 120)));
    expect(stall).toBeLessThan((performance.now() - startedAt) / 2);
  });

  test('a small operation that the planner never ends with does not hold up the others', async () => {
    const { engine } = await openGraph(endlessGraph, { planDeadlineMs: 4_000 });
    for (const name of ['A', 'B', 'C', 'D']) await engine.prepare(`query ${name} { item { id } }`);
    const startedAt = performance.now();
    const stall = await longestStall(() => engine.prepare(endlessQuery));
    expect(stall).toBeLessThan((performance.now() - startedAt) / 2);
    await engine.close();
  });

  test('an operation that takes too long is refused with the limit, now and when it is asked again', async () => {
    const engine = await open({ planDeadlineMs: 1 });
    const source = operation('Hostile', 100);
    for (const _ of [1, 2]) {
      const refusal = await Promise.resolve(engine.prepare(source)).catch(
        (error: unknown) => error,
      );
      expect(refusal).toBeInstanceOf(OperationRefused);
      expect(refusal).toMatchObject({
        errors: [
          {
            message:
              'The operation could not be planned within 1 ms. Ask for less in one operation.',
            extensions: { code: 'PLANNING_DEADLINE_EXCEEDED' },
          },
        ],
      });
    }
  });

  test('goes on after an operation that took too long', async () => {
    const engine = await open({ planDeadlineMs: 5_000 });
    const hostile = await open({ planDeadlineMs: 1 });
    await expect(hostile.prepare(operation('Hostile', 100))).rejects.toThrow(OperationRefused);
    await expect(hostile.prepare('{ items { id } }')).resolves.toMatchObject({ kind: 'query' });
    await expect(engine.prepare(operation('Fine', 10))).resolves.toMatchObject({ kind: 'query' });
  });

  test('too many that wait are refused at once', async () => {
    const engine = await open({ planDeadlineMs: 20_000 });
    const all = Array.from({ length: 70 }, (_, at) => engine.prepare(operation(`Q${at}`, 7)));
    const settled = await Promise.allSettled(all.slice(64));
    expect(settled.some(({ status }) => status === 'rejected')).toBe(true);
    const [refused] = settled.filter((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'PLANNER_BUSY' } }],
    });
    const done = Promise.allSettled(all);
    await engine.close();
    await done;
  });
});
