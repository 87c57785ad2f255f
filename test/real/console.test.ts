import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Ask, approveAll, asker } from '../journeys/ask.ts';
import { type HubProcess, startHubProcess } from '../journeys/hub-process.ts';
import { openBrowser } from './browser.ts';

const run = promisify(execFile);

let dataDir: string;
let hub: HubProcess;
let browser: Browser;
let ask: Ask;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'console '));
  await chmod(dataDir, 0o755);
  hub = await startHubProcess({ DATA_DIR: dataDir, SIMULATION_PACE_MS: '0' });
  ask = await asker(hub.url);
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await hub.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** A page, and what its console complained of. */
const open = async (path: string): Promise<{ page: Page; complaints: string[] }> => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${hub.url}${path}`);
  return { page, complaints };
};

describe('the first page', () => {
  test('shows that the systems are up, what is in flight, and whom it waits for', async () => {
    const { page, complaints } = await open('/');
    const systems = page.getByRole('region', { name: 'Systems' });
    for (const system of ['s4', 'tryton', 'wards'])
      await systems.locator('li.up', { hasText: system }).waitFor();
    const requests = page.getByRole('region', { name: 'Requests in flight' });
    await requests.getByText('R-000001').waitFor();
    await requests.locator('tr', { hasText: 'R-000001' }).getByText('nurse-manager').waitFor();
    await page.getByRole('region', { name: 'Waits for a person' }).getByText('W-NEW-117').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('follows what happens without being asked to', async () => {
    const { page, complaints } = await open('/');
    const live = page.getByRole('region', { name: 'Live status changes' });
    await live.getByText('Waiting for the next change').waitFor();
    await approveAll(ask);
    await live
      .getByText(/said yes to R-/)
      .first()
      .waitFor();
    await live
      .getByText(/was placed in (s4|tryton)/)
      .first()
      .waitFor();
    const requests = page.getByRole('region', { name: 'Requests in flight' });
    await requests.locator('.status', { hasText: 'ordered' }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('says that the systems fell silent, and that they are back, though nothing else happens', async () => {
    const { page, complaints } = await open('/');
    const systems = page.getByRole('region', { name: 'Systems' });
    await systems.locator('li.up', { hasText: 's4' }).waitFor();
    const { stdout } = await run('pgrep', ['-P', String(hub.pid), '-f', 'simulation/']);
    const hospital = Number(stdout);
    process.kill(hospital, 'SIGSTOP');
    try {
      const s4 = systems.locator('li.degraded, li.down', { hasText: 's4' });
      await s4.getByText(/s4 (did|does) not answer/).waitFor({ timeout: 60_000 });
    } finally {
      process.kill(hospital, 'SIGCONT');
    }
    await systems.locator('li.up', { hasText: 's4' }).waitFor({ timeout: 60_000 });
    expect(complaints).toEqual([]);
    await page.close();
  }, 130_000);

  test('fits a telephone', async () => {
    const { page } = await open('/');
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByText('R-000001').waitFor();
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - window.innerWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  }, 60_000);
});

describe('the explorer', () => {
  test('works offline, knows the schema, and runs its first example', async () => {
    const { page, complaints } = await open('/graphql');
    // A person reads the example before running it; before it stands in the editor there is nothing to run.
    await page.locator('.graphiql-query-editor', { hasText: 'OrderWithEverything' }).waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window', { hasText: '"purchaseOrders"' }).waitFor();
    expect(await page.locator('.result-window').textContent()).not.toContain('"errors"');
    await page.getByRole('button', { name: /Documentation Explorer/ }).click();
    await page.getByText('A GraphQL schema provides a root type').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);
});
