import { setTimeout as wait } from 'node:timers/promises';

/** Waits until the condition holds; fails after the given time. */
export const until = async (
  condition: () => boolean | Promise<boolean>,
  patienceMs = 15_000,
): Promise<void> => {
  const giveUpAt = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > giveUpAt)
      throw new Error(`Not so within ${patienceMs} ms: ${condition}`);
    await wait(5);
  }
};
