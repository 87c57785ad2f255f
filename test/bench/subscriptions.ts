import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import type { BenchOptions } from './bench-options.ts';
import { type MeasuredChild, startMeasured } from './measured-child.ts';
import { median, quantile, shown } from './statistics.ts';
import { writeResult } from './write-result.ts';

const modes = ['hub', 'broadcast', 'per-client'] as const;
type Mode = (typeof modes)[number];

const facilities = 100;
const operation =
  'subscription ($facilityId: ID) { orderChanged(facilityId: $facilityId) { id to order { id number } } }';

interface Crowd {
  readonly sockets: readonly WebSocket[];
  /** How long each message was under way, in milliseconds. */
  readonly delays: number[];
}

const now = (): number => performance.timeOrigin + performance.now();

const sentAt = /"to":"([\d.]+)"/;

const joinOne = (url: string, number: number, delays: number[]): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    const variables = { facilityId: `f-${number % facilities}` };
    socket.once('error', reject);
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      const sent = sentAt.exec(text)?.[1];
      if (sent !== undefined) return void delays.push(now() - Number(sent));
      if (text.includes('"ping"')) return socket.send('{"type":"pong"}');
      if (!text.includes('connection_ack')) return;
      const payload = { query: operation, variables };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }), () => resolve(socket));
    });
  });

const gather = async (url: string, clients: number): Promise<Crowd> => {
  const delays: number[] = [];
  const sockets: WebSocket[] = [];
  for (let from = 0; from < clients; from += 50) {
    const numbers = Array.from(
      { length: Math.min(50, clients - from) },
      (_, index) => from + index,
    );
    sockets.push(...(await Promise.all(numbers.map((number) => joinOne(url, number, delays)))));
  }
  return { sockets, delays };
};

interface ServerState {
  readonly url: string;
  readonly executions: number;
}

/** Publishes so many events, one every two milliseconds, or all at once, and waits until everybody has theirs. */
const publish = async (
  child: MeasuredChild,
  { delays, sockets }: Crowd,
  { events, paced }: { events: number; paced: boolean },
): Promise<{ cpuMsPerMessage: number; executions: number }> => {
  const expected = (events * sockets.length) / facilities;
  delays.length = 0;
  const executed = (await child.ask<ServerState>('server')).executions;
  const before = await child.usageCollected();
  for (let number = 0; number < events; number += 1) {
    child.tell({ publish: number });
    if (paced) await wait(2);
  }
  await until(() => delays.length >= expected, 60_000);
  const after = await child.usage();
  const { executions } = await child.ask<ServerState>('server');
  return {
    cpuMsPerMessage: (after.cpuMs - before.cpuMs) / expected,
    executions: executions - executed,
  };
};

const measure = async (mode: Mode, clients: number, rounds: number) => {
  const child = await startMeasured('test/bench/fixtures/status-server-process.ts', { MODE: mode });
  try {
    const { url } = await child.ask<ServerState>('server');
    const empty = await child.usageCollected();
    const crowd = await gather(url, clients);
    await wait(500);
    const full = await child.usageCollected();
    await publish(child, crowd, { events: 200, paced: false });
    const paced = [];
    const burst = [];
    const delays: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      paced.push(await publish(child, crowd, { events: 500, paced: true }));
      delays.push(...crowd.delays);
      burst.push(await publish(child, crowd, { events: 500, paced: false }));
    }
    for (const socket of crowd.sockets) socket.terminate();
    return {
      ...{ mode, clients },
      pacedCpuMicroseconds: 1000 * median(paced.map(({ cpuMsPerMessage }) => cpuMsPerMessage)),
      burstCpuMicroseconds: 1000 * median(burst.map(({ cpuMsPerMessage }) => cpuMsPerMessage)),
      heapBytesPerClient: Math.round((full.heapBytes - empty.heapBytes) / clients),
      rssBytesPerClient: Math.round((full.rssBytes - empty.rssBytes) / clients),
      p50Ms: median(delays),
      p99Ms: quantile(delays, 0.99),
      executionsPer500Events: paced[0]?.executions ?? Number.NaN,
    };
  } finally {
    await child.stop();
  }
};

type Figures = Awaited<ReturnType<typeof measure>>;

const print = (figures: Figures, say: (line: string) => void): void =>
  say(
    [
      `${String(figures.clients).padStart(6)} clients ${figures.mode.padEnd(11)}`,
      `CPU µs per message ${shown(figures.pacedCpuMicroseconds)} paced, ${shown(figures.burstCpuMicroseconds)} in a burst`,
      `heap ${figures.heapBytesPerClient} B, RSS ${figures.rssBytesPerClient} B a client`,
      `p50 ${shown(figures.p50Ms)} p99 ${shown(figures.p99Ms)} ms`,
      `${figures.executionsPer500Events} executions for 500 events`,
    ].join('  '),
  );

/** Compares our WebSocket door with a bare broadcast and with graphql-js executed for each client; 100 filters, one in 100 clients per event. */
export const benchSubscriptions = async (options: BenchOptions): Promise<void> => {
  const { say, command, clients, rounds } = options;
  const all: Figures[] = [];
  for (const count of clients)
    for (const mode of modes) {
      const figures = await measure(mode, count, Math.min(rounds, 3));
      print(figures, say);
      all.push(figures);
    }
  const bars = all.map(({ mode, clients: count, pacedCpuMicroseconds }) => ({
    label: `${mode}, ${count} clients`,
    value: pacedCpuMicroseconds,
    isOurs: mode === 'hub',
  }));
  const plot = { title: 'Server CPU per delivered message, µs (less is better)', bars };
  await writeResult({ name: 'subscriptions', command, figures: all, plot });
};
