import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Span, Tracer } from '@opentelemetry/api';
import type { Identity } from '../../platform/identity.ts';
import type { DeadlineSweep } from '../clients/deadline-sweep.ts';
import { describeFailure, type FailureReport } from '../errors.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { traceparentOf } from '../trace-span.ts';
import type { Admission, Admitted } from './admission.ts';
import { AnswerGuard } from './answer-guard.ts';
import type { ApolloFront, FrontAnswer } from './apollo-front.ts';
import { checkContentType, checkGetOrigin } from './check-origin.ts';
import { checkSafeMethod } from './check-safe-method.ts';
import { ClientRequest, forwardedHeaders, timeAllowed } from './client-request.ts';
import { HttpRefusal } from './http-refusal.ts';
import { InvalidToken } from './invalid-token.ts';
import { type LoadShedder, overloaded, retryAfterSeconds } from './load-shedder.ts';
import { type Negotiated, negotiate, type ResponseType } from './negotiate.ts';
import { type OperationRequest, operationInBody, operationInQuery } from './operation-request.ts';
import { operationSpan } from './operation-span.ts';
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
  /** Null: nobody records traces; a client's trace context is passed on as it came. */
  readonly tracer: Tracer | null;
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

const refusedByLoad = new HttpRefusal(503, overloaded, {
  'retry-after': String(retryAfterSeconds),
});

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

const searchOf = ({ url = '' }: IncomingMessage): string => {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
};

const checkMethod = (method: string | undefined, { prepared: { kind } }: Admitted): void => {
  if (kind === 'subscription')
    throw new HttpRefusal(406, {
      code: 'SUBSCRIPTION_NEEDS_STREAM',
      message: 'Subscribe over WebSocket, or accept text/event-stream or multipart/mixed.',
    });
  checkSafeMethod(method, kind);
};

/** Serves operations: one request, one answer. */
export class GraphQLEndpoint {
  readonly #options: EndpointOptions;
  readonly #refuseJson = (response: ServerResponse): void =>
    this.#refuse(response, 'application/json', late);

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  /** Never rejects: every failure becomes an answer. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { shedder } = this.#options;
    const negotiated = negotiate(request.headers.accept);
    const type = negotiated.type ?? 'application/json';
    if (!shedder.enter()) return this.#refuse(response, type, refusedByLoad);
    try {
      const call = await this.#admit(request, response, negotiated);
      if (call) await this.#execute(call);
    } catch (thrown) {
      this.#refuse(response, type, thrown);
    } finally {
      shedder.leave();
    }
  }

  /** Null when a subscription transport has taken the response over. Awaits only what is not there already. */
  async #admit(
    request: IncomingMessage,
    response: ServerResponse,
    { type, streams }: Negotiated,
  ): Promise<Call | null> {
    const startedAt = performance.now();
    const operation = this.#isGet(request)
      ? operationInQuery(searchOf(request))
      : operationInBody(await readBody(request, this.#options.bodyBytes));
    let identity = this.#authenticate(request.headers);
    if (identity instanceof Promise) identity = await identity;
    if (streams && (await this.#stream(request, response, { operation, identity }))) return null;
    if (type === null) throw notAcceptable;
    let admitted = this.#options.admission.admit(operation, identity);
    if (admitted instanceof Promise) admitted = await admitted;
    checkMethod(request.method, admitted);
    return { request, response, type, identity, admitted, startedAt };
  }

  /** Throws HttpRefusal when a page of another site may have made a browser send this. */
  #isGet(request: IncomingMessage): boolean {
    const get = request.method === 'GET';
    if (get) checkGetOrigin(request.headers);
    else checkContentType(request.headers['content-type']);
    return get;
  }

  async #stream(
    request: IncomingMessage,
    response: ServerResponse,
    { operation, identity }: { operation: OperationRequest; identity: Identity | null },
  ): Promise<boolean> {
    const { subscriptions } = this.#options;
    return subscriptions ? subscriptions.handle(request, response, operation, identity) : false;
  }

  #authenticate(headers: IncomingHttpHeaders): Identity | null | Promise<Identity | null> {
    const refuse = (thrown: unknown): never => {
      if (!(thrown instanceof InvalidToken)) throw thrown;
      this.#options.report(thrown);
      throw unauthenticated;
    };
    try {
      const identity = this.#options.authenticate(headers);
      return identity instanceof Promise ? identity.catch(refuse) : identity;
    } catch (thrown) {
      return refuse(thrown);
    }
  }

  async #execute(call: Call): Promise<void> {
    const { sweep, metrics } = this.#options;
    const { response, type, admitted, startedAt } = call;
    const span = this.#span(call);
    const work = this.#work(call, span);
    const guard = new AnswerGuard(work, response, this.#refuseJson);
    sweep.add(guard);
    try {
      const { status, text, headers } = await this.#answer(call, work);
      respond(response, { status: statusIn(type, status), type, text, headers });
      const outcome = text.startsWith('{"data"') ? 'ok' : 'errors';
      metrics.operation(admitted.prepared.kind, outcome, performance.now() - startedAt);
    } finally {
      sweep.delete(guard);
      span?.end();
    }
  }

  /**
   * Apollo Server has seen an operation once it has answered it without plugins of ours; after that it would only hand the
   * engine's text on, for 40 µs of CPU where the whole request costs 90. So it is passed by.
   */
  async #answer({ admitted, request }: Call, work: ClientRequest): Promise<FrontAnswer> {
    const { front } = this.#options;
    if (!(admitted.seenBefore && front.passable))
      return front.execute({ admitted, request: work }, request.headers);
    return { status: 200, text: await admitted.prepared.execute(admitted.variables, work) };
  }

  #span({ request, admitted: { prepared } }: Call): Span | null {
    const traceparent = request.headers['traceparent'] as string | undefined;
    return operationSpan(this.#options.tracer, prepared, traceparent);
  }

  #work({ request, identity, startedAt }: Call, span: Span | null): ClientRequest {
    const { forward: names, deadlineMs } = this.#options;
    const forward = forwardedHeaders(request.headers, names);
    const traceparent = span ? traceparentOf(span) : undefined;
    if (traceparent) forward['traceparent'] = traceparent;
    const allowedMs = timeAllowed(request.headers, deadlineMs);
    return new ClientRequest(identity, forward, startedAt + allowedMs);
  }

  #refuse(response: ServerResponse, type: ResponseType, thrown: unknown): void {
    const { production, metrics, report } = this.#options;
    if (thrown instanceof HttpRefusal) {
      metrics.refused(String(thrown.error.extensions['code']));
      const { status, text } = thrown;
      respond(response, { status, type, text, headers: Object.entries(thrown.headers) });
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
