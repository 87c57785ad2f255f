import type { GraphQLFormattedError } from 'graphql';
import type { FrontBed } from './front-bed.ts';
import { openSocket } from './raw-socket.ts';

/** The errors that an operation is answered with. */
export type Road = (
  bed: FrontBed,
  body: Readonly<Record<string, unknown>>,
  authorization?: string,
) => Promise<readonly GraphQLFormattedError[]>;

const sent = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: Readonly<Record<string, unknown>>,
): Promise<readonly GraphQLFormattedError[]> => {
  const post = body && { method: 'POST', body: JSON.stringify(body) };
  const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
  const response = await fetch(url, { ...post, headers: { ...type, ...headers } });
  const text = await response.text();
  const json = /^\{/.test(text) ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? text);
  const part = /\{"payload":(.*)\}\r\n--graphql/.exec(text)?.[1];
  return JSON.parse(part ?? json).errors;
};

const search = (body: Readonly<Record<string, unknown>>): string =>
  new URLSearchParams(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString();

const multipart = 'multipart/mixed;subscriptionSpec=1.0, application/json';

/** Every way on which an operation comes to the gateway. */
export const roads: Readonly<Record<string, Road>> = {
  POST: ({ server }, body, authorization = '') => sent(server.url, { authorization }, body),
  GET: ({ server }, body, authorization = '') =>
    sent(`${server.url}?${search(body)}`, { authorization }),
  SSE: ({ server }, body, authorization = '') =>
    sent(server.url, { authorization, accept: 'text/event-stream' }, body),
  'SSE by GET': ({ server }, body, authorization = '') =>
    sent(`${server.url}?${search(body)}`, { authorization, accept: 'text/event-stream' }),
  multipart: ({ server }, body, authorization = '') =>
    sent(server.url, { authorization, accept: multipart }, body),
  WebSocket: async ({ server }, body, authorization = '') => {
    const { socket, subscribe, answerTo } = await openSocket(server.url, { authorization });
    subscribe('1', { query: '', ...body });
    const { type, payload } = await answerTo('1');
    socket.close();
    return type === 'error'
      ? (payload as readonly GraphQLFormattedError[])
      : (payload as { errors: readonly GraphQLFormattedError[] }).errors;
  },
};
