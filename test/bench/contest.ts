import { Pool } from 'undici';
import { freePort } from '../../platform/free-port.ts';
import type { BenchOptions } from './bench-options.ts';
import { operations } from './fixtures/catalogue.ts';
import { type MeasuredChild, startMeasured } from './measured-child.ts';
import { shippedFlags } from './shipped-flags.ts';
import { median, shown } from './statistics.ts';
import { writeResult } from './write-result.ts';

/** A gateway over the catalogue, as a script that takes its port in PORT. */
export interface Contender {
  readonly name: string;
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Gateways that are compared with each other. */
export interface Contest {
  /** Of the files with the results. */
  readonly name: string;
  readonly title: string;
  readonly contenders: readonly Contender[];
  /** Where the supergraph and the subgraphs are, for every contender. */
  readonly env: Readonly<Record<string, string>>;
  /** The contender whose answers are taken to be right. */
  readonly reference: string;
}

/** What our contender is called. */
export const ours = 'Syncline';

type Work = keyof typeof operations;
const works = Object.keys(operations) as Work[];

interface Running {
  readonly name: string;
  readonly child: MeasuredChild;
  readonly pool: Pool;
  /** CPU of the gateway's own process per request, in milliseconds, for each round. */
  readonly cpuMs: Record<Work, number[]>;
  readonly wrong: Work[];
}

let asked = 0;

const send = async (pool: Pool, work: Work): Promise<string> => {
  asked += 1;
  const { statusCode, body } = await pool.request({
    path: '/graphql',
    method: 'POST',
    // Nobody's answer may be shared with anybody else.
    headers: { 'content-type': 'application/json', authorization: `Bearer client-${asked}` },
    body: JSON.stringify({ query: operations[work] }),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`It answered ${statusCode}: ${text.slice(0, 300)}`);
  return text;
};

const sendMany = async (pool: Pool, work: Work, count: number): Promise<void> => {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await send(pool, work);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
};

const start = async (contender: Contender, env: Contest['env']): Promise<Running> => {
  const port = await freePort();
  const settings = { ...env, PORT: String(port), ...contender.env };
  const flags = shippedFlags('gateway');
  const child = await startMeasured(contender.script, settings, { isPinned: true, flags });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 8 });
  return { name: contender.name, child, pool, cpuMs: { heavy: [], trivial: [] }, wrong: [] };
};

const startAll = async (
  { contenders, env }: Contest,
  say: (line: string) => void,
): Promise<Running[]> => {
  const running: Running[] = [];
  for (const contender of contenders) {
    try {
      running.push(await start(contender, env));
    } catch (error) {
      say(`${contender.name} did not start and is left out: ${String(error)}`);
    }
  }
  return running;
};

/** Notes every gateway whose data differs from the reference; warms each up. */
const compareAnswers = async (
  running: readonly Running[],
  { reference }: Contest,
  warmUp: number,
): Promise<void> => {
  const known = running.find(({ name }) => name === reference);
  for (const work of works) {
    const expected = known === undefined ? null : sorted(await send(known.pool, work));
    for (const { pool, wrong } of running) {
      await sendMany(pool, work, warmUp);
      if (expected !== null && sorted(await send(pool, work)) !== expected) wrong.push(work);
    }
  }
};

const sorted = (text: string): string =>
  JSON.stringify((JSON.parse(text) as { data: unknown }).data, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)))
      : value,
  );

const measure = async ({ child, pool, cpuMs }: Running, work: Work, requests: number) => {
  const before = await child.usageCollected();
  await sendMany(pool, work, requests);
  const after = await child.usage();
  cpuMs[work].push((after.cpuMs - before.cpuMs) / requests);
};

const figuresOf = (running: readonly Running[]) => {
  const base = running.find(({ name }) => name === ours);
  return running.map(({ name, cpuMs, wrong }) => ({
    name,
    answersAsExpected: wrong.length === 0,
    ...Object.fromEntries(
      works.map((work) => [
        work,
        {
          medianCpuMs: median(cpuMs[work]),
          minCpuMs: Math.min(...cpuMs[work]),
          timesOurs: median(cpuMs[work]) / median(base?.cpuMs[work] ?? []),
          rounds: cpuMs[work],
        },
      ]),
    ),
  })) as unknown as readonly Figures[];
};

interface Figure {
  readonly medianCpuMs: number;
  readonly minCpuMs: number;
  readonly timesOurs: number;
}
type Figures = { readonly name: string; readonly answersAsExpected: boolean } & Record<
  Work,
  Figure
>;

const print = (figures: readonly Figures[], say: (line: string) => void): void => {
  say('Gateway CPU per request in ms: median (least), times ours by the medians');
  for (const { name, answersAsExpected, ...byWork } of figures)
    say(
      `${name.padEnd(30)} ${works
        .map((work) => {
          const { medianCpuMs, minCpuMs, timesOurs } = byWork[work];
          return `${work} ${shown(medianCpuMs)} (${shown(minCpuMs)}) ${timesOurs.toFixed(2)}x`;
        })
        .join('   ')}${answersAsExpected ? '' : '   ANSWERS DIFFER'}`,
    );
};

const report = async (
  { name, title }: Contest,
  figures: readonly Figures[],
  { say, command }: BenchOptions,
): Promise<void> => {
  print(figures, say);
  const bars = figures.map(({ name: label, heavy }) => ({
    ...{ label, value: heavy.medianCpuMs, isOurs: label === ours },
  }));
  await writeResult({ name, command, figures, plot: { title, bars } });
};

/** Measures in interleaved rounds the CPU that each contender's own process spends per request. */
export const runContest = async (contest: Contest, options: BenchOptions): Promise<void> => {
  const { say, rounds, scale } = options;
  const running = await startAll(contest, say);
  try {
    await compareAnswers(running, contest, Math.ceil(300 * scale));
    for (let round = 1; round <= rounds; round += 1) {
      say(`Round ${round} of ${rounds}`);
      for (const one of running) await measure(one, 'heavy', Math.ceil(200 * scale));
      for (const one of running) await measure(one, 'trivial', Math.ceil(1000 * scale));
    }
    await report(contest, figuresOf(running), options);
  } finally {
    for (const { child, pool } of running) {
      await pool.destroy();
      await child.stop();
    }
  }
};
