import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { audit, down, event, useDurableBench } from '../support/durable-bench.ts';
import { until } from '../support/until.ts';

const bench = useDurableBench();

describe('a commit', () => {
  test('that throws writes nothing at all', async () => {
    const id = await bench.run(async (steps) => {
      const failed = steps.commit('record', async (tx) => {
        tx.event(event(steps.workflowId));
        tx.audit(audit(steps.workflowId));
        await tx.db
          .insertInto('hub.pollCursor')
          .values({ system: 's', feed: steps.workflowId, cursor: '1', polledAt: new Date() })
          .execute();
        throw new Error('no');
      });
      await failed.catch(() => undefined);
      await steps.commit('record again', async (tx) =>
        tx.event(event(steps.workflowId, { again: true })),
      );
    });
    expect(await bench.dataOf(id)).toEqual([{ again: true }]);
    expect(await bench.auditsOf(id)).toBe(0);
    const cursors = bench.database.db
      .selectFrom('hub.pollCursor')
      .select('feed')
      .where('feed', '=', id);
    expect(await cursors.execute()).toEqual([]);
  });

  test('tells the followers of the log at once', async () => {
    const seen: string[] = [];
    const follower = bench.log.follow(await bench.log.head(), (events) => {
      seen.push(...events.map((e) => e.subjectId));
    });
    const id = bench.newId();
    await bench.durable.transact(async (tx) => tx.event(event(id)));
    const begun = performance.now();
    await until(() => seen.includes(id));
    follower.stop();
    expect(performance.now() - begun).toBeLessThan(500);
  });

  test('takes nothing more after its end', async () => {
    const kept = await bench.durable.transact(async (tx) => tx);
    expect(() => kept.event(event('late'))).toThrow('has ended');
  });

  test('that collides with another is done again', async () => {
    const [a, b] = [bench.newId(), bench.newId()];
    let runs = 0;
    const lockBoth = (first: string, second: string) =>
      bench.durable.transact(async (tx) => {
        runs += 1;
        const lock = (feed: string) =>
          tx.db
            .insertInto('hub.pollCursor')
            .values({ system: 's', feed, cursor: '1', polledAt: new Date() })
            .onConflict((c) => c.columns(['system', 'feed']).doUpdateSet({ cursor: '2' }))
            .execute();
        await lock(first);
        await wait(100);
        await lock(second);
      });
    await Promise.all([lockBoth(a, b), lockBoth(b, a)]);
    expect(runs).toBeGreaterThan(2);
  });
});

describe('work that cannot be done', () => {
  test('becomes a dead letter, with what its workflow wants written, in one transaction', async () => {
    const id = await bench.run(async (steps) => {
      await steps.commit('begin', async () => undefined);
      await steps.call('order', async () => Promise.reject(down('transient')), { attempts: 2 });
    });
    expect(await bench.letterOf(id)).toMatchObject({
      workflow: `workflow ${id}`,
      correlationId: `c-${id}`,
      input: id,
      error: 'sap-north is away.',
      errorClass: 'transient',
      system: 'sap-north',
      step: 'order',
      owner: null,
      resolvedAt: null,
    });
    expect(await bench.dataOf(id)).toEqual([{ exhausted: true }]);
  });

  test('a bug is a dead letter too', async () => {
    const id = await bench.run(async () => {
      throw new TypeError('x is not a function');
    });
    expect(await bench.letterOf(id)).toMatchObject({
      errorClass: 'TypeError',
      system: null,
      step: null,
    });
  });

  test('goes on from the step that failed when it is replayed, and the letter is closed', async () => {
    const counts = { before: 0, order: 0 };
    const repaired = new Set<string>();
    const id = await bench.run(async (steps) => {
      await steps.commit('before', async (tx) => {
        counts.before += 1;
        tx.event(event(steps.workflowId, { step: 'before' }));
      });
      await steps.call('order', async () => {
        counts.order += 1;
        if (!repaired.has('sap-north')) throw down('permanent');
      });
      await steps.commit('after', async (tx) =>
        tx.event(event(steps.workflowId, { step: 'after' })),
      );
    });
    const letter = await bench.letterOf(id);
    repaired.add('sap-north');
    const replays = await Promise.all(
      [1, 2, 3].map(() => bench.durable.retryDeadLetter(letter?.id ?? '')),
    );
    expect(replays.filter((replay) => replay === 'REPLAYED')).toHaveLength(1);
    await until(async () => (await bench.letterOf(id))?.resolvedAt instanceof Date);
    expect(counts).toEqual({ before: 1, order: 2 });
    expect(await bench.dataOf(id)).toEqual([
      { step: 'before' },
      { exhausted: true },
      { step: 'after' },
    ]);
    expect(await bench.durable.retryDeadLetter(letter?.id ?? '')).toBe('NOT_FOUND');
  });

  test('given up again is the same letter, open again', async () => {
    let attempts = 0;
    const id = await bench.run(async (steps) => {
      await steps.call('order', async () => {
        attempts += 1;
        throw down('permanent');
      });
    });
    const letter = await bench.letterOf(id);
    expect(await bench.durable.retryDeadLetter(letter?.id ?? '')).toBe('REPLAYED');
    await until(async () => ((await bench.letterOf(id))?.failedAt ?? 0) > (letter?.failedAt ?? 0));
    expect(attempts).toBe(2);
    expect(await bench.letterOf(id)).toMatchObject({ id: letter?.id, resolvedAt: null });
  });
});
