import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import type { BenchOptions } from './bench-options.ts';
import type { MeasuredChild } from './measured-child.ts';
import { median, shown } from './statistics.ts';
import { startContender } from './status-contender.ts';
import { type StatusCrowd, startCrowd } from './status-crowd.ts';

const stalledReaders = 100;
const liveReaders = 100;

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
export const besideStalledReaders = async ({ say }: BenchOptions) => {
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
