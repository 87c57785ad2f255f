import type { GraphQLFormattedError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { describeSubgraphError } from '../errors.ts';
import type { GatewayRequest } from '../request.ts';
import type { AnswerSink, SubgraphAnswer, SubgraphFetch, Subscribe } from '../subgraph-client.ts';
import { callFailure } from './call-failure.ts';
import { usableAnswer } from './read-answer.ts';
import { type UpstreamListener, UpstreamSocket } from './upstream-socket.ts';

export interface WebSocketSubscriptionOptions {
  /** The subgraph's name. */
  readonly name: string;
  /** Where the subgraph speaks graphql-transport-ws: ws or wss. */
  readonly url: string;
  /** Hides the words of errors that the subgraph did not give a code of its own. */
  readonly maskErrors?: boolean;
  /** Headers of ours for every connection, for example the signed identity; lower case. */
  readonly headersFor?: (request: GatewayRequest) => Readonly<Record<string, string>>;
  readonly connectWithinMs?: number;
  readonly pingEveryMs?: number;
  readonly maxMessageBytes?: number;
}

const defaults = { connectWithinMs: 3_000, pingEveryMs: 10_000, maxMessageBytes: 1_024 * 1_024 };

/** They tell one operation from another and not who asks: each operation carries its own, whatever connection it shares. */
const perOperation: readonly string[] = ['traceparent', 'tracestate', 'x-request-id'];

/** The headers by which a subgraph may tell one caller from another. */
export const callerHeaders = (forward: GatewayRequest['forward']): Record<string, string> =>
  Object.fromEntries(Object.entries(forward).filter(([name]) => !perOperation.includes(name)));

const payloadOf = (fetch: SubgraphFetch, { forward }: GatewayRequest): SubscribePayload => {
  const { operation: query, operationName, variables } = fetch;
  const trace = perOperation.filter((name) => forward[name] !== undefined);
  return {
    query,
    ...(operationName === undefined ? {} : { operationName }),
    ...(variables === '{}' ? {} : { variables: JSON.parse(variables) }),
    ...(trace.length === 0
      ? {}
      : { extensions: Object.fromEntries(trace.map((name) => [name, forward[name]])) }),
  };
};

/** Words what comes over the socket as answers of the subgraph. */
const listenerFor = (
  { name: subgraph, maskErrors = false }: WebSocketSubscriptionOptions,
  fetch: SubgraphFetch,
  { sink, leave }: { sink: AnswerSink; leave: () => void },
): UpstreamListener => {
  const described = ({ errors, ...answer }: SubgraphAnswer): SubgraphAnswer =>
    errors
      ? { ...answer, errors: errors.map((error) => describeSubgraphError(error, maskErrors)) }
      : answer;
  const fail: UpstreamListener['lost'] = (kind, cause) =>
    sink.end(callFailure({ subgraph, fetch, kind, cause, sent: true }));
  return {
    next: (payload) => {
      let answer: SubgraphAnswer;
      try {
        answer = usableAnswer(payload);
      } catch (cause) {
        leave();
        fail('permanent', cause as Error);
        return;
      }
      sink.next(described(answer));
    },
    refused: (errors) => {
      sink.next(described({ data: null, errors: errors as readonly GraphQLFormattedError[] }));
      sink.end(null);
    },
    complete: () => sink.end(null),
    lost: fail,
  };
};

/**
 * Subscriptions of a subgraph over graphql-transport-ws. Callers whom the subgraph cannot tell apart share a connection; it
 * is opened for the first subscription, closed after the last, and never opened again behind a subscription's back.
 */
export const subscribeOverWebSocket = (options: WebSocketSubscriptionOptions): Subscribe => {
  const sockets = new Map<string, UpstreamSocket>();
  const open = (key: string, request: GatewayRequest): UpstreamSocket => {
    const { url } = options;
    const headers = { ...callerHeaders(request.forward), ...options.headersFor?.(request) };
    const onRetired = (): void => {
      if (sockets.get(key) === socket) sockets.delete(key);
    };
    const socket: UpstreamSocket = new UpstreamSocket({
      ...defaults,
      ...options,
      url,
      headers,
      onRetired,
    });
    sockets.set(key, socket);
    return socket;
  };
  return (fetch, request, sink) => {
    const key = JSON.stringify([request.identity, callerHeaders(request.forward)]);
    const socket = sockets.get(key) ?? open(key, request);
    let leave = (): void => undefined;
    const listener = listenerFor(options, fetch, { sink, leave: () => leave() });
    leave = socket.subscribe(payloadOf(fetch, request), listener);
    return leave;
  };
};
