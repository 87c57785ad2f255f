import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { Pool } from 'undici';
import { freePort } from '../../platform/free-port.ts';
import type { BenchOptions } from './bench-options.ts';
import { catalogue, operations } from './fixtures/catalogue.ts';
import { installPeers } from './install-peers.ts';
import { type MeasuredChild, startMeasured } from './measured-child.ts';
import { median, shown } from './statistics.ts';
import { writeResult } from './write-result.ts';

interface Contender {
  readonly name: string;
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isPeer: boolean;
}

const ours = 'Syncline';
const peer = (name: string, script: string, env = {}): Contender => ({
  ...{ name, script: `test/bench/peers/${script}.mjs`, env, isPeer: true },
});

const contenders: readonly Contender[] = [
  { name: ours, script: 'gateway/main.ts', isPeer: false },
  { ...peer('hand-written aggregator', 'hand-written'), isPeer: false },
  peer('Apollo Gateway', 'apollo'),
  peer('Hive Gateway', 'hive'),
  peer('Hive Gateway, router-runtime', 'hive', { ROUTER_RUNTIME: '1' }),
  peer('Mercurius', 'mercurius'),
];

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

interface Ground {
  readonly ports: Readonly<Record<string, number>>;
  readonly supergraph: string;
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

const start = async (contender: Contender, ground: Ground): Promise<Running> => {
  const port = await freePort();
  const child = await startMeasured(contender.script, {
    SUPERGRAPH: ground.supergraph,
    SUBGRAPH_PORTS: JSON.stringify(ground.ports),
    PORT: String(port),
    ...contender.env,
  });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 8 });
  return { name: contender.name, child, pool, cpuMs: { heavy: [], trivial: [] }, wrong: [] };
};

const composeCatalogue = async (folder: string): Promise<Ground> => {
  const names = Object.keys(catalogue) as (keyof typeof catalogue)[];
  const ports: Record<string, number> = {};
  for (const name of names) ports[name] = await freePort();
  const composed = composeServices(
    names.map((name) => ({
      name,
      typeDefs: parse(catalogue[name].typeDefs),
      url: `http://127.0.0.1:${ports[name]}/graphql`,
    })),
  );
  if (composed.errors !== undefined) throw new Error(composed.errors.join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composed.supergraphSdl);
  return { ports, supergraph };
};

const startAll = async (ground: Ground, { say }: BenchOptions): Promise<Running[]> => {
  const hasPeers = await installPeers(say);
  const running: Running[] = [];
  for (const contender of contenders) {
    if (contender.isPeer && !hasPeers) continue;
    try {
      running.push(await start(contender, ground));
    } catch (error) {
      say(`${contender.name} did not start and is left out: ${String(error)}`);
    }
  }
  return running;
};

/** Notes every gateway whose data differs from the hand-written answer; warms each up. */
const compareAnswers = async (running: readonly Running[], warmUp: number): Promise<void> => {
  const known = running.find(({ name }) => name === 'hand-written aggregator');
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

/** Compares gateways by the CPU that their own processes spend per request, in interleaved rounds. */
export const benchGateway = async (options: BenchOptions): Promise<void> => {
  const { say, rounds, scale } = options;
  const folder = await mkdtemp(join(tmpdir(), 'syncline bench '));
  const ground = await composeCatalogue(folder);
  const subgraphs = await startMeasured('test/bench/fixtures/subgraphs-process.ts', {
    SUBGRAPH_PORTS: JSON.stringify(ground.ports),
  });
  const running = await startAll(ground, options);
  try {
    await compareAnswers(running, Math.ceil(300 * scale));
    for (let round = 1; round <= rounds; round += 1) {
      say(`Round ${round} of ${rounds}`);
      for (const one of running) await measure(one, 'heavy', Math.ceil(200 * scale));
      for (const one of running) await measure(one, 'trivial', Math.ceil(1000 * scale));
    }
    const figures = figuresOf(running);
    print(figures, say);
    const bars = figures.map(({ name, heavy }) => ({
      ...{ label: name, value: heavy.medianCpuMs, isOurs: name === ours },
    }));
    const title = 'Gateway CPU per heavy request, ms (less is better)';
    await writeResult({
      name: 'gateway',
      command: options.command,
      figures,
      plot: { title, bars },
    });
  } finally {
    for (const { child, pool } of running) {
      await pool.destroy();
      await child.stop();
    }
    await subgraphs.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
