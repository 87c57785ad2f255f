import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchOptions } from './bench-options.ts';
import { median, shown } from './statistics.ts';
import { writeResult } from './write-result.ts';

const script = fileURLToPath(new URL('./fixtures/planning-process.ts', import.meta.url));
const bounds = [100, 10_000];

interface Planned {
  readonly characters: number;
  readonly planMs: number;
  readonly grownMb: number;
}

const planOnce = async (bound: number): Promise<Planned> => {
  const env = { ...process.env, MAX_EVALUATED_PLANS: String(bound) };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  return JSON.parse(stdout) as Planned;
};

/** Compares what one short hostile operation costs to plan, cold, at our bound on evaluated plans and at the planner's own. */
export const benchPlanning = async ({ say, command, rounds }: BenchOptions): Promise<void> => {
  const planned = bounds.map((maxEvaluatedPlans) => ({ maxEvaluatedPlans, runs: [] as Planned[] }));
  for (let round = 0; round < Math.min(rounds, 5); round += 1)
    for (const { maxEvaluatedPlans, runs } of planned) runs.push(await planOnce(maxEvaluatedPlans));
  const figures = planned.map(({ maxEvaluatedPlans, runs }) => ({
    maxEvaluatedPlans,
    characters: runs[0]?.characters,
    planMs: median(runs.map(({ planMs }) => planMs)),
    grownMb: median(runs.map(({ grownMb }) => grownMb)),
  }));
  for (const { maxEvaluatedPlans, characters, planMs, grownMb } of figures)
    say(
      `${characters} characters at ${maxEvaluatedPlans} plans: ${shown(planMs)} ms, ${shown(grownMb)} MB more at the peak`,
    );
  await writeResult({ name: 'planning', command, figures });
};
