import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { type FrontBed, startBed } from './front-bed.ts';

let bed: FrontBed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.close());

const audits = serverAudits({ url: () => bed.server.url });

describe('GraphQL over HTTP', () => {
  test('has 61 audits', () => expect(audits).toHaveLength(61));

  test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
