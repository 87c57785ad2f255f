import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { freePort } from '../../platform/free-port.ts';
import type { Identity } from '../../platform/identity.ts';
import { signIdentity } from '../../platform/tokens.ts';
import { hl7Wish, storeResource } from '../../simulation/ward.ts';
import { freshDatabase } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { type Ask, approveAll, asker } from './ask.ts';
import { type RoleProcess, startRole } from './role-process.ts';
import { startSystems } from './simulated-systems.ts';

const secret = 'a secret of the tests, 32 characters';
const subgraphs = ['clinical', 'erp', 'inventory', 'operations', 'procurement'] as const;

interface Change {
  readonly type: string;
  readonly correlationId: string;
  readonly purchaseOrder: {
    readonly number: string;
    readonly supplier: { readonly name: string };
  } | null;
}

let systems: Awaited<ReturnType<typeof startSystems>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let dataDir: string;
let ask: Ask;
let client: Client;
const roles: RoleProcess[] = [];
const addresses = new Map<string, string>();
const changes: Change[] = [];

const start = async (
  words: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const PORT = String(await freePort());
  const shared = { HUB_SECRET: secret, DATABASE_URL: database.url, DATA_DIR: dataDir };
  const role = startRole(words, { ...systems.env, ...shared, ...env, PORT });
  roles.push(role);
  await role.ready;
  return `http://127.0.0.1:${PORT}`;
};

/** Collects what the front pushes over its WebSocket, from now on. */
const collectChanges = async (url: string): Promise<Client> => {
  const people = (await (await fetch(`${url}/demo/personas`)).json()) as {
    key: string;
    token: string;
  }[];
  const token = people.find(({ key }) => key === 'ira')?.token;
  const opened = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const query = `subscription { documentStatusChanged {
    type correlationId purchaseOrder { number supplier { name } } } }`;
  opened.subscribe<{ documentStatusChanged: Change }>(
    { query },
    {
      next: ({ data }) => {
        if (data !== null && data !== undefined) changes.push(data.documentStatusChanged);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return opened;
};

beforeAll(async () => {
  systems = await startSystems();
  database = await freshDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'syncline split '));
  const [worker = '', ...urls] = await Promise.all([
    start(['worker']),
    ...subgraphs.map((name) => start(['subgraph', name])),
  ]);
  addresses.set('worker', worker);
  for (const [n, name] of subgraphs.entries()) addresses.set(name, urls[n] ?? '');
  const front = await start(
    ['front'],
    Object.fromEntries(
      subgraphs.map((name, n) => [`SUBGRAPH_${name.toUpperCase()}_URL`, urls[n] ?? '']),
    ),
  );
  ask = await asker(front);
  client = await collectChanges(front);
}, 90_000);

afterAll(async () => {
  // A front that died must not keep the others alive.
  await Promise.allSettled([client?.dispose()]);
  const ends = await Promise.all(roles.map((role) => role.stop()));
  await systems.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
  // Whoever died before is shown with its last words.
  expect(ends.filter(({ code }) => code !== 0)).toEqual([]);
}, 20_000);

test('a ward’s request becomes an order through a front, five subgraphs and a worker that share one database', async () => {
  await storeResource(systems.fhir.url, hl7Wish());
  const pushed = (): Change | undefined =>
    changes.find(({ type }) => type === 'PurchaseOrderIssued');
  await until(async () => {
    await approveAll(ask);
    return pushed() !== undefined;
  }, 30_000);

  const number = pushed()?.purchaseOrder?.number;
  expect(pushed()).toMatchObject({
    correlationId: expect.any(String),
    purchaseOrder: { number: expect.any(String), supplier: { name: expect.any(String) } },
  });
  expect(systems.s4.ledger().filter((order) => order.number === number)).toHaveLength(1);
  const { trace } = await ask<{ trace: { steps: readonly object[] } }>(
    'ira',
    'query ($id: ID!) { trace(correlationId: $id) { steps { step } } }',
    { id: pushed()?.correlationId },
  );
  expect(trace.steps.length).toBeGreaterThan(2);
}, 40_000);

const ira: Identity = {
  ...{ subject: 'ira', name: 'Ira', clientId: 'split' },
  ...{ roles: ['inventory-manager'], facilityIds: 'ALL' },
};

const fetchFrom = async (name: string, headers: Readonly<Record<string, string>>) => {
  const response = await fetch(addresses.get(name) ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  });
  return response.status;
};

test.each(subgraphs)('the subgraph %s answers nobody but the gateway', async (name) => {
  expect(await fetchFrom(name, {})).toBe(401);
  const forged = signIdentity(ira, 'a secret that somebody else made up.');
  expect(await fetchFrom(name, { 'x-syncline-identity': forged })).toBe(401);
  expect(await fetchFrom(name, { 'x-syncline-identity': signIdentity(ira, secret) })).toBe(200);
});

test('the worker says that it lives, and nothing else', async () => {
  const statusOf = async (path: string): Promise<number> =>
    (await fetch(`${addresses.get('worker')}${path}`)).status;
  expect(await statusOf('/health')).toBe(200);
  expect(await statusOf('/graphql')).toBe(404);
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a role with neither database nor secret until it ends. */
const run = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: '', HUB_SECRET: '' };
    execFile(process.execPath, words, { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

test('a role that lacks what all share says what to set', async () => {
  const { code, stderr } = await run('roles/worker.ts');
  expect(code).toBe(1);
  expect(stderr).toMatch(/DATABASE_URL has to be set/);
  expect(stderr).toMatch(/HUB_SECRET has to be set/);
});

test('a subgraph that there is not is refused with those that there are', async () => {
  const { code, stderr } = await run('roles/subgraph.ts', 'sales');
  expect(code).toBe(1);
  expect(stderr).toMatch(/no subgraph "sales"/);
  expect(stderr).toMatch(/procurement \(port 4106\)/);
});

test('--help explains the settings', async () => {
  const { code, stdout } = await run('roles/front.ts', '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/SUBGRAPH_ERP_URL/);
  expect(stdout).toMatch(/HUB_SECRET/);
});
