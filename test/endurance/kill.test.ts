import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { seededRandom } from '../../platform/seeded-random.ts';
import { basketOf, storeResource, toSupplyRequest } from '../../simulation/ward.ts';
import { approveAll, asker } from '../journeys/ask.ts';
import { type HubProcess, startHubProcess } from '../journeys/hub-process.ts';
import { startSystems } from '../journeys/simulated-systems.ts';
import { freshDatabase } from '../support/postgres.ts';
import { countOrders, untilAllOrdered } from './all-ordered.ts';

/** What the finance systems do to us meanwhile: they do the work and lose the answer, throttle, fail, and hang. */
const faults = [
  { kind: 'commit-and-drop', rate: 0.1, seed: 7, onlyWrites: true },
  { kind: 'throttle', rate: 0.01, seed: 8, retryAfterSeconds: 1 },
  { kind: 'unavailable', rate: 0.03, seed: 9 },
  { kind: 'hang', rate: 0.01, seed: 10 },
] as const;

const requests = 100;
const kills = 30;

let systems: Awaited<ReturnType<typeof startSystems>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let dataDir: string;

beforeAll(async () => {
  systems = await startSystems();
  database = await freshDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'syncline kill '));
}, 60_000);

afterAll(async () => {
  await systems.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const references = (): string[] =>
  [...systems.s4.ledger(), ...systems.tryton.ledger()].map(({ reference }) => String(reference));

test(
  `every approved request becomes exactly one order per supplier over ${kills} hard kills and faulty systems`,
  async () => {
    const random = seededRandom(30);
    for (let n = 0; n < requests; n += 1)
      for (const wish of basketOf(n, systems.places).slice(0, 1))
        await storeResource(systems.fhir.url, toSupplyRequest(wish, new Date()));
    systems.s4.faults(faults);
    systems.tryton.faults(faults);
    const env = {
      ...systems.env,
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
    };
    const restarts: number[] = [];
    let hub: HubProcess = await startHubProcess(env);
    for (let n = 0; n < kills; n += 1) {
      const ask = await asker(hub.url);
      const working = approveAll(ask).catch(() => 0);
      await wait(50 + random() * 900);
      await hub.kill();
      await working;
      hub = await startHubProcess(env);
      // Ready means that the workflows that the kill left behind are taken over.
      restarts.push(hub.readyAfterMs);
    }
    systems.s4.faults(null);
    systems.tryton.faults(null);
    const ask = await asker(hub.url);
    await untilAllOrdered(ask, requests);
    const booked = references();
    expect(new Set(booked).size).toBe(booked.length);
    expect(booked).toHaveLength(await countOrders(ask));
    // Half of the restarts at least, for the machine may have other things to do.
    expect(restarts.sort((a, b) => a - b)[kills / 2]).toBeLessThan(5000);
    await hub.stop();
  },
  10 * 60_000,
);
