import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'undici';

/** What became of one request. */
export interface Fate {
  /** When it was sent and how long it took to be answered, in milliseconds of this process's clock. */
  readonly at: number;
  readonly ms: number;
  readonly kind: 'answered' | 'refused' | 'failed';
}

const kindOf = (status: number, text: string): Fate['kind'] => {
  if (status === 200 && text.startsWith('{"data"')) return 'answered';
  return status === 503 && text.includes('OVERLOADED') ? 'refused' : 'failed';
};

/** Sends one request, as the client with this number. */
export const send = async (pool: Pool, query: string, number: number): Promise<Fate> => {
  const at = performance.now();
  const kind = await pool
    .request({
      path: '/graphql',
      method: 'POST',
      // Nobody's answer may be shared with anybody else.
      headers: { 'content-type': 'application/json', authorization: `Bearer client-${number}` },
      body: JSON.stringify({ query }),
    })
    .then(
      async ({ statusCode, body }) => kindOf(statusCode, await body.text()),
      () => 'failed' as const,
    );
  return { at, ms: performance.now() - at, kind };
};

/** Sends as many a second as told, whether or not earlier ones have been answered: clients do not wait for each other. */
export const openLoop = async (
  pool: Pool,
  query: string,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<readonly Fate[]> => {
  const startedAt = performance.now();
  const sent: Promise<Fate>[] = [];
  for (;;) {
    const passedMs = performance.now() - startedAt;
    if (passedMs >= seconds * 1_000) break;
    const due = Math.floor((passedMs / 1_000) * perSecond);
    while (sent.length < due) sent.push(send(pool, query, sent.length));
    await wait(1);
  }
  return Promise.all(sent);
};

/** Sends the next as soon as one is answered, on so many lanes. */
export const closedLoop = async (
  pool: Pool,
  query: string,
  { lanes, seconds }: { readonly lanes: number; readonly seconds: number },
): Promise<readonly Fate[]> => {
  const endAt = performance.now() + seconds * 1_000;
  const fates: Fate[] = [];
  const lane = async (): Promise<void> => {
    while (performance.now() < endAt) fates.push(await send(pool, query, fates.length));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return fates;
};
