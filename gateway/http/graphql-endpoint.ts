import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type Span, SpanKind, type Tracer } from '@opentelemetry/api';
import type { Identity } from '../../platform/identity.ts';
import type { DeadlineSweep } from '../clients/deadline-sweep.ts';
import { describeFailure, type FailureReport } from '../errors.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { startSpan, traceparentOf } from '../trace-span.ts';
import type { Admission, Admitted } from './admission.ts';
import { AnswerGuard } from './answer-guard.ts';
import type { ApolloFront } from './apollo-front.ts';
import { checkContentType, checkGetOrigin } from './check-origin.ts';
import { ClientRequest, forwardedHeaders, timeAllowed } from './client-request.ts';
import { HttpRefusal } from './http-refusal.ts';
import { InvalidToken } from './invalid-token.ts';
import { type LoadShedder, retryAfterSeconds } from './load-shedder.ts';
import { type Negotiated, negotiate, type ResponseType } from './negotiate.ts';
import { type OperationRequest, operationInBody, operationInQuery } from './operation-request.ts';
import { readBody } from './read-body.ts';
import { refusalText, respond } from './respond.ts';
import type { SubscriptionTransports } from './subscription-transports.ts';

/** Finds out who asks. Null where the gateway runs without identity; throws InvalidToken for credentials that do not hold. */
export type Authenticate = (
  headers: IncomingHttpHeaders,
) => Identity | null | Promise<Identity | null>;

export interface EndpointOptions {
  readonly admission: Admission;
  readonly front: ApolloFront;
  readonly shedder: LoadShedder;
  readonly sweep: DeadlineSweep;
  readonly metrics: GatewayMetrics;
  readonly tracer: Tracer;
  readonly report: FailureReport;
  readonly authenticate: Authenticate;
  readonly subscriptions: SubscriptionTransports | null;
  readonly production: boolean;
  readonly bodyBytes: number;
  readonly deadlineMs: number;
  /** Names of client headers that subgraphs get to see, lower case. */
  readonly forward: readonly string[];
}

/** An operation that may run, and where its answer goes. */
interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly type: ResponseType;
  readonly identity: Identity | null;
  readonly admitted: Admitted;
  readonly startedAt: number;
}

const overloaded = new HttpRefusal(
  503,
  { code: 'OVERLOADED', message: 'The gateway has more to do than it can. Try again later.' },
  { 'retry-after': String(retryAfterSeconds) },
);

const unauthenticated = new HttpRefusal(
  401,
  { code: 'UNAUTHENTICATED', message: 'The credentials are not valid. Sign in again.' },
  { 'www-authenticate': 'Bearer error="invalid_token"' },
);

const notAcceptable = new HttpRefusal(406, {
  code: 'NOT_ACCEPTABLE',
  message: 'Answers come as application/json or application/graphql-response+json.',
});

const late = new HttpRefusal(504, {
  code: 'DEADLINE_EXCEEDED',
  message: 'The operation could not be answered in time.',
});

/** The answer to a well-formed request is 200 in application/json, whatever became of it: GraphQL over HTTP, 6.4.1. */
const statusIn = (type: ResponseType, status: number): number =>
  type === 'application/json' && status === 400 ? 200 : status;

const checkMethod = (method: string | undefined, { prepared: { kind } }: Admitted): void => {
  if (kind === 'subscription')
    throw new HttpRefusal(406, {
      code: 'SUBSCRIPTION_NEEDS_STREAM',
      message: 'Subscribe over WebSocket, or accept text/event-stream or multipart/mixed.',
    });
  if (method === 'GET' && kind === 'mutation')
    throw new HttpRefusal(
      405,
      { code: 'METHOD_NOT_ALLOWED', message: 'A mutation must be sent by POST.' },
      { allow: 'POST' },
    );
};

