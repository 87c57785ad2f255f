import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LoadShedder } from '../../../gateway/http/load-shedder.ts';

let shedder: LoadShedder;
let utilization: number;
beforeEach(() => {
  utilization = 0.5;
  shedder = new LoadShedder(() => utilization);
});
afterEach(() => shedder.close());

const enter = (count: number): number =>
  Array.from({ length: count }, () => shedder.enter()).filter(Boolean).length;
const leave = (count: number): void => {
  for (let at = 0; at < count; at += 1) shedder.leave();
};

/** Looks, between which so many operations begin and end, ten at a time. */
const pass = (looks: number, finished = 0): void => {
  for (let at = 0; at < looks; at += 1) {
    for (let ended = 0; ended < finished; ended += 10) leave(enter(10));
    shedder.look();
  }
};

test('a thousand operations may wait for slow subgraphs while the loop rests, and no more', () => {
  pass(10);
  expect(enter(1_500)).toBe(1_000);
  expect(shedder.shed).toBe(500);
});

test('one full look, as a long plan makes it, refuses nobody', () => {
  utilization = 1;
  pass(3);
  expect(enter(1_000)).toBe(1_000);
});

test('a loop that stays full lets in what it finishes in 30 milliseconds', () => {
  utilization = 1;
  pass(30, 120);
  expect(enter(1_000)).toBe(36);
});

test('some are let in however little is finished', () => {
  utilization = 1;
  pass(30);
  expect(enter(1_000)).toBe(8);
});

test('everyone is let in again two seconds after the loop has begun to rest', () => {
  utilization = 1;
  pass(30);
  utilization = 0.6;
  pass(20);
  expect(enter(1_000)).toBe(1_000);
});
