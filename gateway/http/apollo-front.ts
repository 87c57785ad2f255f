import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
  HeaderMap,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type DocumentNode, GraphQLError } from 'graphql';
import { describeFailure, describeRefusal, type FailureReport } from '../errors.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { GatewayRequest } from '../request.ts';
import type { Supergraph } from '../supergraph.ts';
import type { Admitted } from './admission.ts';

export interface ApolloFrontOptions {
  readonly supergraph: Supergraph;
  readonly production: boolean;
  readonly report: FailureReport;
  /** Plugins of Apollo Server that see every operation. */
  readonly plugins?: readonly ApolloServerPlugin<OperationContext>[];
}

/** What Apollo Server carries for us from the request to the executor. */
export interface OperationContext {
  readonly admitted: Admitted;
  readonly request: GatewayRequest;
}

export interface FrontAnswer {
  readonly status: number;
  readonly text: string;
  /** What plugins set, without the content type. */
  readonly headers?: ReadonlyMap<string, string>;
}

export interface ApolloFront {
  /** True when no plugin needs to see every operation: one that was answered before may then pass the front by. */
  readonly passable: boolean;
  readonly execute: (
    context: OperationContext,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ) => Promise<FrontAnswer>;
  readonly stop: () => Promise<void>;
}

/** A body that is text already. It travels through Apollo Server as `data` and comes out of stringifyResult unchanged. */
class ReadyText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Hands over the document that admission has parsed and validated, so that Apollo Server does neither again. */
const handOver: GraphQLRequestListener<OperationContext> = {
  didResolveSource: (context) => {
    (context as Writable<{ document?: DocumentNode }>).document =
      context.contextValue.admitted.prepared.document;
    return Promise.resolve();
  },
};

const knownDocument: ApolloServerPlugin<OperationContext> = {
  requestDidStart: () => Promise.resolve(handOver),
};

const execute = async ({ admitted, request }: OperationContext): Promise<object> => {
  try {
    const text = await admitted.prepared.execute(admitted.variables, request);
    return { data: new ReadyText(text) };
  } catch (thrown) {
    if (thrown instanceof OperationRefused) return { errors: thrown.errors };
    throw thrown;
  }
};

/** The part of Apollo's gateway interface that Apollo Server uses. */
const gatewayOver = (supergraph: Supergraph) => ({
  onSchemaLoadOrUpdate: (
    listener: (schema: { apiSchema: object; coreSupergraphSdl: string }) => void,
  ) => {
    const tell = ({ apiSchema, supergraphSdl } = supergraph.current()): void =>
      listener({ apiSchema, coreSupergraphSdl: supergraphSdl });
    tell();
    return supergraph.onChange(tell);
  },
  load: () =>
    Promise.resolve({
      executor: ({ context }: { context: OperationContext }) => execute(context),
    }),
  stop: () => Promise.resolve(),
});

const stringify = (result: { data?: unknown }): string =>
  result.data instanceof ReadyText ? result.data.text : JSON.stringify(result);

const formatter =
  ({ production, report }: ApolloFrontOptions) =>
  (_formatted: unknown, thrown: unknown) => {
    // Refusals carry a code; what Apollo Server wraps because it was thrown does not.
    if (thrown instanceof GraphQLError && thrown.extensions['code'] !== undefined)
      return describeRefusal(thrown, production);
    report(thrown);
    return describeFailure(thrown);
  };

const createServer = (options: ApolloFrontOptions): ApolloServer<OperationContext> =>
  new ApolloServer<OperationContext>({
    gateway: gatewayOver(options.supergraph) as never,
    nodeEnv: 'production',
    introspection: true,
    // Admission has parsed the document, checked it and found its text; the server's own stores would do it again.
    documentStore: null,
    persistedQueries: false,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: formatter(options),
    stringifyResult: stringify,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      knownDocument,
      ...(options.plugins ?? []),
    ],
  });

const headerMap = (headers: Readonly<Record<string, string | string[] | undefined>>): HeaderMap => {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // The media type is negotiated by the endpoint; here any will do.
  map.set('accept', 'application/json');
  return map;
};

/**
 * Apollo Server as the front: operations run through its pipeline and plugins. Its gateway is our engine, and the engine's
 * JSON text passes through untouched.
 */
export const createApolloFront = async (options: ApolloFrontOptions): Promise<ApolloFront> => {
  const server = createServer(options);
  await server.start();
  return {
    passable: !options.plugins?.length,
    execute: async (context, headers) => {
      const { source, operationName, variables } = context.admitted;
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: headerMap(headers),
          search: '',
          body: {
            query: source,
            operationName: operationName ?? null,
            variables: variables ?? null,
          },
        },
        context: () => Promise.resolve(context),
      });
      if (response.body.kind !== 'complete')
        throw new Error('Incremental delivery is not offered.');
      response.headers.delete('content-type');
      return {
        status: response.status ?? 200,
        text: response.body.string,
        headers: response.headers,
      };
    },
    stop: () => server.stop(),
  };
};
