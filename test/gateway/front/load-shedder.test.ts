import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LoadShedder } from '../../../gateway/http/load-shedder.ts';
import { until } from '../../support/until.ts';

let shedder: LoadShedder;
beforeEach(() => {
  shedder = new LoadShedder();
});
afterEach(() => shedder.close());

const enterMany = (count: number): number =>
  Array.from({ length: count }, () => shedder.enter()).filter(Boolean).length;

/** Keeps the event loop from turning for so long. */
const block = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

/** A loop that is late in every turn, as under more requests than it can serve. */
const overload = async (turns: number): Promise<void> => {
  for (let at = 0; at < turns; at += 1) {
    block(60);
    await turn();
    await turn();
  }
};

test('a thousand operations may run at a time, and no more', () => {
  expect(enterMany(1_500)).toBe(1_000);
  expect(shedder.shed).toBe(500);
});

test('one long turn of the loop refuses nobody', async () => {
  enterMany(100);
  block(200);
  await turn();
  await turn();
  expect(enterMany(100)).toBe(100);
});

test('a loop that stays late lets in less than is there, and everything again once it is on time', async () => {
  enterMany(200);
  await overload(20);
  expect(shedder.enter()).toBe(false);
  for (let at = 0; at < 200; at += 1) shedder.leave();
  await until(() => {
    const entered = enterMany(200);
    for (let at = 0; at < entered; at += 1) shedder.leave();
    return entered === 200;
  }, 5_000);
});

test('a few operations are always let in', async () => {
  enterMany(10);
  await overload(20);
  expect(shedder.enter()).toBe(true);
});
