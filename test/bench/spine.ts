import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { basketOf, storeResource, toSupplyRequest } from '../../simulation/ward.ts';
import { type Ask, approveAll, asker } from '../journeys/ask.ts';
import { startHubProcess } from '../journeys/hub-process.ts';
import { startSystems } from '../journeys/simulated-systems.ts';
import { until } from '../support/until.ts';
import type { BenchOptions } from './bench-options.ts';
import { processMemory } from './process-memory.ts';
import { median, quantile } from './statistics.ts';
import { followStatus, type Pushed } from './status-feed.ts';
import { writeResult } from './write-result.ts';

const idleAfterMs = 10_000;

const withFolder = async <T>(use: (dir: string) => Promise<T>): Promise<T> => {
  const dir = await mkdtemp(join(tmpdir(), 'syncline bench '));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

/** As a newcomer starts it: its own PostgreSQL, the simulated hospital, an empty folder; then again. */
const measureStarts = () =>
  withFolder(async (dir) => {
    const env = { DATA_DIR: dir, SIMULATION_PACE_MS: '3600000' };
    const first = await startHubProcess(env);
    await first.stop();
    const second = await startHubProcess(env);
    await wait(idleAfterMs);
    const idle = await processMemory(second.pid);
    await second.stop();
    return { firstStartMs: first.readyAfterMs, secondStartMs: second.readyAfterMs, idle };
  });

type Systems = Awaited<ReturnType<typeof startSystems>>;
type Feed = Awaited<ReturnType<typeof followStatus>>;

interface Bed {
  readonly systems: Systems;
  readonly feed: Feed;
  readonly ask: Ask;
}

const withBed = <T>(latencyMs: number, use: (bed: Bed) => Promise<T>): Promise<T> =>
  withFolder(async (dir) => {
    const systems = await startSystems(undefined, latencyMs);
    const hub = await startHubProcess({ ...systems.env, DATA_DIR: dir });
    const feed = await followStatus(hub.url);
    try {
      return await use({ systems, feed, ask: await asker(hub.url) });
    } catch (error) {
      throw new Error(`The hub said:\n${hub.printed().slice(-3000)}`, { cause: error });
    } finally {
      await feed.close();
      await hub.stop();
      await systems.close();
    }
  });

const storeWish = async ({ systems }: Bed, number: number): Promise<void> => {
  const [wish] = basketOf(number, systems.places);
  if (wish !== undefined) await storeResource(systems.fhir.url, toSupplyRequest(wish, new Date()));
};

const isOrderCreation = ({ method, path }: { method: string; path: string }): boolean =>
  /purchase\.purchase\.create$/.test(method) ||
  (method === 'POST' && /A_PurchaseOrder(\?|$)/.test(path));

const creations = ({ systems }: Bed): number[] =>
  [...systems.s4.calls(), ...systems.tryton.calls()].filter(isOrderCreation).map(({ at }) => at);

const lastBefore = (times: readonly number[], moment: number): number | undefined =>
  times.findLast((time) => time <= moment);

/** From the moment the last approver's mutation is sent to the order standing at the ERP, one request at a time. */
const measureOneByOne = async (bed: Bed, requests: number) => {
  const approvedAt: number[] = [];
  const timed: Ask = (persona, query, variables) => {
    if (query.includes('mutation')) approvedAt.push(Date.now());
    return bed.ask(persona, query, variables);
  };
  for (let number = 0; number < requests; number += 1) {
    const before = bed.feed.issued();
    await storeWish(bed, number);
    await until(async () => {
      await approveAll(timed);
      return bed.feed.issued() > before;
    }, 30_000);
  }
  const toErpMs = creations(bed).flatMap((at) => {
    const approved = lastBefore(approvedAt, at);
    return approved === undefined ? [] : [at - approved];
  });
  return {
    pushed: pushedFigures(bed.feed.pushed),
    approvalToErp: {
      orders: toErpMs.length,
      p50Ms: median(toErpMs),
      p95Ms: quantile(toErpMs, 0.95),
    },
  };
};

/** Only changes that the hub itself made: those have no time of their own at a source. */
const ownChanges = /^(Requisition|PurchaseOrderIssued)/;

const pushedFigures = (pushed: readonly Pushed[]) => {
  const own = pushed.filter(({ type }) => ownChanges.test(type)).map(({ afterMs }) => afterMs);
  return { changes: own.length, p50Ms: median(own), p95Ms: quantile(own, 0.95) };
};

/** How fast a pile of requests becomes issued orders while people approve all that they see. */
const measureThroughput = async (bed: Bed, requests: number) => {
  const first = 1_000;
  const startedAt = Date.now();
  const goal = bed.feed.issued() + requests;
  for (let number = first; number < first + requests; number += 1) await storeWish(bed, number);
  const storedMs = Date.now() - startedAt;
  await until(async () => {
    await approveAll(bed.ask);
    return bed.feed.issued() >= goal;
  }, 120_000);
  const last = bed.feed.pushed.findLast(({ type }) => type === 'PurchaseOrderIssued');
  const tookMs = (last?.at ?? Number.NaN) - startedAt;
  return { requests, storedMs, tookMs, ordersPerSecond: (1000 * requests) / tookMs };
};

/** Measures the whole path with the simulated hospital's systems in this process and the hub in its own. */
export const benchSpine = async ({ say, command, scale }: BenchOptions): Promise<void> => {
  const show = (title: string, figures: object): void =>
    say(`${title}: ${JSON.stringify(figures)}`);
  const starts = await measureStarts();
  show('Starts and idle memory', starts);
  const atOnce = await withBed(0, async (bed) => {
    const oneByOne = await measureOneByOne(bed, Math.ceil(20 * scale));
    show('One request at a time', oneByOne);
    const throughput = await measureThroughput(bed, Math.ceil(100 * scale));
    show('Throughput, systems answer at once', throughput);
    return { oneByOne, throughput };
  });
  const at50Ms = await withBed(50, (bed) => measureThroughput(bed, Math.ceil(100 * scale)));
  show('Throughput, systems take 50 ms for each answer', at50Ms);
  const figures = { starts, ...atOnce, throughputAt50Ms: at50Ms };
  await writeResult({ name: 'spine', command, figures });
};
