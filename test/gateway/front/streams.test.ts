import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { OperationRequest } from '../../../gateway/http/operation-request.ts';
import { codeOf, type FrontBed, startBed } from './front-bed.ts';

let bed: FrontBed;
const offered: OperationRequest[] = [];
const ended: string[] = [];
beforeAll(async () => {
  bed = await startBed({
    subscriptions: () => ({
      upgrade: (_request, socket) => {
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\ntaken');
      },
      handle: (_request, response, operation) => {
        offered.push(operation);
        if (!operation.query?.startsWith('subscription')) return false;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('event: complete\ndata:\n\n');
        return true;
      },
      counts: () => ({
        ...{ connections: 1, subscribers: 2, live: 3, groups: 4 },
        ...{ executions: 5, replayed: 6, lagged: 7 },
      }),
      drain: async () => {
        ended.push('subscriptions');
      },
    }),
  });
});
afterAll(() => bed.close());

const accept = 'text/event-stream';

test('an operation of a client that takes streams is offered to them first', async () => {
  const response = await fetch(bed.server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: 'subscription { renamed { id } }' }),
  });
  expect(await response.text()).toContain('event: complete');
  expect(offered).toHaveLength(1);
});

test('one they do not take is answered in one piece, if the client takes that', async () => {
  const query = '{ me }';
  const both = await bed.post(
    { query },
    { accept: `multipart/mixed;subscriptionSpec=1.0, application/json` },
  );
  expect(both.body.data).toEqual({ me: null });
  expect(codeOf(await bed.post({ query }, { accept }))).toBe('NOT_ACCEPTABLE');
});

test('a client that takes no streams never meets them', async () => {
  const before = offered.length;
  await bed.post({ query: '{ me }' });
  expect(offered).toHaveLength(before);
});

const upgrade = async (path: string): Promise<string> => {
  const socket = connect(Number(new URL(bed.server.url).port), '127.0.0.1');
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n`,
  );
  return text(socket);
};

test('an upgrade is passed on at the GraphQL path and nowhere else', async () => {
  expect(await upgrade('/graphql')).toContain('taken');
  expect(await upgrade('/elsewhere')).toMatch(/^HTTP\/1.1 503/);
});

test('a drain ends them', async () => {
  await bed.server.drain();
  expect(ended).toEqual(['subscriptions']);
});
