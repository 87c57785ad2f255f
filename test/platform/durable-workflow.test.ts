import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { SystemRefused } from '../../platform/system-error.ts';
import { audit, down, event, useDurableBench } from '../support/durable-bench.ts';
import { until } from '../support/until.ts';

const bench = useDurableBench();

describe('a workflow', () => {
  test('runs its steps in order, and each leaves a line', async () => {
    const id = await bench.run(async (steps) => {
      const order = await steps.call('create the order', async (attempt) => `PO-${attempt}`, {
        system: 'sap-north',
      });
      await steps.commit('record the order', async (tx) => {
        tx.event(event(steps.workflowId, { order }));
        tx.audit(audit(steps.workflowId));
      });
    });
    expect(await bench.dataOf(id)).toEqual([{ order: 'PO-1' }]);
    expect(await bench.auditsOf(id)).toBe(1);
    const line = { correlationId: `c-${id}`, attempt: 1, outcome: 'OK', detail: null };
    expect(await bench.stepsOf(id)).toEqual([
      { ...line, step: 'create the order', system: 'sap-north' },
      { ...line, step: 'record the order', system: null },
    ]);
  });

  test('started twice with the same id runs once', async () => {
    const id = bench.newId();
    const workflow = bench.durable.define<string>(`twice ${id}`, (steps, input) =>
      steps.commit('record', async (tx) => tx.event(event(input))),
    );
    await bench.durable.launch();
    const start = () => bench.durable.transact(async (tx) => tx.start(workflow, id, { id }));
    await Promise.all(Array.from({ length: 20 }, start));
    await until(async () => (await bench.dataOf(id)).length > 0);
    await start();
    await wait(200);
    expect(await bench.dataOf(id)).toHaveLength(1);
  });

  test('is not started when the transaction that starts it fails', async () => {
    const id = bench.newId();
    const workflow = bench.durable.define<string>(`never ${id}`, (steps, input) =>
      steps.commit('record', async (tx) => tx.event(event(input))),
    );
    await bench.durable.launch();
    const failed = bench.durable.transact(async (tx) => {
      tx.start(workflow, id, { id });
      tx.event(event(id));
      tx.audit(audit(id));
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    await wait(200);
    expect([await bench.dataOf(id), await bench.auditsOf(id)]).toEqual([[], 0]);
  });

  test('starts later when told so', async () => {
    const id = bench.newId();
    const workflow = bench.durable.define<string>(`later ${id}`, (steps, input) =>
      steps.commit('record', async (tx) => tx.event(event(input))),
    );
    await bench.durable.launch();
    const begun = performance.now();
    await bench.durable.transact(async (tx) => tx.start(workflow, id, { id, delayMs: 1000 }));
    await until(async () => (await bench.dataOf(id)).length > 0);
    expect(performance.now() - begun).toBeGreaterThan(990);
  });

  test('started by another belongs to the same matter', async () => {
    const child = bench.durable.define<string>('child', (steps, input) =>
      steps.commit('record the child', async (tx) => tx.event(event(input))),
    );
    const id = await bench.run((steps) =>
      steps.commit('start the child', async (tx) =>
        tx.start(child, `${steps.workflowId}-child`, { id: `${steps.workflowId}-child` }),
      ),
    );
    await until(async () => (await bench.dataOf(`${id}-child`)).length === 1);
    expect((await bench.stepsOf(`${id}-child`)).map((line) => line.correlationId)).toEqual([
      `c-${id}`,
    ]);
  });

  test('is taken up by a process that runs workflows when another only starts them', async () => {
    const id = bench.newId();
    const workflow = bench.durable.define<string>('from elsewhere', (steps, input) =>
      steps.commit('record', async (tx) => tx.event(event(input))),
    );
    await bench.durable.launch();
    const starter = bench.create();
    const begun = performance.now();
    await starter.transact(async (tx) => tx.start(workflow, id, { id }));
    await until(async () => (await bench.dataOf(id)).length === 1);
    expect(performance.now() - begun).toBeLessThan(600);
  });
});

describe('a call', () => {
  test('that fails for now is tried again, and every attempt leaves a line', async () => {
    const id = await bench.run(async (steps) => {
      await steps.call('order', async (attempt) => {
        if (attempt === 1) throw down('transient');
        if (attempt === 2) throw down('ambiguous');
        if (attempt === 3) throw down('throttled', 1);
        return attempt;
      });
    });
    await until(async () => (await bench.stepsOf(id)).length === 4);
    expect(
      (await bench.stepsOf(id)).map((l) => [l.attempt, l.outcome, l.system, l.detail]),
    ).toEqual([
      [1, 'FAILED', 'sap-north', 'transient: sap-north is away.'],
      [2, 'FAILED', 'sap-north', 'ambiguous: sap-north is away.'],
      [3, 'FAILED', 'sap-north', 'throttled: sap-north is away.'],
      [4, 'OK', null, null],
    ]);
  });

  test('that is throttled waits as long as the system asked', async () => {
    const times: number[] = [];
    await bench.run(async (steps) => {
      await steps.call('order', async (attempt) => {
        times.push(performance.now());
        if (attempt === 1) throw down('throttled', 700);
      });
    });
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThan(690);
  });

  test('that is refused is thrown at once, as the same error', async () => {
    let attempts = 0;
    const caught: unknown[] = [];
    await bench.run(async (steps) => {
      const call = steps.call('order', async () => {
        attempts += 1;
        throw new SystemRefused('period closed', {
          system: 'sap-north',
          operation: 'order',
          kind: 'permanent',
        });
      });
      caught.push(await call.catch((error: unknown) => error));
    });
    expect(attempts).toBe(1);
    expect(caught[0]).toBeInstanceOf(SystemRefused);
    expect(caught[0]).toMatchObject({
      message: 'period closed',
      system: 'sap-north',
      kind: 'permanent',
    });
  });

  test('that takes too long is ended and tried again', async () => {
    const ends: boolean[] = [];
    await bench.run(async (steps) => {
      await steps.call(
        'order',
        async (attempt, signal) => {
          if (attempt > 1) return;
          await wait(10_000, undefined, { signal }).catch(() => ends.push(signal.aborted));
        },
        { timeoutMs: 50 },
      );
    });
    expect(ends).toEqual([true]);
  });
});
