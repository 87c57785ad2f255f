import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { InvalidToken } from '../../../gateway/http/invalid-token.ts';
import { codeOf, type FrontBed, startBed } from './front-bed.ts';

let bed: FrontBed;
beforeAll(async () => {
  bed = await startBed({
    authenticate: async ({ authorization }) => {
      if (authorization === 'bug') throw new Error('secret words');
      if (authorization?.startsWith('expired'))
        throw new InvalidToken('secret: the token ended at noon');
      return null;
    },
  });
});
afterAll(() => bed.close());

const query = '{ me }';

test('credentials that do not hold are answered 401, typed, in both media types', async () => {
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    const reply = await bed.post({ query }, { accept, authorization: 'expired' });
    expect(reply.status).toBe(401);
    expect(codeOf(reply)).toBe('UNAUTHENTICATED');
    expect(reply.headers.get('www-authenticate')).toContain('Bearer');
    expect(reply.headers.get('content-type')).toContain(accept);
    expect(reply.text).not.toContain('secret');
  }
  expect(bed.catalogue.seen).toHaveLength(0);
  // Anybody can send thousands of them: none is an error of the hub's.
  expect(bed.logged).toEqual([]);
});

test('a bug while signing in is answered 500 without a word of it, and reported', async () => {
  const reply = await bed.post({ query }, { authorization: 'bug' });
  expect([reply.status, codeOf(reply)]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
  expect(reply.text).not.toContain('secret');
  expect(bed.logged).toContainEqual({ err: expect.objectContaining({ message: 'secret words' }) });
});

test('each subgraph sees the headers that are passed on, and no others', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const headers = { authorization: 'Bearer a', traceparent, cookie: 'session=1', 'x-other': '1' };
  expect((await bed.post({ query }, headers)).body.data).toEqual({ me: 'Bearer a' });
  const seen = bed.catalogue.seen.at(-1)?.headers;
  expect(seen).toMatchObject({ authorization: 'Bearer a', traceparent });
  expect(seen).not.toHaveProperty('cookie');
  expect(seen).not.toHaveProperty('x-other');
});

test('two callers of one operation each get their own answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => bed.post({ query }, { authorization: `u${at}` })),
  );
  expect(answers.map(({ body }) => body.data)).toEqual(
    Array.from({ length: 50 }, (_, at) => ({ me: `u${at}` })),
  );
});
