import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { until } from '../support/until.ts';
import { type Ask, asker } from './ask.ts';
import { startHubProcess } from './hub-process.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'a new user '));
  // As a folder that a user made: open to the database's own account.
  await chmod(dataDir, 0o755);
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const postgresPid = async (): Promise<number> =>
  Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

const requisitions = async (ask: Ask): Promise<number> => {
  const { requisitions: found } = await ask<{ requisitions: { totalCount: number } }>(
    'ira',
    '{ requisitions(first: 1) { totalCount } }',
  );
  return found.totalCount;
};

describe('a new user', () => {
  test('starts the hub in a path with a space, is told where things are, and stops everything with Ctrl-C', async () => {
    const hub = await startHubProcess({ DATA_DIR: dataDir, SIMULATION_PACE_MS: '0' });
    expect(hub.printed()).toMatch(/Console\s+http:.*Explorer.*maya\s+Maya Ortiz.*npm run demo/s);
    expect((await fetch(`${hub.url}/ready`)).status).toBe(200);
    const ask = await asker(hub.url);
    await until(async () => (await requisitions(ask)) >= 3, 20_000);
    const postgres = await postgresPid();
    expect(isRunning(postgres)).toBe(true);
    expect(await hub.stop()).toBe(0);
    await until(() => !isRunning(postgres));
    expect(existsSync(join(dataDir, 'hub.lock'))).toBe(false);
  }, 60_000);

  test('starts it again after a power cut, with everything still there', async () => {
    const first = await startHubProcess({ DATA_DIR: dataDir, SIMULATION_PACE_MS: '0' });
    const before = await requisitions(await asker(first.url));
    await first.kill();
    const second = await startHubProcess({ DATA_DIR: dataDir, SIMULATION_PACE_MS: '0' });
    expect(await requisitions(await asker(second.url))).toBeGreaterThanOrEqual(before);

    await expect(startHubProcess({ DATA_DIR: dataDir })).rejects.toThrow(
      /is in use by the hub with process id \d+.*DATA_DIR/s,
    );
    expect(await second.stop()).toBe(0);
  }, 90_000);

  test('cannot use a token of the demo once the demo is off', async () => {
    const demo = await startHubProcess({ DATA_DIR: dataDir, SIMULATION_PACE_MS: '0' });
    const [{ token } = { token: '' }] = (await (
      await fetch(`${demo.url}/demo/personas`)
    ).json()) as { token: string }[];
    await demo.stop();
    const closed = await startHubProcess({ DATA_DIR: dataDir, DEMO: '0' });
    expect((await fetch(`${closed.url}/demo/personas`)).status).toBe(404);
    const answer = await fetch(`${closed.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{"query":"{ me { name } }"}',
    });
    expect(answer.status).toBe(401);
    await closed.stop();
  }, 60_000);

  test('finds the steps to mend an exception behind its runbook link', async () => {
    const hub = await startHubProcess({ DATA_DIR: dataDir, SIMULATION_PACE_MS: '0' });
    const ask = await asker(hub.url);
    const { exceptions } = await ask<{ exceptions: { edges: { node: { runbook: string } }[] } }>(
      'stef',
      '{ exceptions(filter: { status: OPEN, kind: MISSING_MAPPING }) { edges { node { runbook } } } }',
    );
    const link = exceptions.edges[0]?.node.runbook ?? '';
    const page = await fetch(`${hub.url}${link}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/approveMapping/);
    expect((await fetch(`${hub.url}/runbooks/..%2Fhub.json`)).status).toBe(404);
    await hub.stop();
  }, 60_000);

  test('is told what to do when the port is taken, and nothing is left running', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await expect(startHubProcess({ DATA_DIR: dataDir, PORT: String(port) })).rejects.toThrow(
      `PORT=${port + 1} npm start`,
    );
    expect(existsSync(join(dataDir, 'postgres/data/postmaster.pid'))).toBe(false);
    other.close();
  }, 60_000);

  test.each([
    ['PORT', 'many', /PORT: "many" is not a port/],
    ['PRODUCTION', '1', /HUB_SECRET/],
    ['CONFIG', '/nowhere', /\/nowhere\/hub\.json/],
  ])(
    'is told which setting is wrong: %s=%s',
    async (name, value, words) => {
      await expect(startHubProcess({ DATA_DIR: dataDir, [name]: value })).rejects.toThrow(words);
    },
    60_000,
  );
});
