import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { freePort } from '../../platform/free-port.ts';
import { until } from '../support/until.ts';
import type { BenchOptions } from './bench-options.ts';
import { composeCatalogue } from './compose-catalogue.ts';
import { operations } from './fixtures/catalogue.ts';
import { type MeasuredChild, startMeasured } from './measured-child.ts';
import { closedLoop, openLoop } from './open-loop.ts';
import { shippedFlags } from './shipped-flags.ts';
import { median, quantile, shown } from './statistics.ts';
import { startContender } from './status-contender.ts';
import { type StatusCrowd, startCrowd } from './status-crowd.ts';
import { writeResult } from './write-result.ts';

const seconds = 6;
const stalledReaders = 100;
const liveReaders = 100;

/** What the other clients of the gateway get, while some ask for what the subgraph in trouble answers. */
const othersMs = async (pool: Pool, asking: Pool): Promise<readonly number[]> => {
  const [others] = await Promise.all([
    closedLoop(pool, operations.trivial, { lanes: 2, seconds }),
    openLoop(asking, '{ topProducts { upc inStock } }', { perSecond: 50, seconds }),
  ]);
  return others.filter(({ kind }) => kind === 'answered').map(({ ms }) => ms);
};

const p99 = (numbers: readonly number[]): number => quantile(numbers, 0.99);

/** Milliseconds until a question to the subgraph is answered again. */
const answeredAgainMs = async (asking: Pool): Promise<number> => {
  const begun = performance.now();
  await until(async () => {
    const [fate] = await closedLoop(asking, '{ topProducts { upc inStock } }', {
      lanes: 1,
      seconds: 0.001,
    });
    return fate?.kind === 'answered';
  }, 30_000);
  return performance.now() - begun;
};

/** Clients of healthy subgraphs beside one that takes connections and says nothing. */
const besideDeadSubgraph = async ({ say, rounds }: BenchOptions) => {
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

/** Subscribes to everything, in messages of some KB; a stalled reader reads none of them. */
const read = (url: string, { isStalled }: { isStalled: boolean }): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const fields = Array.from({ length: 80 }, (_, at) => `o${at}: order { id number }`);
    const query = `subscription { orderChanged { to ${fields.join(' ')} } }`;
    const socket = new WebSocket(url, 'graphql-transport-ws');
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', () => {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      if (isStalled) socket.pause();
      resolve(socket);
    });
    socket.once('error', reject);
  });

const liveOf = async (server: MeasuredChild): Promise<number> =>
  (await server.ask<{ followers: number }>('server')).followers;

const paced = { count: 2_000, perSecond: 1_000 };

/** 99 of 100 messages come within this, in milliseconds; the middle of several goes, since one pause of the machine makes a p99. */
const pacedP99 = async (crowd: StatusCrowd): Promise<number> => {
  const all: number[] = [];
  for (let go = 0; go < 5; go += 1) all.push((await crowd.deliver(paced)).p99Ms);
  return median(all);
};

/** Readers that keep up, beside as many that do not. */
const besideStalledReaders = async ({ say }: BenchOptions) => {
  const contender = await startContender('hub');
  const { server, url } = contender;
  const crowd = await startCrowd(contender);
  const sockets: WebSocket[] = [];
  try {
    await crowd.join(liveReaders);
    await crowd.deliver(paced);
    const aloneMs = await pacedP99(crowd);
    const flood = (): Promise<unknown> => crowd.deliver({ count: 100, perSecond: null });
    // What is kept of such messages for whoever comes late is not for the stalled alone.
    const keepsUp = await read(url, { isStalled: false });
    for (let page = 0; page < 40; page += 1) await flood();
    keepsUp.terminate();
    await until(async () => (await liveOf(server)) === liveReaders, 10_000);
    const before = await server.usageCollected();
    for (let count = 0; count < stalledReaders; count += 1)
      sockets.push(await read(url, { isStalled: true }));
    await until(async () => (await liveOf(server)) === liveReaders + stalledReaders, 10_000);
    // Until what the network takes for them is full.
    for (let page = 0; page < 200 && (await liveOf(server)) > liveReaders; page += 1) await flood();
    const stalled = stalledReaders + liveReaders - (await liveOf(server));
    const besideMs = await pacedP99(crowd);
    const after = await server.usageCollected();
    const moreMb = (after.rssBytes - before.rssBytes) / 2 ** 20;
    say(
      `Beside ${stalled} stalled readers the p99 of ${liveReaders} others is ${shown(besideMs / aloneMs)} times as long (${shown(besideMs)} ms), and the hub takes ${shown(moreMb)} MB more`,
    );
    return { stalled, times: besideMs / aloneMs, aloneMs, besideMs, moreMb };
  } finally {
    for (const socket of sockets) socket.terminate();
    await crowd.stop();
  }
};

/** What those in trouble cost the others. */
export const benchNeighbours = async (options: BenchOptions): Promise<void> => {
  const figures = {
    deadSubgraph: await besideDeadSubgraph(options),
    stalledReaders: await besideStalledReaders(options),
  };
  await writeResult({ name: 'neighbours', command: options.command, figures });
};
