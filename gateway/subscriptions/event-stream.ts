import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { type ConnectionSweep, firstDueAt, type Swept } from './connection-sweep.ts';
import type { Outlet, Payload } from './subscriber.ts';

/** How messages look on a long HTTP response. */
interface Wording {
  readonly contentType: string;
  readonly opening: string;
  readonly next: (payload: Payload) => string;
  readonly error: (error: GraphQLError) => string;
  readonly complete: string;
  readonly keepAlive: string;
}

/** An empty id would make a browser forget the last one. */
const idOf = (cursor: string): string => (cursor === '' ? '' : `id: ${cursor}\n`);

/** GraphQL over Server-Sent Events, distinct connections mode; `id:` carries the cursor, so browsers resume by Last-Event-ID. */
export const eventStream: Wording = {
  contentType: 'text/event-stream; charset=utf-8',
  opening: ':\n\n',
  next: ({ cursor, text }) => `${idOf(cursor)}event: next\ndata: ${text}\n\n`,
  error: (error) => `event: next\ndata: ${JSON.stringify({ errors: [error.toJSON()] })}\n\n`,
  complete: 'event: complete\ndata:\n\n',
  keepAlive: ':\n\n',
};

const part = (json: string): string =>
  `\r\nContent-Type: application/json\r\n\r\n${json}\r\n--graphql`;

/** Multipart subscriptions as Apollo Client speaks them: multipart/mixed;subscriptionSpec=1.0. */
export const multipart: Wording = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
  opening: '--graphql',
  next: (payload) => part(`{"payload":${payload.text}}`),
  error: (error) => part(JSON.stringify({ payload: null, errors: [error.toJSON()] })),
  complete: '--\r\n',
  keepAlive: part('{}'),
};

const keepAliveMs = 15_000;

/** Says something on a response from time to time, so that nobody between takes it for dead. */
const keepAlive = (response: ServerResponse, text: string): Swept => {
  let dueAt = firstDueAt(keepAliveMs);
  return {
    sweep: (now) => {
      if (now < dueAt) return;
      dueAt = now + keepAliveMs;
      response.write(text);
    },
  };
};

/** A long response and what it needs. */
export interface LongResponse {
  readonly response: ServerResponse;
  readonly wording: Wording;
  /** Keeps it alive. */
  readonly sweep: ConnectionSweep;
}

/** Opens the long response and returns the outlet that writes on it. The subscription is left when the client goes away. */
export const openStream = (
  { response, wording, sweep }: LongResponse,
  onClose: () => void,
): Outlet => {
  response.writeHead(200, {
    'content-type': wording.contentType,
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  });
  response.write(wording.opening);
  const beat = keepAlive(response, wording.keepAlive);
  sweep.add(beat);
  response.once('close', () => {
    sweep.delete(beat);
    onClose();
  });
  const end = (text: string): void => {
    sweep.delete(beat);
    if (!response.writableEnded) response.end(text);
  };
  return {
    send: (payload) => response.write(wording.next(payload)),
    backlog: () => response.writableLength,
    onDrain: (resume) => response.once('drain', resume),
    fail: (error) => end(wording.error(error) + wording.complete),
    complete: () => end(wording.complete),
    disconnect: () => response.destroy(),
  };
};
