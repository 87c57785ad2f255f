import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../support/until.ts';
import { codeOf, type FrontBed, startBed } from './front-bed.ts';

let bed: FrontBed;
beforeAll(async () => {
  bed = await startBed({ deadlineMs: 5_000 });
  await bed.post({ query: across });
});
afterAll(() => bed.close());

const across = '{ product(id: "1") { name reviews { body } } }';
const hang = () => undefined;

/** A call over a socket of its own, whose client can go away. */
const openCall = () => {
  const { port } = new URL(bed.server.url);
  const request = httpRequest({
    port,
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  request.on('error', () => undefined);
  request.end(JSON.stringify({ query: across }));
  return request;
};

test('time shrinks along the call: subgraphs are told what is left', async () => {
  await bed.post({ query: across }, { 'x-deadline-ms': '1500' });
  const left = (server: FrontBed['catalogue']) =>
    Number(server.seen.at(-1)?.headers['x-deadline-ms']);
  expect(left(bed.catalogue)).toBeLessThanOrEqual(1_500);
  expect(left(bed.opinions)).toBeLessThanOrEqual(left(bed.catalogue));
  expect(left(bed.opinions)).toBeGreaterThan(1_000);
});

test('a client may ask for less time, and is answered with what was there by then', async () => {
  bed.opinions.behave(hang);
  const startedAt = performance.now();
  const reply = await bed.post({ query: across }, { 'x-deadline-ms': '250' });
  bed.opinions.behave(null);
  expect(performance.now() - startedAt).toBeLessThan(350);
  expect(codeOf(reply)).toBe('DEADLINE_EXCEEDED');
});

test.each(['90000', '-5', 'soon', '1e9'])('a client cannot ask for more: %s', async (asked) => {
  await bed.post({ query: across }, { 'x-deadline-ms': asked });
  const left = Number(bed.catalogue.seen.at(-1)?.headers['x-deadline-ms']);
  expect(left).toBeLessThanOrEqual(5_000);
  expect(left).toBeGreaterThan(4_000);
});

test('when a client goes away, its calls to subgraphs are cancelled within 100 ms', async () => {
  bed.catalogue.behave(hang);
  const { seen } = bed.catalogue;
  const before = { seen: seen.length, abandoned: bed.catalogue.abandoned() };
  const call = openCall();
  await until(() => seen.length > before.seen);
  const leftAt = performance.now();
  call.destroy();
  await until(() => bed.catalogue.abandoned() > before.abandoned);
  expect(performance.now() - leftAt).toBeLessThan(100);
  bed.catalogue.behave(null);
  expect((await bed.post({ query: across })).body.errors).toBeUndefined();
});

test('one subgraph down leaves the fields of the others', async () => {
  bed.opinions.behave((_request, response) => response.destroy());
  const { body } = await bed.post({ query: '{ product(id: "1") { name } me }' });
  expect(body).toEqual({ data: { product: { name: 'Product 1' }, me: null } });
  bed.opinions.behave(null);
});
