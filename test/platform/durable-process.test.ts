import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Durable } from '../../platform/durable.ts';
import { down, event, useDurableBench } from '../support/durable-bench.ts';
import { until } from '../support/until.ts';

const bench = useDurableBench();

describe('a process that ends', () => {
  test('lets a running call finish', async () => {
    const id = bench.newId();
    const states: string[] = [];
    const workflow = bench.durable.define<string>('slow', async (steps, input) => {
      await steps.call('slow', async () => {
        states.push('begun');
        await wait(300);
        states.push('done');
      });
      await steps.commit('record', async (tx) => tx.event(event(input)));
    });
    await bench.durable.launch();
    await bench.durable.transact(async (tx) => tx.start(workflow, id, { id }));
    await until(() => states.includes('begun'));
    await bench.durable.close();
    expect(states).toEqual(['begun', 'done']);
    expect(await bench.dataOf(id)).toHaveLength(1);
  });

  test('leaves a call that waits for its next attempt to the next process, which goes on at once', async () => {
    const id = bench.newId();
    const processes: number[] = [];
    const define = (on: Durable, which: number) =>
      on.define<string>('waiting', async (steps, input) => {
        await steps.commit('begin', async (tx) => tx.event(event(input, { begun: which })));
        await steps.call('order', async () => {
          processes.push(which);
          if (which === 1) throw down('throttled', 60_000);
        });
        await steps.commit('end', async (tx) => tx.event(event(input, { ended: which })));
      });
    const workflow = define(bench.durable, 1);
    await bench.durable.launch();
    await bench.durable.transact(async (tx) => tx.start(workflow, id, { id }));
    await until(() => processes.length === 1);
    await bench.restart();
    define(bench.durable, 2);
    const begun = performance.now();
    await bench.durable.launch();
    await until(async () => (await bench.dataOf(id)).length === 2);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(await bench.dataOf(id)).toEqual([{ begun: 1 }, { ended: 2 }]);
    expect(processes).toEqual([1, 2]);
  });

  test('whose code has changed meanwhile becomes a dead letter, not a stuck workflow', async () => {
    const id = bench.newId();
    let called = false;
    const workflow = bench.durable.define<string>('changing', async (steps) => {
      await steps.commit('first', async () => undefined);
      await steps.commit('second', async () => undefined);
      await steps.call('third', async () => {
        called = true;
        throw down('throttled', 60_000);
      });
    });
    await bench.durable.launch();
    await bench.durable.transact(async (tx) => tx.start(workflow, id, { id }));
    await until(() => called);
    await bench.restart();
    bench.durable.define<string>('changing', async (steps) => {
      await steps.commit('another first', async () => undefined);
    });
    await bench.durable.launch();
    await until(async () => (await bench.letterOf(id)) !== undefined);
    expect(await bench.letterOf(id)).toMatchObject({ errorClass: 'ChangedCode' });
  });
});

describe('our own database going away', () => {
  const gone = () => Object.assign(new Error('terminating connection'), { code: '57P01' });

  test('between two steps makes the workflow go on after its last finished step', async () => {
    let [firsts, breaks] = [0, 0];
    const id = await bench.run(async (steps) => {
      await steps.commit('first', async (tx) => {
        firsts += 1;
        tx.event(event(steps.workflowId));
      });
      breaks += 1;
      if (breaks === 1) throw gone();
      await steps.commit('second', async (tx) => tx.event(event(steps.workflowId)));
    });
    expect([firsts, breaks, await bench.letterOf(id)]).toEqual([1, 2, undefined]);
    expect(await bench.dataOf(id)).toHaveLength(2);
  });

  test('during a call counts as no attempt of it', async () => {
    const id = await bench.run(async (steps) => {
      const once = async (attempt: number): Promise<void> => {
        if (attempt < 3) throw gone();
      };
      await steps.call('order', once, { attempts: 1 });
    });
    expect(await bench.letterOf(id)).toBeUndefined();
  });

  test('with the answer to a claim leaves no workflow lying', async () => {
    const id = bench.newId();
    const workflow = bench.durable.define<string>('stray', (steps, input) =>
      steps.commit('record', async (tx) => tx.event(event(input))),
    );
    await bench.durable.launch();
    const start = { id, delayMs: 60_000 };
    await bench.durable.transact(async (tx) => tx.start(workflow, id, start));
    // As the database has it when it took the claim and this process never heard of it.
    const { rowCount } = await bench.database.pool.query(
      `update dbos.workflow_status set status = 'PENDING', owner_xid = 'lost', executor_id = (select id from hub.executor)
        where workflow_uuid = $1`,
      [id],
    );
    expect(rowCount).toBe(1);
    const begun = performance.now();
    await until(async () => (await bench.dataOf(id)).length === 1);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

test('what ended well 90 days ago is forgotten, and nothing else is', async () => {
  const id = await bench.run((steps) => steps.commit('record', async () => undefined));
  const young = bench.newId();
  const workflow = bench.durable.define<string>('never run here', async () => undefined);
  await bench.durable.transact(async (tx) =>
    tx.start(workflow, young, { id: young, delayMs: 60_000 }),
  );
  const ids = async (): Promise<unknown[]> => {
    const query =
      'select workflow_uuid as id from dbos.workflow_status where workflow_uuid = any($1) order by 1';
    const { rows } = await bench.database.pool.query<{ id: string }>(query, [[id, young]]);
    return rows.map((row) => row.id);
  };
  const age = (days: number): Promise<unknown> =>
    bench.database.pool.query(
      `update dbos.workflow_status set completed_at = (extract(epoch from now()) * 1000)::bigint - $2::bigint where workflow_uuid = $1 and status = 'SUCCESS'`,
      [id, days * 86_400_000],
    );
  await until(async () => ((await age(89)) as { rowCount: number }).rowCount === 1);
  await bench.restart();
  await bench.durable.launch();
  expect(new Set(await ids())).toEqual(new Set([id, young]));
  await age(91);
  await bench.restart();
  await bench.durable.launch();
  await until(async () => (await ids()).length === 1);
  expect(await ids()).toEqual([young]);
});

describe('a poll', () => {
  test('repeats, never overlapping, also after a failure, and says which system fails', async () => {
    let runs = 0;
    let at = 0;
    let most = 0;
    bench.durable.every('north', 20, async () => {
      at += 1;
      most = Math.max(most, at);
      runs += 1;
      await wait(30);
      at -= 1;
      if (runs === 2) throw down('transient');
    });
    await bench.durable.launch();
    const health = () =>
      bench.database.db
        .selectFrom('hub.systemHealth')
        .selectAll()
        .where('system', '=', 'sap-north')
        .executeTakeFirst();
    await until(async () => (await health())?.failures === 1);
    expect(await health()).toMatchObject({ status: 'DEGRADED', lastError: 'sap-north is away.' });
    await until(async () => (await health())?.status === 'UP');
    expect(await health()).toMatchObject({ failures: 0 });
    await until(() => runs > 4);
    expect(most).toBe(1);
  });

  test('stops with the process, and its signal says so', async () => {
    let aborted = false;
    let begun = false;
    bench.durable.every('hanging', 10, async (signal) => {
      begun = true;
      await wait(60_000, undefined, { signal }).catch(() => undefined);
      aborted = signal.aborted;
    });
    await bench.durable.launch();
    await until(() => begun);
    await bench.durable.close();
    expect(aborted).toBe(true);
  });
});
