import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { httpClient } from '../../../gateway/clients/http-client.ts';
import type { GatewayRequest } from '../../../gateway/request.ts';
import type { SubgraphClient, SubgraphFetch } from '../../../gateway/subgraph-client.ts';
import { freePort } from '../../../platform/free-port.ts';

/** Node's own server as the other side: what its parser makes of our requests, and which connections they came on. */
let server: Server;
let client: SubgraphClient;
let sockets: Socket[];
let bodies: string[];
/** What happens to a request instead of an answer; undefined answers. */
let instead: ((socket: Socket) => void) | undefined;
let keepAlive: string | undefined;

beforeEach(async () => {
  [sockets, bodies, instead, keepAlive] = [[], [], undefined, undefined];
  server = createServer((request, response) => {
    sockets.push(request.socket);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      if (instead) return instead(request.socket);
      if (keepAlive !== undefined) response.setHeader('keep-alive', keepAlive);
      response.setHeader('content-type', 'application/json');
      response.end('{"data":{"me":"nora"}}');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  client = httpClient({ name: 'erp', url: `http://127.0.0.1:${port}/graphql` });
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const query: SubgraphFetch = {
  operation: '{ me }',
  operationName: undefined,
  kind: 'query',
  variables: '{}',
};

const request = (forward: Record<string, string> = {}): GatewayRequest => ({
  identity: null,
  forward,
  deadlineAt: performance.now() + 2_000,
  signal: new AbortController().signal,
});

const ask = (fetch = query, forward = {}) => client.send(fetch, request(forward));

/** Lets the server close what it holds, and sends before the client can have heard of it. */
const closeUnnoticed = (): void => {
  for (const socket of sockets) socket.destroy();
};

test('one connection serves one call after the other', async () => {
  for (let call = 0; call < 5; call += 1) await ask();
  expect(new Set(sockets).size).toBe(1);
});

test('calls at the same time get connections of their own', async () => {
  await Promise.all([ask(), ask(), ask()]);
  expect(new Set(sockets).size).toBe(3);
});

test('a query that met a closed connection is sent again and nobody notices', async () => {
  await ask();
  closeUnnoticed();
  expect((await ask()).data).toEqual({ me: 'nora' });
  expect(new Set(sockets).size).toBe(2);
});

test('a mutation that met a closed connection is not sent again: nobody knows whether it was read', async () => {
  await ask();
  const cut = ask({ ...query, operation: 'mutation { order }', kind: 'mutation' });
  closeUnnoticed();
  await expect(cut).rejects.toMatchObject({ kind: 'ambiguous' });
  expect(bodies).toHaveLength(1);
});

test('a query that is cut off on a fresh connection is not sent without end', async () => {
  instead = (socket) => socket.destroy();
  await expect(ask()).rejects.toMatchObject({ kind: 'transient' });
  expect(bodies.length).toBeLessThanOrEqual(2);
});

test('a connection that the server is about to close is not used again', async () => {
  keepAlive = 'timeout=1';
  await ask();
  await ask();
  expect(new Set(sockets).size).toBe(2);
});

test('what is not ASCII arrives as UTF-8, beside headers in ISO 8859-1', async () => {
  let authorization: string | undefined;
  server.prependListener('request', (incoming) => {
    authorization = incoming.headers.authorization;
  });
  await ask({ ...query, variables: '{"name":"Zoë 🏥"}' }, { authorization: 'Bearer é' });
  expect(authorization).toBe('Bearer é');
  expect(JSON.parse(bodies[0] ?? '')).toEqual({ query: '{ me }', variables: { name: 'Zoë 🏥' } });
});

test('a header that would end its line is not sent', async () => {
  await expect(ask(query, { 'x-request-id': 'a\r\nx-evil: 1' })).rejects.toThrow('x-request-id');
  expect(bodies).toEqual([]);
});
