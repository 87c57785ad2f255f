import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { freePort } from '../../../platform/free-port.ts';
import { until } from '../../support/until.ts';
import { startBed } from './front-bed.ts';
import { openSocket } from './raw-socket.ts';
import { shop } from './shop.ts';
import { startStreamBed } from './stream-doors.ts';
import { type SubgraphServer, startSubgraph } from './subgraph-server.ts';

const query = '{ product(id: "1") { name reviews { body } } }';

let folder: string;
let catalogue: SubgraphServer;
let opinions: SubgraphServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drain-'));
  catalogue = await startSubgraph(shop.schemas.catalogue);
  opinions = await startSubgraph(shop.schemas.opinions);
  const slowly = async (_request: unknown, _response: unknown, proper: () => Promise<void>) => {
    await wait(30);
    await proper();
  };
  catalogue.behave(slowly);
  opinions.behave(slowly);
  const urls = { catalogue: catalogue.url, opinions: opinions.url };
  await writeFile(join(folder, 'supergraph.graphql'), shop.supergraph(urls));
});
afterAll(async () => {
  await Promise.all([catalogue.close(), opinions.close()]);
  await rm(folder, { recursive: true });
});

/** The gateway as a process of its own: only there do its clients not share its event loop. */
const startGateway = async (): Promise<{ child: ChildProcess; origin: string }> => {
  const port = String(await freePort());
  const child = spawn(process.execPath, ['gateway/main.ts'], {
    env: {
      ...process.env,
      SUPERGRAPH: join(folder, 'supergraph.graphql'),
      PORT: port,
      LOG_LEVEL: 'warn',
    },
    stdio: 'ignore',
  });
  const origin = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(`${origin}/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return { child, origin };
};

interface Outcomes {
  answered: number;
  /** What could not connect to a server that has stopped listening was never in flight. */
  turnedAway: number;
  readonly failed: unknown[];
}

const callOnce = async (pool: Pool, headers: Record<string, string>): Promise<string> => {
  const { body } = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return body.text();
};

/** Calls again and again until the server is gone. */
const caller = async (pool: Pool, outcomes: Outcomes, headers = {}): Promise<void> => {
  while (outcomes.turnedAway === 0)
    await callOnce(pool, headers).then(
      (text) => {
        if (text.startsWith('{"data":{"product":{"name"')) outcomes.answered += 1;
        else outcomes.failed.push(text);
      },
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') outcomes.turnedAway += 1;
        else outcomes.failed.push({ code: error.code, message: error.message });
      },
    );
};

/** Has twenty clients call, ends the process by SIGTERM, and tells how it ended and what became of the calls. */
const endUnderLoad = async (headers: Record<string, string>, heedsReadiness: boolean) => {
  const { child, origin } = await startGateway();
  const pool = new Pool(origin, { connections: 20 });
  const outcomes: Outcomes = { answered: 0, turnedAway: 0, failed: [] };
  const callers = Array.from({ length: 20 }, () => caller(pool, outcomes, headers));
  await until(() => outcomes.answered > 100);
  const before = outcomes.answered;
  const startedAt = performance.now();
  child.kill('SIGTERM');
  await until(async () => (await fetch(`${origin}/ready`)).status === 503);
  if (heedsReadiness) outcomes.turnedAway += 1;
  const [code] = await once(child, 'exit');
  const ms = performance.now() - startedAt;
  await Promise.all(callers);
  await pool.close();
  return { code, ms, failed: outcomes.failed, answeredMeanwhile: outcomes.answered - before };
};

test.each([
  ['of clients that keep their connections', {}, false],
  [
    'behind a balancer that asks /ready and connects for every request',
    { connection: 'close' },
    true,
  ],
])('SIGTERM under load fails no request in flight %s', async (_, headers, heedsReadiness) => {
  const { code, ms, failed, answeredMeanwhile } = await endUnderLoad(headers, heedsReadiness);
  expect(failed).toEqual([]);
  expect(answeredMeanwhile).toBeGreaterThan(0);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
});

test('what hangs is cut when the time of the drain is over', async () => {
  const bed = await startBed({ drainTimes: { graceMs: 10, mostMs: 300 }, deadlineMs: 60_000 });
  bed.catalogue.behave(() => undefined);
  const hanging = bed.post({ query }).catch(() => 'cut');
  await until(() => bed.catalogue.seen.length > 0);
  const startedAt = performance.now();
  await bed.server.drain();
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(await hanging).toBe('cut');
  await bed.close();
});

test('sockets are closed as on a restart, and one whose client does not answer is cut', async () => {
  const bed = await startStreamBed();
  const polite = await openSocket(bed.server.url);
  const closed = once(polite.socket, 'close');
  const { port } = new URL(bed.server.url);
  const deaf = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  deaf.write(
    'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-protocol: graphql-transport-ws\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(deaf, 'data');
  const startedAt = performance.now();
  await bed.close();
  expect(performance.now() - startedAt).toBeLessThan(6_000);
  expect(polite.socket.readyState).toBe(WebSocket.CLOSED);
  expect((await closed)[0]).toBe(1012);
});
