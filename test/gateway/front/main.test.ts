import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../../platform/free-port.ts';
import { startTraceCollector } from '../../support/trace-collector.ts';
import { until } from '../../support/until.ts';
import { shop } from './shop.ts';
import { type SubgraphServer, startSubgraph } from './subgraph-server.ts';

let folder: string;
let file: string;
let catalogue: SubgraphServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  file = join(folder, 'supergraph.graphql');
  catalogue = await startSubgraph(shop.schemas.catalogue);
  // The other subgraph is down all the time; that stops neither the start nor other fields.
  const urls = { catalogue: catalogue.url, opinions: 'http://127.0.0.1:9/graphql' };
  await writeFile(file, shop.supergraph(urls));
});
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(async () => {
  await catalogue.close();
  await rm(folder, { recursive: true });
});

const start = (environment: Readonly<Record<string, string>>, ...args: string[]): ChildProcess => {
  const child = spawn(process.execPath, ['gateway/main.ts', ...args], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  return child;
};

const exitOf = async (child: ChildProcess) => {
  const [out, err, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'exit'),
  ]);
  return { code, out, err };
};

interface Running {
  readonly child: ChildProcess;
  readonly ask: (
    query: string,
  ) => Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] }>;
}

const running = async (environment: Readonly<Record<string, string>> = {}): Promise<Running> => {
  const port = String(await freePort());
  const child = start({ SUPERGRAPH: file, PORT: port, ...environment });
  const url = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const ask: Running['ask'] = async (query) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return response.json() as ReturnType<Running['ask']>;
  };
  return { child, ask };
};

const stop = async (child: ChildProcess) => {
  child.kill('SIGTERM');
  return exitOf(child);
};

describe('the gateway alone', () => {
  test('serves a supergraph with a subgraph down, shows its schema, and stops on SIGTERM', async () => {
    const { child, ask } = await running();
    expect(await ask('{ product(id: "2") { name reviews { id } } me }')).toMatchObject({
      data: { product: null, me: null },
      errors: [{ extensions: { code: 'SYSTEM_UNAVAILABLE' } }],
    });
    expect(await ask('{ product(id: "2") { name } }')).toEqual({
      data: { product: { name: 'Product 2' } },
    });
    expect((await ask('{ __schema { queryType { name } } }')).data).toBeDefined();
    const startedAt = performance.now();
    expect((await stop(child)).code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('in production shows no schema', async () => {
    const { child, ask } = await running({ PRODUCTION: '1' });
    const { errors } = await ask('{ __schema { queryType { name } } }');
    expect(errors?.[0]?.extensions.code).toBe('INTROSPECTION_DISABLED');
    await stop(child);
  });

  test('tells a collector of every operation and call, and sends what is left when it stops', async () => {
    const collector = await startTraceCollector();
    const { child, ask } = await running({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
    await ask('query Name { product(id: "2") { name } }');
    expect((await stop(child)).code).toBe(0);
    collector.close();
    const [operation, call] = ['query Name', 'subgraph catalogue'].map((wanted) =>
      collector.spans.find(({ name }) => name === wanted),
    );
    expect(call).toMatchObject({ traceId: operation?.traceId, parentSpanId: operation?.spanId });
    expect(catalogue.seen.at(-1)?.headers['traceparent']).toBe(
      `00-${call?.traceId}-${call?.spanId}-01`,
    );
    expect([...collector.services]).toEqual(['gateway']);
  });

  test('explains itself', async () => {
    const { code, out } = await exitOf(start({}, '--help'));
    expect(code).toBe(0);
    expect(out).toContain('SUPERGRAPH');
  });

  test.each([
    ['without a supergraph', { SUPERGRAPH: '' }, /SUPERGRAPH must name the file/],
    ['with a file that is not there', { SUPERGRAPH: '/nowhere/at-all' }, /no such file.*nowhere/],
    ['with a port that is none', { PORT: 'many' }, /PORT: "many" is not a port/],
    [
      'with operations that are not there',
      { OPERATIONS: '/nowhere' },
      /OPERATIONS: .*no such file/,
    ],
  ])('%s says so in one line and ends with 1', async (_, environment, message) => {
    const { code, err } = await exitOf(start({ SUPERGRAPH: file, ...environment }));
    expect(code).toBe(1);
    expect(err.trim()).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
