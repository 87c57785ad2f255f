import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { basketOf, storeResource, toSupplyRequest } from '../../simulation/ward.ts';
import { approveAll, asker } from '../journeys/ask.ts';
import { type HubProcess, startHubProcess } from '../journeys/hub-process.ts';
import { startSystems } from '../journeys/simulated-systems.ts';
import { freshDatabase } from '../support/postgres.ts';
import { seededRandom } from '../support/random.ts';
import { countOrders, untilAllOrdered } from './all-ordered.ts';

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
    const faults = { rate: 0.05, seed: 7, onlyWrites: true };
    systems.s4.faults({ kind: 'commit-and-drop', ...faults });
    systems.tryton.faults({ kind: 'commit-and-drop', ...faults });
    const env = {
      ...systems.env,
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
    };
    let hub: HubProcess = await startHubProcess(env);
    for (let n = 0; n < kills; n += 1) {
      // Half of the time somebody approves, so that kills meet every step of the way.
      const ask = await asker(hub.url);
      const working = approveAll(ask).catch(() => 0);
      await wait(50 + random() * 900);
      await hub.kill();
      await working;
      hub = await startHubProcess(env);
    }
    systems.s4.faults(null);
    systems.tryton.faults(null);
    const ask = await asker(hub.url);
    await untilAllOrdered(ask, requests);
    const booked = references();
    expect(new Set(booked).size).toBe(booked.length);
    expect(booked).toHaveLength(await countOrders(ask));
    await hub.stop();
  },
  10 * 60_000,
);
