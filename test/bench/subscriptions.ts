import type { BenchOptions } from './bench-options.ts';
import { installPeers } from './install-peers.ts';
import { median, shown } from './statistics.ts';
import { type StatusContender, startContender, startHive } from './status-contender.ts';
import { type Delivered, type StatusCrowd, startCrowd } from './status-crowd.ts';
import { writeResult } from './write-result.ts';

interface Contender {
  readonly name: string;
  readonly start: () => Promise<StatusContender>;
  /** Far slower contenders get fewer changes and smaller crowds, or a run would take an hour. */
  readonly scale: number;
  readonly mostClients: number;
  readonly isPeer: boolean;
}

const own = (name: string, scale = 1): Contender => ({
  ...{ name, start: () => startContender(name), scale },
  ...{ mostClients: Number.POSITIVE_INFINITY, isPeer: false },
});

const ours = 'hub';
const floor = 'broadcast';
const contenders: readonly Contender[] = [
  own(ours),
  own(floor),
  own('per-client', 0.2),
  { name: 'Hive Gateway', start: startHive, scale: 0.05, mostClients: 1000, isPeer: true },
];

/** Messages per second when paced: far below what all but the slowest can do. */
const pacedMessages = 10_000;
const pacedSeconds = 2;
const burstChanges = 2000;
const missedChanges = 200;
/** Let in before anything is measured, so that no client pays for what is made once. */
const firstComers = 200;

interface Memory {
  /** Of the second half of the crowd alone: the first also pays for the young generation, which then stays as large. */
  readonly rssBytesPerClient: number;
  readonly heapBytesPerClient: number;
  readonly rssBytesPerClientOfAll: number;
}

interface Run {
  readonly contender: Contender;
  readonly crowd: StatusCrowd;
  readonly memory: Memory;
  readonly paced: Delivered[];
  readonly burst: Delivered[];
}

const paced = (clients: number, scale: number) => {
  const perSecond = (scale * pacedMessages * 100) / clients;
  return { count: perSecond * pacedSeconds, perSecond };
};

const burst = (scale: number) => ({ count: burstChanges * scale, perSecond: null });

const joinAll = async (crowd: StatusCrowd, clients: number): Promise<Memory> => {
  const half = (clients - firstComers) / 2;
  const first = await crowd.joinMeasured(half);
  const second = await crowd.joinMeasured(half);
  return {
    rssBytesPerClient: second.rssBytes,
    heapBytesPerClient: second.heapBytes,
    rssBytesPerClientOfAll: (first.rssBytes + second.rssBytes) / 2,
  };
};

const startRun = async (contender: Contender, clients: number): Promise<Run> => {
  const crowd = await startCrowd(await contender.start());
  await crowd.join(firstComers);
  await crowd.deliver(burst(contender.scale));
  const memory = await joinAll(crowd, clients);
  await crowd.deliver(burst(contender.scale));
  return { contender, crowd, memory, paced: [], burst: [] };
};

const figuresOf = (run: Run, clients: number) => {
  const { contender, memory } = run;
  const cpu = (all: readonly Delivered[]): number =>
    median(all.map(({ cpuMicrosecondsPerMessage }) => cpuMicrosecondsPerMessage));
  const middle = (key: 'p50Ms' | 'p99Ms'): number => median(run.paced.map((one) => one[key]));
  const changes = burst(contender.scale).count;
  return {
    ...{ mode: contender.name, clients },
    pacedCpuMicroseconds: cpu(run.paced),
    burstCpuMicroseconds: cpu(run.burst),
    ...memory,
    ...{ p50Ms: middle('p50Ms'), p99Ms: middle('p99Ms') },
    wrong: [...run.paced, ...run.burst].reduce((sum, { wrong }) => sum + wrong, 0),
    executionsPerChange: median(run.burst.map(({ executions }) => executions / changes)),
  };
};

type Figures = ReturnType<typeof figuresOf>;

const print = (figures: Figures, base: Figures | undefined, say: BenchOptions['say']): void => {
  const times = (key: 'pacedCpuMicroseconds' | 'burstCpuMicroseconds'): string =>
    `${shown(figures[key])} (${shown(figures[key] / (base?.pacedCpuMicroseconds ?? Number.NaN))} × ${floor} paced)`;
  say(
    [
      `${String(figures.clients).padStart(6)} clients ${figures.mode.padEnd(12)}`,
      `CPU µs per message ${times('pacedCpuMicroseconds')} paced, ${times('burstCpuMicroseconds')} in a burst`,
      `RSS ${shown(figures.rssBytesPerClient)} B (of all ${shown(figures.rssBytesPerClientOfAll)}), heap ${shown(figures.heapBytesPerClient)} B a client`,
      `p50 ${shown(figures.p50Ms)} p99 ${shown(figures.p99Ms)} ms`,
      `${shown(figures.executionsPerChange)} executions per change, ${figures.wrong} wrong`,
    ].join('\n       '),
  );
};

/** Everybody loses the connection at once and comes back from the last cursor. */
const reconnect = async ({ crowd }: Run, clients: number, say: BenchOptions['say']) => {
  const { messages, executions, seconds, wrong } = await crowd.reconnect(missedChanges);
  const expected = (missedChanges * clients) / 100;
  say(
    `${String(clients).padStart(6)} clients came back in ${shown(seconds)} s after ${missedChanges} changes: ${executions} executions, ${messages} of ${expected} messages, ${wrong} wrong`,
  );
  return { clients, missedChanges, executions, messages, expected, wrong, seconds };
};

const measure = async (
  clients: number,
  taking: readonly Contender[],
  { rounds, say }: BenchOptions,
) => {
  const runs: Run[] = [];
  try {
    const able = taking.filter(({ mostClients }) => clients <= mostClients);
    runs.push(...(await Promise.all(able.map((contender) => startRun(contender, clients)))));
    for (let round = 0; round < rounds; round += 1)
      for (const { crowd, contender, ...run } of runs) {
        run.paced.push(await crowd.deliver(paced(clients, contender.scale)));
        run.burst.push(await crowd.deliver(burst(contender.scale)));
      }
    const delivery = runs.map((run) => figuresOf(run, clients));
    const base = delivery.find(({ mode }) => mode === floor);
    for (const one of delivery) print(one, base, say);
    const [first] = runs;
    if (first === undefined) throw new Error('Nobody takes part.');
    return { delivery, reconnect: await reconnect(first, clients, say) };
  } finally {
    await Promise.all(runs.map(({ crowd }) => crowd.stop()));
  }
};

/** A result for each size of the crowd, so that they can be measured one at a time. */
const keep = async (
  command: string,
  clients: number,
  figures: Awaited<ReturnType<typeof measure>>,
): Promise<void> => {
  const bars = figures.delivery.map(({ mode, pacedCpuMicroseconds }) => ({
    ...{ label: mode, value: pacedCpuMicroseconds, isOurs: mode === ours },
  }));
  const title = `Server CPU per message delivered to ${clients} clients, µs (less is better)`;
  await writeResult({ name: `subscriptions-${clients}`, command, figures, plot: { title, bars } });
};

/** Compares our WebSocket door with a bare broadcast, with graphql-js executed for each client, and with Hive Gateway; 100 filters, one in 100 clients per change. */
export const benchSubscriptions = async (options: BenchOptions): Promise<void> => {
  const hasPeers = await installPeers(options.say);
  const taking = contenders.filter(({ isPeer }) => hasPeers || !isPeer);
  for (const count of options.clients)
    await keep(options.command, count, await measure(count, taking, options));
};
