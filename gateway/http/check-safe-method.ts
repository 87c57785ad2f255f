import type { Prepared } from '../execution/prepared.ts';
import { HttpRefusal } from './http-refusal.ts';

/** A GET changes nothing: browsers, caches and crawlers send it without asking. Throws HttpRefusal with 405 for a mutation. */
export const checkSafeMethod = (method: string | undefined, kind: Prepared['kind']): void => {
  if (method !== 'GET' || kind !== 'mutation') return;
  throw new HttpRefusal(
    405,
    { code: 'METHOD_NOT_ALLOWED', message: 'A mutation must be sent by POST.' },
    { allow: 'POST' },
  );
};
