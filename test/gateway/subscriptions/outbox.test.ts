import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Collector, Outbox } from '../../../gateway/subscriptions/outbox.ts';
import { until } from '../../support/until.ts';

/** A socket that takes so long to write to, by a clock that only writing moves. */
const bench = (writeMs: number) => {
  let now = 0;
  const outbox = new Outbox(() => now);
  const written: string[] = [];
  const socket = (name: string): Collector => ({
    flush: () => {
      now += writeMs;
      written.push(name);
    },
  });
  return {
    written,
    send: (name: string) => outbox.add(socket(name)),
    pass: (ms: number) => {
      now += ms;
    },
  };
};

describe('the outbox', () => {
  test('lets nobody wait while there is little to write: all goes out when the turn of the loop ends', async () => {
    const { send, written, pass } = bench(0.01);
    for (let round = 1; round <= 5; round += 1) {
      send('first');
      send('second');
      expect(written).toHaveLength(2 * round - 2);
      await turn();
      expect(written).toHaveLength(2 * round);
      pass(1);
    }
    expect(written.slice(0, 4)).toEqual(['first', 'second', 'first', 'second']);
  });

  test('collects for twice as long as it wrote when there is much', async () => {
    const { send, written } = bench(20);
    send('first');
    await turn();
    expect(written).toEqual(['first']);
    send('second');
    await turn();
    send('third');
    await turn();
    expect(written).toEqual(['first']);
    await until(() => written.length === 3);
    expect(written).toEqual(['first', 'second', 'third']);
  });

  test('lets other work have its turn between a thousand sockets and the next', async () => {
    const { send, written } = bench(0);
    for (let number = 0; number < 2500; number += 1) send(String(number));
    const seen: number[] = [];
    for (let turns = 0; turns < 3; turns += 1) {
      await turn();
      seen.push(written.length);
    }
    expect(seen).toEqual([1000, 2000, 2500]);
  });
});
