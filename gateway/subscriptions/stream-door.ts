import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { OperationRefused } from '../execution/operation-refused.ts';
import { checkSafeMethod } from '../http/check-safe-method.ts';
import { HttpRefusal } from '../http/http-refusal.ts';
import type { OperationRequest } from '../http/operation-request.ts';
import type { OperationRunner, RunningOperation } from '../http/operation-runner.ts';
import type { ConnectionQuota } from './connection-quota.ts';
import type { ConnectionSweep } from './connection-sweep.ts';
import { eventStream, type LongResponse, multipart, openStream } from './event-stream.ts';
import type { Session } from './session.ts';
import type { Outlet } from './subscriber.ts';
import { openSubscription, type SubscriptionHub } from './subscription-hub.ts';

type Wording = LongResponse['wording'];

/** The long response that a client asks for by its Accept header; null when it wants an ordinary answer. */
export const streamWanted = (request: IncomingMessage): Wording | null => {
  const accept = request.headers.accept ?? '';
  if (/\btext\/event-stream\b/.test(accept)) return eventStream;
  return /\bmultipart\/mixed\b/.test(accept) && /subscriptionSpec/i.test(accept) ? multipart : null;
};

const statusOf = (error: unknown): number => {
  if (error instanceof OperationRefused || error instanceof HttpRefusal) return error.status;
  if (!(error instanceof GraphQLError)) return 500;
  const { code } = error.extensions;
  if (code === 'CONNECTION_LIMIT_EXCEEDED') return 429;
  return code === 'FORBIDDEN' ? 403 : 400;
};

const refuse = (operations: OperationRunner, response: ServerResponse, error: unknown): void => {
  const errors = operations.describe(operations.errorsOf(error));
  response.writeHead(statusOf(error), { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errors }));
};

/** Browsers and graphql-sse resume by Last-Event-ID, which carries our cursor. */
const resuming = (request: OperationRequest, incoming: IncomingMessage): OperationRequest => {
  const cursor = incoming.headers['last-event-id'];
  if (typeof cursor !== 'string' || cursor === '') return request;
  return { ...request, extensions: { ...request.extensions, cursor } };
};

/** One message and the end: a query or mutation asked for as an event stream. */
const answerOnce = async (
  { answer, cancel }: RunningOperation,
  open: (onClose: () => void) => Outlet,
): Promise<void> => {
  const outlet = open(cancel);
  const text = await answer;
  outlet.send({ text, cursor: '', bytes: Buffer.from(text) });
  outlet.complete();
};

/** What the door of streams needs. */
export interface StreamDoor {
  readonly hub: SubscriptionHub;
  readonly operations: OperationRunner;
  readonly quota: ConnectionQuota;
  /** Keeps the streams alive. */
  readonly sweep: ConnectionSweep;
}

/**
 * Serves one operation as a long HTTP response: Server-Sent Events or multipart. The operation was checked against the limits
 * before. Answers refusals as plain JSON, before any stream begins.
 */
export const serveStream = async (
  { hub, operations, quota, sweep }: StreamDoor,
  exchange: { incoming: IncomingMessage; response: ServerResponse; wording: Wording },
  asked: { request: OperationRequest; session: Session },
): Promise<void> => {
  const { incoming, response, wording } = exchange;
  const request = resuming(asked.request, incoming);
  try {
    const admitted = await hub.admit(request, asked.session.identity);
    const { prepared } = admitted;
    if (prepared.kind !== 'subscription') {
      checkSafeMethod(incoming.method, prepared.kind);
      const caller = { identity: asked.session.identity, headers: incoming.headers };
      await answerOnce(operations.run(admitted, caller), (onClose) =>
        openStream({ response, wording, sweep }, onClose),
      );
      return;
    }
    const { session } = asked;
    const forward = operations.forwarded(incoming.headers);
    const opened = openSubscription(hub, { request, admitted, session, forward });
    const { identity } = session;
    const release = identity === null ? null : quota.take(identity.subject);
    let leave = (): void => undefined;
    const outlet = openStream({ response, wording, sweep }, () => {
      leave();
      release?.();
    });
    ({ leave } = opened.begin(outlet));
    closeAtExpiry(response, outlet, session);
  } catch (error) {
    refuse(operations, response, error);
  }
};

const closeAtExpiry = (response: ServerResponse, outlet: Outlet, session: Session): void => {
  if (session.expiresAt === null) return;
  const expiry = setTimeout(
    () =>
      outlet.fail(
        new GraphQLError('The token has expired: subscribe again with a fresh one.', {
          extensions: { code: 'UNAUTHENTICATED' },
        }),
      ),
    Math.min(session.expiresAt - Date.now(), 2 ** 31 - 1),
  );
  response.once('close', () => clearTimeout(expiry));
};
