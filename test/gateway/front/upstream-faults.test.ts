import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { httpClient } from '../../../gateway/clients/http-client.ts';
import { createEngine } from '../../../gateway/execution/engine.ts';
import { type GatewayServer, startGatewayServer } from '../../../gateway/http/server.ts';
import { createSupergraph, type Supergraph } from '../../../gateway/supergraph.ts';
import { freePort } from '../../../platform/free-port.ts';
import {
  answering,
  type Fault,
  type FaultyUpstream,
  httpResponse,
  json,
  startFaultyUpstream,
} from './faulty-upstream.ts';
import { shop } from './shop.ts';

const proper = JSON.stringify({
  data: { product: { __typename: 'Product', id: '1', name: 'One' } },
});
const deadlineMs = 400;

let upstream: FaultyUpstream;
let internal: FaultyUpstream;
let supergraph: Supergraph;
let server: GatewayServer;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  upstream = await startFaultyUpstream(proper);
  internal = await startFaultyUpstream(proper);
  supergraph = await createSupergraph({
    sdl: shop.supergraph({ catalogue: upstream.url, opinions: internal.url }),
    createEngine: (supergraphSdl) =>
      createEngine({
        supergraphSdl,
        client: (name, url) => httpClient({ name, url, maskErrors: true }),
      }),
    log: quiet,
  });
  server = await startGatewayServer({
    supergraph,
    port: await freePort(),
    authenticate: () => null,
    production: true,
    log: quiet,
    deadlineMs,
    drainTimes: { graceMs: 10 },
  });
  await ask();
});
afterAll(async () => {
  await server.drain();
  await supergraph.close();
  await Promise.all([upstream.stop(), internal.stop()]);
});

const ask = async (query = '{ product(id: "1") { name } }') => {
  const startedAt = performance.now();
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    body: JSON.parse(text),
    ms: performance.now() - startedAt,
  };
};

const secret = 'secret-host-10.0.0.1';
const begin = httpResponse('200 OK', { ...json, 'content-length': proper.length }, '');

const drip: Fault = async (socket) => {
  for (const byte of httpResponse('200 OK', json, proper)) {
    if (socket.destroyed) return;
    socket.write(Buffer.from([byte]));
    await wait(20);
  }
};

