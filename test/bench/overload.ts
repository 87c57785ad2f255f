import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { freePort } from '../../platform/free-port.ts';
import type { BenchOptions } from './bench-options.ts';
import { composeCatalogue } from './compose-catalogue.ts';
import { operations, severalHeavy } from './fixtures/catalogue.ts';
import { type MeasuredChild, startMeasured } from './measured-child.ts';
import { closedLoop, type Fate, openLoop } from './open-loop.ts';
import { shippedFlags } from './shipped-flags.ts';
import { median, quantile, shown } from './statistics.ts';
import { writeResult } from './write-result.ts';

/** Refusing costs the same whatever is asked for, so what it leaves of the goodput depends on what an answer costs. */
const works = { heavy: operations.heavy, 'five times heavy': severalHeavy(5) };

/** Lanes that keep the gateway busy without a queue that it would have to refuse. */
const lanes = 8;
const timesCapacity = 5;
const peakSeconds = 4;
const overloadSeconds = 8;
/** The shedder needs a moment to see that the loop is full. */
const settleSeconds = 2;
const windowMs = 500;

const answeredPerSecond = (fates: readonly Fate[], seconds: number): number =>
  fates.filter(({ kind }) => kind === 'answered').length / seconds;

const msOf = (fates: readonly Fate[], kind: Fate['kind']): number[] =>
  fates.filter((fate) => fate.kind === kind).map(({ ms }) => ms);

/** Milliseconds from the start until a window in which nobody was refused and answers were as quick as normal. */
const recoveredAfter = (fates: readonly Fate[], normalMs: number): number => {
  const startedAt = fates[0]?.at ?? 0;
  for (let from = 0; from < 10_000; from += windowMs / 2) {
    const within = fates.filter(
      ({ at }) => at >= startedAt + from && at < startedAt + from + windowMs,
    );
    if (within.length === 0) break;
    const well = within.every(({ kind }) => kind === 'answered');
    if (well && median(within.map(({ ms }) => ms)) <= 2 * normalMs) return from;
  }
  return Number.POSITIVE_INFINITY;
};

/** What is flooded, and with what. */
interface Ground {
  readonly gateway: MeasuredChild;
  readonly pool: Pool;
  readonly work: string;
  readonly query: string;
}

const measure = async ({ gateway, pool, query }: Ground) => {
  const peak = answeredPerSecond(
    await closedLoop(pool, query, { lanes, seconds: peakSeconds }),
    peakSeconds,
  );
  const calm = { perSecond: peak / 2, seconds: 3 };
  const normal = msOf(await openLoop(pool, query, calm), 'answered');
  const flooding = { perSecond: timesCapacity * peak, seconds: overloadSeconds };
  const before = await gateway.usage();
  const fates = await openLoop(pool, query, flooding);
  const used = (await gateway.usage()).cpuMs - before.cpuMs;
  const after = await openLoop(pool, query, { ...calm, seconds: 6 });
  // A machine that others use as well is not the same from one second to the next.
  const again = await closedLoop(pool, query, { lanes, seconds: peakSeconds });
  const capacity = (peak + answeredPerSecond(again, peakSeconds)) / 2;
  const settledAt = (fates[0]?.at ?? 0) + settleSeconds * 1_000;
  const settled = fates.filter(({ at }) => at >= settledAt);
  const goodput = answeredPerSecond(settled, overloadSeconds - settleSeconds);
  return {
    peak: capacity,
    goodputRatio: goodput / capacity,
    refusedMs: {
      p50: median(msOf(settled, 'refused')),
      p99: quantile(msOf(settled, 'refused'), 0.99),
    },
    answeredMs: { normalP50: median(normal), p50: median(msOf(settled, 'answered')) },
    cores: used / (overloadSeconds * 1_000),
    failed: msOf(fates, 'failed').length,
    sent: fates.length,
    recoveredAfterMs: recoveredAfter(after, median(normal)),
  };
};

const flood = async (ground: Ground, { say, rounds }: BenchOptions) => {
  await closedLoop(ground.pool, ground.query, { lanes, seconds: 2 });
  const runs: Awaited<ReturnType<typeof measure>>[] = [];
  for (let round = 0; round < Math.min(rounds, 5); round += 1) {
    const run = await measure(ground);
    say(
      `${ground.work}: ${shown(run.peak)}/s at most; at ${timesCapacity} times that ${(run.goodputRatio * 100).toFixed(0)} % of it are answered (p50 ${shown(run.answeredMs.p50)} ms, normally ${shown(run.answeredMs.normalP50)}), refusals take ${shown(run.refusedMs.p50)} ms (p99 ${shown(run.refusedMs.p99)}), ${run.failed} of ${run.sent} failed, ${shown(run.cores)} cores used, normal after ${run.recoveredAfterMs} ms`,
    );
    runs.push(run);
  }
  return {
    work: ground.work,
    goodputRatio: median(runs.map((run) => run.goodputRatio)),
    refusedP50Ms: median(runs.map((run) => run.refusedMs.p50)),
    recoveredAfterMs: median(runs.map((run) => run.recoveredAfterMs)),
    runs,
  };
};

/** Floods the gateway with five times what it can answer: what it still answers, how soon it refuses, when it is well again. */
export const benchOverload = async (options: BenchOptions): Promise<void> => {
  const { command } = options;
  const folder = await mkdtemp(join(tmpdir(), 'syncline bench '));
  const ground = await composeCatalogue(folder);
  const subgraphs = await startMeasured('test/bench/fixtures/subgraphs-process.ts', {
    SUBGRAPH_PORTS: JSON.stringify(ground.ports),
  });
  const port = await freePort();
  const settings = { SUPERGRAPH: ground.supergraph, PORT: String(port) };
  const flags = shippedFlags('gateway');
  const gateway = await startMeasured('gateway/main.ts', settings, { flags });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1_024 });
  try {
    const figures = [];
    for (const [work, query] of Object.entries(works))
      figures.push(await flood({ gateway, pool, work, query }, options));
    await writeResult({ name: 'overload', command, figures });
  } finally {
    await pool.destroy();
    await Promise.all([gateway.stop(), subgraphs.stop()]);
    await rm(folder, { recursive: true });
  }
};