/** Serves operations: one request, one answer. */
export class GraphQLEndpoint {
  readonly #options: EndpointOptions;

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  /** Never rejects: every failure becomes an answer. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { shedder } = this.#options;
    const negotiated = negotiate(request.headers.accept);
    const type = negotiated.type ?? 'application/json';
    if (!shedder.enter()) return this.#refuse(response, type, overloaded);
    try {
      const call = await this.#admit(request, response, negotiated);
      if (call) await this.#execute(call);
    } catch (thrown) {
      this.#refuse(response, type, thrown);
    } finally {
      shedder.leave();
    }
  }

  /** Null when a subscription transport has taken the response over. */
  async #admit(
    request: IncomingMessage,
    response: ServerResponse,
    { type, streams }: Negotiated,
  ): Promise<Call | null> {
    const { admission, subscriptions } = this.#options;
    const startedAt = performance.now();
    const operation = await this.#read(request);
    const identity = await this.#authenticate(request.headers);
    if (
      streams &&
      subscriptions &&
      (await subscriptions.handle(request, response, operation, identity))
    )
      return null;
    if (type === null) throw notAcceptable;
    const admitted = await admission.admit(operation, identity);
    checkMethod(request.method, admitted);
    return { request, response, type, identity, admitted, startedAt };
  }

  async #read(request: IncomingMessage): Promise<OperationRequest> {
    if (request.method === 'GET') {
      checkGetOrigin(request.headers);
      const url = request.url ?? '';
      const at = url.indexOf('?');
      return operationInQuery(at < 0 ? '' : url.slice(at + 1));
    }
    checkContentType(request.headers['content-type']);
    return operationInBody(await readBody(request, this.#options.bodyBytes));
  }

  async #authenticate(headers: IncomingHttpHeaders): Promise<Identity | null> {
    try {
      return await this.#options.authenticate(headers);
    } catch (thrown) {
      if (!(thrown instanceof InvalidToken)) throw thrown;
      this.#options.report(thrown);
      throw unauthenticated;
    }
  }

  async #execute(call: Call): Promise<void> {
    const { front, sweep, metrics } = this.#options;
    const { request, response, type, admitted, startedAt } = call;
    const { kind } = admitted.prepared;
    const span = this.#span(call);
    const work = this.#work(call, span);
    const guard = new AnswerGuard(work, () => this.#refuse(response, type, late));
    sweep.add(guard);
    response.once('close', () => {
      if (!response.writableFinished) work.cancel();
    });
    try {
      const { status, text, headers } = await front.execute(
        { admitted, request: work },
        request.headers,
      );
      respond(response, { status: statusIn(type, status), type, text, headers });
      const outcome = text.startsWith('{"data"') ? 'ok' : 'errors';
      metrics.operation(kind, outcome, performance.now() - startedAt);
    } finally {
      sweep.delete(guard);
      span.end();
    }
  }

  #span({ request, admitted: { prepared } }: Call): Span {
    const name = prepared.operation.name?.value;
    return startSpan(
      this.#options.tracer,
      {
        name: name ? `${prepared.kind} ${name}` : prepared.kind,
        kind: SpanKind.SERVER,
        attributes: {
          'graphql.operation.type': prepared.kind,
          ...(name ? { 'graphql.operation.name': name } : {}),
        },
      },
      request.headers['traceparent'] as string | undefined,
    );
  }

  #work({ request, identity, startedAt }: Call, span: Span): ClientRequest {
    const { forward: names, deadlineMs } = this.#options;
    const forward = forwardedHeaders(request.headers, names);
    const traceparent = traceparentOf(span);
    if (traceparent) forward['traceparent'] = traceparent;
    return new ClientRequest(
      identity,
      forward,
      startedAt + timeAllowed(request.headers, deadlineMs),
    );
  }

  #refuse(response: ServerResponse, type: ResponseType, thrown: unknown): void {
    const { production, metrics, report } = this.#options;
    if (thrown instanceof HttpRefusal) {
      metrics.refused(String(thrown.error.extensions['code']));
      const text = refusalText([thrown.error], production);
      const headers = Object.entries(thrown.headers);
      respond(response, { status: thrown.status, type, text, headers });
    } else if (thrown instanceof OperationRefused) {
      metrics.refused(String(thrown.errors[0]?.extensions['code']));
      const text = refusalText(thrown.errors, production);
      respond(response, { status: statusIn(type, thrown.status), type, text });
    } else {
      report(thrown);
      metrics.refused('INTERNAL_SERVER_ERROR');
      const text = JSON.stringify({ errors: [describeFailure(thrown)] });
      respond(response, { status: 500, type, text });
    }
  }
}