const endless: Fault = (socket) => {
  const part = Buffer.alloc(256 * 1_024, 32);
  socket.write(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  const more = (socket: Socket): void => {
    if (socket.destroyed) return;
    socket.write(`${part.length.toString(16)}\r\n`);
    socket.write(part);
    socket.write('\r\n', () => setImmediate(more, socket));
  };
  more(socket);
};

const internalRedirect =
  (status: string): Fault =>
  (socket) =>
    socket.write(httpResponse(status, { location: internal.url }, ''));

const down = 'SYSTEM_UNAVAILABLE';
const late = 'DEADLINE_EXCEEDED';

const faults: readonly (readonly [name: string, fault: Fault, code: string])[] = [
  ['resets the connection', (socket) => socket.resetAndDestroy(), down],
  ['closes without a word', (socket) => socket.end(), down],
  ['hangs before the headers', () => undefined, late],
  ['hangs after the headers', (socket) => socket.write(begin), late],
  [
    'hangs in the body',
    (socket) => socket.write(Buffer.concat([begin, Buffer.from('{"da')])),
    late,
  ],
  ['drips one byte at a time', drip, late],
  ['never reads (half-open)', (socket) => socket.pause(), late],
  ['answers in something else than HTTP', (socket) => socket.write(`${secret}\r\n\r\n`), down],
  [
    'sends headers without end',
    (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`),
    down,
  ],
  [
    'sends a gzip bomb',
    answering(
      '200 OK',
      { ...json, 'content-encoding': 'gzip' },
      gzipSync(Buffer.alloc(20_000_000, 32)),
    ),
    down,
  ],
  [
    'compresses unasked',
    answering('200 OK', { ...json, 'content-encoding': 'gzip' }, gzipSync(proper)),
    down,
  ],
  ['announces 50 MB', answering('200 OK', { ...json, 'content-length': 50_000_000 }, '{'), down],
  ['sends megabytes without end', endless, down],
  ['sends HTML as JSON', answering('200 OK', json, `<h1>${secret}</h1>`), down],
  ['sends half a JSON text', answering('200 OK', json, proper.slice(0, 30)), down],
  ['sends a JSON list', answering('200 OK', json, '[]'), down],
  ['sends null', answering('200 OK', json, 'null'), down],
  ['sends nothing', answering('200 OK', json), down],
  ['sends 204', answering('204 No Content', json), down],
  ['sends data: null alone', answering('200 OK', json, '{"data":null}'), down],
  ['sends neither data nor errors', answering('200 OK', json, '{"extensions":{}}'), down],
  ['sends a list as data', answering('200 OK', json, '{"data":[]}'), down],
  ['sends no list as errors', answering('200 OK', json, `{"errors":"${secret}"}`), down],
  ['sends errors that are none', answering('200 OK', json, `{"errors":["${secret}"]}`), down],
  ['sends null and no errors', answering('200 OK', json, '{"data":null,"errors":[]}'), down],
  ['redirects to an internal host', internalRedirect('302 Found'), down],
  ['redirects for good', internalRedirect('308 Permanent Redirect'), down],
  [
    'says 401',
    answering('401 Unauthorized', json, `{"errors":[{"message":"${secret}"}]}`),
    'SYSTEM_UNAUTHORIZED',
  ],
  ['says 403', answering('403 Forbidden', json, secret), 'SYSTEM_UNAUTHORIZED'],
  [
    'says 429',
    answering('429 Too Many Requests', { 'retry-after': 2 }, secret),
    'SYSTEM_THROTTLED',
  ],
  ['says 500 with a page', answering('500 Oops', { 'content-type': 'text/html' }, secret), down],
  ['says 500 in JSON', answering('500 Oops', json, `{"errors":[{"message":"${secret}"}]}`), down],
  ['says 502', answering('502 Bad Gateway', {}, secret), down],
  ['says 503 for an hour', answering('503 Busy', { 'retry-after': 3_600 }, secret), down],
  ['says 504', answering('504 Gateway Timeout', {}, secret), down],
  ['says 200 with a page', answering('200 OK', { 'content-type': 'text/html' }, secret), down],
  [
    'cuts a body of known length',
    (socket) => socket.end(Buffer.concat([begin, Buffer.from(proper.slice(0, 20))])),
    down,
  ],
  [
    'cuts a chunked body',
    (socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"dat\r\n',
      ),
    down,
  ],
  [
    'sends invalid UTF-8',
    answering(
      '200 OK',
      json,
      Buffer.concat([
        Buffer.from('{"data":{"product":{"name":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}}}'),
      ]),
    ),
    down,
  ],
  [
    'sends an error of its own with a stack',
    answering(
      '200 OK',
      json,
      JSON.stringify({
        data: null,
        errors: [
          {
            message: secret,
            extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: [`at ${secret}`] },
          },
        ],
      }),
    ),
    'INTERNAL_SERVER_ERROR',
  ],
  [
    'leaves a non-null field out',
    answering('200 OK', json, '{"data":{"product":{"__typename":"Product","name":null}}}'),
    'INVALID_SUBGRAPH_DATA',
  ],
];

describe('when a subgraph misbehaves, the client gets a typed error in time and the next call recovers', () => {
  test.each(faults)('%s', async (_, fault, code) => {
    upstream.fail(fault);
    const { status, text, body, ms } = await ask();
    upstream.fail(null);
    expect({ status, data: body.data }).toEqual({ status: 200, data: { product: null } });
    expect(body.errors[0].extensions.code).toBe(code);
    expect(ms).toBeLessThan(deadlineMs + 100);
    expect(text).not.toMatch(/secret|127\.0\.0\.1|ECONN|UND_ERR|stack/);
    expect((await ask()).body).toEqual({ data: { product: { name: 'One' } } });
  });

  test('refuses connections', async () => {
    await upstream.stop();
    const { body, ms } = await ask();
    await upstream.listen();
    expect(body.data).toEqual({ product: null });
    expect(body.errors[0].extensions.code).toBe(down);
    expect(ms).toBeLessThan(deadlineMs + 100);
    expect((await ask()).body).toEqual({ data: { product: { name: 'One' } } });
  });

  test('no redirect was followed', () => expect(internal.requests()).toBe(0));

  test('a mutation whose answer is lost is said to be of unknown outcome, and is not sent again', async () => {
    const before = upstream.requests();
    upstream.fail((socket) => socket.resetAndDestroy());
    const { body } = await ask('mutation { rename(id: "1", name: "x") { id } }');
    upstream.fail(null);
    expect(body.errors[0].extensions.code).toBe('OUTCOME_UNKNOWN');
    expect(upstream.requests()).toBe(before + 1);
  });
});
