import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { until } from '../../support/until.ts';
import { startBed } from './front-bed.ts';

const query = '{ product(id: "1") { name reviews { body } } }';

test('a drain under load fails no request in flight and ends within its time', async () => {
  const bed = await startBed({ drainTimes: { graceMs: 200, mostMs: 5_000 } });
  const slow = async (_request: unknown, _response: unknown, proper: () => Promise<void>) => {
    await wait(30);
    await proper();
  };
  bed.catalogue.behave(slow);
  bed.opinions.behave(slow);
  const pool = new Pool(new URL(bed.server.url).origin, { connections: 20 });
  const outcomes = { answered: 0, refusedConnection: 0, failed: [] as unknown[] };
  const call = async (): Promise<void> => {
    const response = await pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.body.text();
    if (text.startsWith('{"data":{"product":{"name"')) outcomes.answered += 1;
    else outcomes.failed.push(text);
  };
  const caller = async (): Promise<void> => {
    while (outcomes.refusedConnection < 20)
      await call().catch((error: NodeJS.ErrnoException) => {
        // What could not connect to a server that has stopped listening was never in flight.
        if (error.syscall === 'connect') outcomes.refusedConnection += 1;
        else outcomes.failed.push(error);
      });
  };
  const callers = Array.from({ length: 20 }, caller);
  await until(() => outcomes.answered > 100);
  const before = outcomes.answered;
  const startedAt = performance.now();
  const ready = async () => (await fetch(new URL('/ready', bed.server.url))).status;
  const drained = bed.server.drain();
  expect(await ready()).toBe(503);
  await drained;
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await Promise.all(callers);
  await pool.close();
  await bed.close();
  expect(outcomes.failed).toEqual([]);
  expect(outcomes.answered).toBeGreaterThan(before);
});

test('what hangs is cut when the time of the drain is over', async () => {
  const bed = await startBed({ drainTimes: { graceMs: 10, mostMs: 300 }, deadlineMs: 60_000 });
  bed.catalogue.behave(() => undefined);
  const hanging = bed.post({ query }).catch(() => 'cut');
  await wait(50);
  const startedAt = performance.now();
  await bed.server.drain();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(await hanging).toBe('cut');
  await bed.close();
});
