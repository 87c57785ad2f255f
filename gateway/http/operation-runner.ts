import type { IncomingHttpHeaders } from 'node:http';
import type { Tracer } from '@opentelemetry/api';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Identity } from '../../platform/identity.ts';
import type { DeadlineSweep } from '../clients/deadline-sweep.ts';
import { describeFailure, describeRefusal, type FailureReport, refusal } from '../errors.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { traceparentOf } from '../trace-span.ts';
import type { Admitted } from './admission.ts';
import { answerGraceMs } from './answer-guard.ts';
import { ClientRequest, forwardedHeaders, timeAllowed } from './client-request.ts';
import { HttpRefusal } from './http-refusal.ts';
import { type LoadShedder, overloaded } from './load-shedder.ts';
import { operationSpan } from './operation-span.ts';

export interface RunnerOptions {
  readonly shedder: LoadShedder;
  readonly sweep: DeadlineSweep;
  readonly metrics: GatewayMetrics;
  /** Null: nobody records traces. */
  readonly tracer: Tracer | null;
  readonly report: FailureReport;
  readonly production: boolean;
  readonly deadlineMs: number;
  /** Names of client headers that subgraphs get to see, lower case. */
  readonly forward: readonly string[];
}

/** Who asks over a connection that stays open. */
export interface Caller {
  readonly identity: Identity | null;
  /** Of the request that opened the connection, with what the operation itself says instead: deadline, trace context. */
  readonly headers: IncomingHttpHeaders;
}

export interface RunningOperation {
  /** The response body as JSON text; never rejects. */
  readonly answer: Promise<string>;
  /** The client has gone or asks no longer: what was asked of subgraphs is called off. Harmless once there is an answer. */
  readonly cancel: () => void;
}

const refusedByLoad = refusal(overloaded.code, overloaded.message);

const late = refusal('DEADLINE_EXCEEDED', 'The operation could not be answered in time.');

const bodyOf = (error: GraphQLFormattedError): string => JSON.stringify({ errors: [error] });

/**
 * Runs queries and mutations of connections that stay open (WebSocket, event streams) under the rules that hold over HTTP:
 * load, deadline, cancellation, trace, metrics, and what errors may say.
 */
export class OperationRunner {
  readonly #options: RunnerOptions;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** What of these headers subgraphs get to see. */
  forwarded(headers: IncomingHttpHeaders): Record<string, string> {
    return forwardedHeaders(headers, this.#options.forward);
  }

  run(admitted: Admitted, { identity, headers }: Caller): RunningOperation {
    const { shedder, metrics, tracer, deadlineMs } = this.#options;
    if (!shedder.enter())
      return {
        answer: Promise.resolve(JSON.stringify({ errors: this.describe([refusedByLoad]) })),
        cancel: () => undefined,
      };
    const startedAt = performance.now();
    const { prepared } = admitted;
    const span = operationSpan(tracer, prepared, headers['traceparent'] as string | undefined);
    const forward = this.forwarded(headers);
    const traceparent = span ? traceparentOf(span) : undefined;
    if (traceparent) forward['traceparent'] = traceparent;
    const work = new ClientRequest(identity, forward, startedAt + timeAllowed(headers, deadlineMs));
    const answer = this.#answer(admitted, work).then((text) => {
      shedder.leave();
      span?.end();
      const outcome = text.startsWith('{"data"') ? 'ok' : 'errors';
      metrics.operation(prepared.kind, outcome, performance.now() - startedAt);
      return text;
    });
    return { answer, cancel: () => work.cancel() };
  }

  /** Why an operation was not begun, from whatever was thrown; a bug is reported and says nothing. */
  errorsOf(thrown: unknown): readonly GraphQLError[] {
    if (thrown instanceof OperationRefused) return thrown.errors;
    if (thrown instanceof HttpRefusal) return [thrown.error];
    if (thrown instanceof GraphQLError) return [thrown];
    this.#options.report(thrown);
    return [refusal('INTERNAL_SERVER_ERROR', 'Internal server error.')];
  }

  /** The errors of a refused operation as its client may see them; counts the refusal. */
  describe(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
    const { metrics, production } = this.#options;
    metrics.refused(String(errors[0]?.extensions['code']));
    return errors.map((error) => describeRefusal(error, production));
  }

  /** Settles at the deadline at the latest, whatever the rest of the gateway is doing. */
  #answer({ prepared, variables }: Admitted, work: ClientRequest): Promise<string> {
    const { sweep } = this.#options;
    return new Promise((resolve) => {
      const pending = {
        place: -1,
        deadlineAt: work.deadlineAt + answerGraceMs,
        isAbandoned: () => false,
        giveUp: () => {
          work.cancel();
          resolve(JSON.stringify({ errors: this.describe([late]) }));
        },
      };
      const settle = (text: string): void => {
        sweep.delete(pending);
        resolve(text);
      };
      sweep.add(pending);
      prepared
        .execute(variables, work)
        .then(settle, (thrown: unknown) => settle(this.#failed(thrown)));
    });
  }

  #failed(thrown: unknown): string {
    if (thrown instanceof OperationRefused)
      return JSON.stringify({ errors: this.describe(thrown.errors) });
    this.#options.report(thrown);
    return bodyOf(describeFailure(thrown));
  }
}
