import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { codeOf, type FrontBed, startBed } from './front-bed.ts';

let bed: FrontBed;
beforeAll(async () => {
  bed = await startBed({
    routes: [
      {
        matches: (request, path) =>
          path === '/graphql' && (request.headers.accept ?? '').includes('text/html'),
        handle: (_, response) => {
          response.writeHead(200, { 'content-type': 'text/html' });
          response.end('<title>Explorer</title>');
        },
      },
      {
        matches: (_, path) => path === '/broken',
        handle: () => Promise.reject(new Error('secret words')),
      },
    ],
  });
});
afterAll(() => bed.close());

const hello = { query: '{ __typename }' };
const json = 'application/json';

/** Sends bytes as they are and reads all that comes back. */
const raw = async (bytes: string): Promise<string> => {
  const { port } = new URL(bed.server.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
};

describe('the HTTP door answers an operation', () => {
  test('across subgraphs', async () => {
    const { body } = await bed.post({ query: '{ product(id: "5") { name reviews { body } } }' });
    expect(body).toEqual({
      data: { product: { name: 'Product 5', reviews: [{ body: 'About 5' }] } },
    });
  });

  test('sent by GET', async () => {
    const variables = encodeURIComponent('{"id":"4"}');
    const query = encodeURIComponent('query One($id: ID!) { product(id: $id) { name } }');
    const { body } = await bed.get(`query=${query}&variables=${variables}&operationName=One`);
    expect(body).toEqual({ data: { product: { name: 'Product 4' } } });
  });

  test('once it is known, without asking the engine to prepare it again', async () => {
    const { misses } = { misses: bed.supergraph.current().stats().planCacheMisses };
    for (let at = 0; at < 3; at += 1) await bed.post({ query: '{ me }' });
    expect(bed.supergraph.current().stats().planCacheMisses).toBe(misses + 1);
  });

  test('and never lets anyone between keep the answer', async () => {
    expect((await bed.post(hello)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('the HTTP door refuses', () => {
  const rename = 'mutation { rename(id: "1", name: "x") { id } }';
  test.each([
    ['a batch', [hello, hello], {}, 400, 'BATCHING_NOT_SUPPORTED'],
    ['what is no JSON', '{"query":', {}, 400, 'BAD_REQUEST'],
    ['a JSON string', '"query"', {}, 400, 'BAD_REQUEST'],
    ['null', 'null', {}, 400, 'BAD_REQUEST'],
    [
      'a form',
      'query={me}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'plain text, which needs no preflight',
      hello,
      { 'content-type': 'text/plain' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'another charset',
      hello,
      { 'content-type': 'application/json; charset=utf-16' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a compressed body', hello, { 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a client that takes only XML', hello, { accept: 'application/xml' }, 406, 'NOT_ACCEPTABLE'],
    [
      'a subscription without a stream',
      { query: 'subscription { renamed { id } }' },
      {},
      406,
      'SUBSCRIPTION_NEEDS_STREAM',
    ],
    [
      'a body above 256 KB',
      { query: `{ me } #${'x'.repeat(300_000)}` },
      {},
      413,
      'BODY_LIMIT_EXCEEDED',
    ],
    ['@defer', { query: '{ ... @defer { me } }' }, {}, 200, 'INCREMENTAL_DELIVERY_NOT_SUPPORTED'],
  ] as const)('%s', async (_, body, headers, status, code) => {
    const reply = await bed.post(body, headers);
    expect({ status: reply.status, code: codeOf(reply) }).toEqual({ status, code });
  });

  test('a mutation sent by GET', async () => {
    const reply = await bed.get(`query=${encodeURIComponent(rename)}`);
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('POST');
  });

  test('a GET that another site made a browser send', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const reply = await bed.get('query={me}', headers);
    expect({ status: reply.status, code: codeOf(reply) }).toEqual({
      status: 403,
      code: 'CROSS_SITE_REQUEST',
    });
    const asked = await bed.get('query={me}', { ...headers, 'apollo-require-preflight': '1' });
    expect(asked.status).toBe(200);
  });

  test('a body that grows beyond 256 KB without having said so', async () => {
    const chunk = `${(60_000).toString(16)}\r\n${' '.repeat(60_000)}\r\n`;
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(await raw(head + chunk.repeat(6))).toMatch(/^HTTP\/1.1 413 [\s\S]*BODY_LIMIT_EXCEEDED/);
  });

  test('a body that is not UTF-8', async () => {
    const response = await fetch(bed.server.url, {
      method: 'POST',
      headers: { 'content-type': json },
      body: new Uint8Array([123, 34, 255, 254, 34, 125]),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('UTF-8');
  });

  test('other methods and other paths, in JSON', async () => {
    const put = await fetch(bed.server.url, { method: 'PUT', body: '{}' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const nowhere = await fetch(new URL('/nowhere', bed.server.url));
    expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([
      404,
      'application/json; charset=utf-8',
    ]);
  });

  test('bytes that are not HTTP, and headers without end', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*BAD_REQUEST/);
    const long = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`;
    expect(await raw(long)).toMatch(/^HTTP\/1.1 431 [\s\S]*HEADER_LIMIT_EXCEEDED/);
  });
});

describe('beside operations', () => {
  test('a browser is shown what a route shows it', async () => {
    const page = await fetch(bed.server.url, { headers: { accept: 'text/html,*/*' } });
    expect(await page.text()).toContain('Explorer');
  });

  test('a route that fails says nothing of why', async () => {
    const page = await fetch(new URL('/broken', bed.server.url));
    expect(page.status).toBe(500);
    expect(await page.text()).not.toContain('secret');
  });

  test('health, readiness and metrics are served', async () => {
    const get = async (path: string) => (await fetch(new URL(path, bed.server.url))).text();
    expect(await get('/health')).toBe('{"status":"ok"}');
    expect(await get('/ready')).toBe('{"status":"ready"}');
    const metrics = await get('/metrics');
    expect(metrics).toMatch(/operation_duration_seconds_count\{kind="query",outcome="ok"\} \d+/);
    expect(metrics).toMatch(/refused_total\{code="BATCHING_NOT_SUPPORTED"\} 1/);
  });
});
