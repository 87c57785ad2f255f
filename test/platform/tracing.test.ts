import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { currentTraceparent, startTracing, traced } from '../../platform/tracing.ts';

const bodies: string[] = [];
let collector: Server;
let endpoint: string;

beforeAll(async () => {
  const port = await freePort();
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(`${request.url} ${Buffer.concat(chunks).toString('latin1')}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(port, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${port}`;
});

afterAll(() => {
  collector.closeAllConnections();
  collector.close();
});

test('without a collector nothing is traced, and work runs all the same', async () => {
  const tracing = await startTracing(undefined);
  const answer = await traced({ name: 'work' }, async () => currentTraceparent());
  expect(answer).toBeNull();
  await tracing.stop();
});

test('spans reach the collector; what is carried along continues the trace; a throw marks its span', async () => {
  const tracing = await startTracing(endpoint);
  const carried = await traced({ name: 'the mutation', attributes: { n: 1 } }, async () =>
    currentTraceparent(),
  );
  expect(carried).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  const inside = await traced({ name: 'the workflow', traceparent: carried }, async () =>
    currentTraceparent(),
  );
  expect(inside?.split('-')[1]).toBe(carried?.split('-')[1]);
  expect(inside?.split('-')[2]).not.toBe(carried?.split('-')[2]);
  const failed = traced({ name: 'the failure' }, async () => {
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  await tracing.stop();
  const sent = bodies.join('\n');
  expect(sent).toContain('/v1/traces');
  for (const name of ['syncline', 'the mutation', 'the workflow', 'the failure', 'exception'])
    expect(sent).toContain(name);
});
