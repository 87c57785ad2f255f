import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { freePort } from '../../platform/free-port.ts';
import { until } from '../support/until.ts';
import type { BenchOptions } from './bench-options.ts';
import { composeCatalogue } from './compose-catalogue.ts';
import { operations } from './fixtures/catalogue.ts';
import { startMeasured } from './measured-child.ts';
import { closedLoop, openLoop, send } from './open-loop.ts';
import { shippedFlags } from './shipped-flags.ts';
import { median, quantile, shown } from './statistics.ts';

const seconds = 6;
const ofInventory = '{ topProducts { upc inStock } }';

/** What the other clients of the gateway get, while some ask for what the subgraph in trouble answers. */
const othersMs = async (pool: Pool, asking: Pool): Promise<readonly number[]> => {
  const [others] = await Promise.all([
    closedLoop(pool, operations.trivial, { lanes: 2, seconds }),
    openLoop(asking, ofInventory, { perSecond: 50, seconds }),
  ]);
  return others.filter(({ kind }) => kind === 'answered').map(({ ms }) => ms);
};

const p99 = (numbers: readonly number[]): number => quantile(numbers, 0.99);

/** Milliseconds until a question to the subgraph is answered again. */
const answeredAgainMs = async (asking: Pool): Promise<number> => {
  const begun = performance.now();
  await until(async () => {
    const { kind } = await send(asking, ofInventory, 0);
    return kind === 'answered';
  }, 30_000);
  return performance.now() - begun;
};

/** Clients of healthy subgraphs beside one that takes connections and says nothing. */
export const besideDeadSubgraph = async ({ say, rounds }: BenchOptions) => {
  const folder = await mkdtemp(join(tmpdir(), 'syncline bench '));
  const { ports, supergraph } = await composeCatalogue(folder);
  const { inventory, ...healthy } = ports;
  const fixture = 'test/bench/fixtures/subgraphs-process.ts';
  const others = await startMeasured(fixture, { SUBGRAPH_PORTS: JSON.stringify(healthy) });
  const dead = await startMeasured(fixture, { SUBGRAPH_PORTS: JSON.stringify({ inventory }) });
  const port = await freePort();
  const settings = { SUPERGRAPH: supergraph, PORT: String(port), DEADLINE_MS: '2000' };
  const flags = shippedFlags('gateway');
  const gateway = await startMeasured('gateway/main.ts', settings, { flags });
  const pools = [2, 256].map(
    (connections) => new Pool(`http://127.0.0.1:${port}`, { connections }),
  ) as [Pool, Pool];
  const [pool, asking] = pools;
  const runs: { wellMs: number; besideMs: number; recoveredMs: number }[] = [];
  try {
    await othersMs(pool, asking);
    for (let round = 0; round < Math.min(rounds, 5); round += 1) {
      const wellMs = p99(await othersMs(pool, asking));
      dead.signal('SIGSTOP');
      const besideMs = p99(await othersMs(pool, asking));
      dead.signal('SIGCONT');
      runs.push({ wellMs, besideMs, recoveredMs: await answeredAgainMs(asking) });
    }
  } finally {
    dead.signal('SIGCONT');
    for (const one of pools) await one.destroy();
    await Promise.all([gateway, others, dead].map((child) => child.stop()));
    await rm(folder, { recursive: true });
  }
  const times = median(runs.map(({ wellMs, besideMs }) => besideMs / wellMs));
  const recoveredMs = median(runs.map((run) => run.recoveredMs));
  say(
    `Beside a dead subgraph the others' p99 is ${shown(times)} times as long; it is asked again ${shown(recoveredMs)} ms after it is back`,
  );
  return { times, recoveredMs, runs };
};
