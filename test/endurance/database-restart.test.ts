import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { startPostgres } from '../../platform/embedded-postgres.ts';
import { basketOf, storeResource, toSupplyRequest } from '../../simulation/ward.ts';
import { approveAll, asker } from '../journeys/ask.ts';
import { startHubProcess } from '../journeys/hub-process.ts';
import { startSystems } from '../journeys/simulated-systems.ts';
import { until } from '../support/until.ts';
import { countOrders, untilAllOrdered } from './all-ordered.ts';

const requests = 60;
const restarts = 6;

/** The immediate stop of PostgreSQL, as after a crash: no checkpoint, no goodbye. */
const crash = async (dir: string): Promise<void> => {
  const file = join(dir, 'data/postmaster.pid');
  // It may still be coming back from the last crash.
  await until(() => existsSync(file));
  const [pid = ''] = (await readFile(file, 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGQUIT');
};

test(
  `every approved request becomes exactly one order over ${restarts} crashes of PostgreSQL under load`,
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'syncline restart '));
    await chmod(dataDir, 0o755);
    const dir = join(dataDir, 'postgres');
    const postgres = await startPostgres({ dir });
    const systems = await startSystems();
    const hub = await startHubProcess({
      ...systems.env,
      DATABASE_URL: postgres.url,
      DATA_DIR: join(dataDir, 'hub'),
    });
    const ask = await asker(hub.url);
    for (let n = 0; n < requests; n += 1) {
      const [wish] = basketOf(n, systems.places);
      if (wish !== undefined)
        await storeResource(systems.fhir.url, toSupplyRequest(wish, new Date()));
    }
    for (let n = 0; n < restarts; n += 1) {
      const working = approveAll(ask).catch(() => 0);
      // Every 3 seconds, as promised: long enough to do some work, too short to do it all.
      await wait(3000);
      await crash(dir);
      await working;
    }
    await untilAllOrdered(ask, requests);
    const booked = [...systems.s4.ledger(), ...systems.tryton.ledger()].map(
      ({ reference }) => reference,
    );
    expect(new Set(booked).size).toBe(booked.length);
    expect(booked).toHaveLength(await countOrders(ask));
    expect(await hub.stop()).toBe(0);
    await systems.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  },
  5 * 60_000,
);
