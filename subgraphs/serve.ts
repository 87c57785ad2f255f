import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError } from 'graphql';
import type { Identity } from '../platform/identity.ts';
import { traced } from '../platform/tracing.ts';
import type { Subgraph } from './build-subgraph.ts';
import type { Context } from './context.ts';

/** How one subgraph is served alone. */
export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Who asks, from the header that the gateway signed; null for anyone else, who is then refused. */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Identity | null>;
  /** Told about what went wrong outside of any resolver. */
  readonly report: (error: unknown) => void;
  /** The form in which clients see an error; bugs must not show their inside. */
  readonly formatError?: (
    formatted: GraphQLFormattedError,
    error: unknown,
  ) => GraphQLFormattedError;
}

/** A subgraph that listens. */
export interface ServedSubgraph {
  readonly url: string;
  /** Lets the requests in flight finish, then stops. */
  readonly stop: () => Promise<void>;
}

const largestBodyBytes = 8 * 1024 * 1024;

type Request = Parameters<RequestListener>[0];
type Response = Parameters<RequestListener>[1];

const bodyOf = async (request: Request): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > largestBodyBytes) throw new RangeError('The request is too large.');
    chunks.push(chunk as Buffer);
  }
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

const refuse = (response: Response, status: number, code: string, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
};

const headerMap = (headers: IncomingHttpHeaders): HeaderMap => {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
};

const readBody = async (request: Request, response: Response): Promise<unknown> => {
  try {
    return { json: await bodyOf(request) };
  } catch (error) {
    if (error instanceof RangeError) refuse(response, 413, 'TOO_LARGE', error.message);
    else if (error instanceof SyntaxError)
      refuse(response, 400, 'BAD_REQUEST', 'The body is no JSON.');
    else throw error;
    return null;
  }
};

const answer = async (
  apollo: ApolloServer<Context>,
  { identify }: ServeOptions,
  [request, response]: readonly [Request, Response],
): Promise<void> => {
  // Before anything is read: `_service` and `_entities` are for the gateway as well.
  const identity = await identify(request.headers);
  if (identity === null) {
    const message =
      'This subgraph answers the gateway only: the signed identity is missing or not valid.';
    return refuse(response, 401, 'UNAUTHENTICATED', message);
  }
  const body = (await readBody(request, response)) as { readonly json: unknown } | null;
  if (body === null) return;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const {
    status,
    headers,
    body: text,
  } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'POST',
      headers: headerMap(request.headers),
      search: new URL(request.url ?? '/', 'http://subgraph').search,
      body: body.json,
    },
    context: async () => ({ identity, signal: gone.signal }),
  });
  response.writeHead(status ?? 200, Object.fromEntries(headers));
  if (text.kind === 'complete') response.end(text.string);
  else {
    for await (const chunk of text.asyncIterator) response.write(chunk);
    response.end();
  }
};

/** Serves one subgraph over HTTP to the gateway and to nobody else. Rejects when the port is taken. */
export const serveSubgraph = async (
  subgraph: Subgraph,
  options: ServeOptions,
): Promise<ServedSubgraph> => {
  const { formatError } = options;
  const apollo = new ApolloServer<Context>({
    schema: subgraph.schema,
    // The gateway composes from `_service`; introspection of a lone subgraph helps nobody else.
    introspection: false,
    // Ours is OpenTelemetry.
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    ...(formatError === undefined ? {} : { formatError }),
  });
  await apollo.start();
  const server = createServer((request, response) => {
    const traceparent = request.headers['traceparent'];
    traced(
      {
        name: `answer of ${subgraph.name}`,
        traceparent: typeof traceparent === 'string' ? traceparent : null,
      },
      () => answer(apollo, options, [request, response]),
    ).catch((error: unknown) => {
      options.report(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong in the subgraph.');
    });
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    stop: async () => {
      server.close();
      server.closeIdleConnections();
      await once(server, 'close');
      await apollo.stop();
    },
  };
};
