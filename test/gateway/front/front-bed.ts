import { type HttpClientOptions, httpClient } from '../../../gateway/clients/http-client.ts';
import { createEngine } from '../../../gateway/execution/engine.ts';
import {
  type GatewayServer,
  type GatewayServerOptions,
  startGatewayServer,
} from '../../../gateway/http/server.ts';
import { createSupergraph, type Supergraph } from '../../../gateway/supergraph.ts';
import { freePort } from '../../../platform/free-port.ts';
import { shop } from './shop.ts';
import { type SubgraphServer, startSubgraph } from './subgraph-server.ts';

export interface FrontBed {
  readonly server: GatewayServer;
  readonly supergraph: Supergraph;
  readonly catalogue: SubgraphServer;
  readonly opinions: SubgraphServer;
  /** What was logged as an error. */
  readonly logged: unknown[];
  readonly post: (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  readonly get: (search: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data?: unknown;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: unknown;
      readonly extensions?: Readonly<Record<string, unknown>>;
    }[];
  };
}

/** The code of the first error. */
export const codeOf = ({ body }: Reply): unknown => body.errors?.[0]?.extensions?.['code'];

const reply = async (response: Response): Promise<Reply> => {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
};

/** A gateway over two HTTP subgraphs, all on real sockets. */
export const startBed = async (
  options: Partial<GatewayServerOptions> = {},
  client: Partial<HttpClientOptions> = {},
): Promise<FrontBed> => {
  const catalogue = await startSubgraph(shop.schemas.catalogue);
  const opinions = await startSubgraph(shop.schemas.opinions);
  const logged: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object) => {
      logged.push(fields);
    },
  };
  const supergraph = await createSupergraph({
    sdl: shop.supergraph({ catalogue: catalogue.url, opinions: opinions.url }),
    createEngine: (supergraphSdl) =>
      createEngine({
        supergraphSdl,
        client: (name, url) =>
          httpClient({ name, url, maskErrors: options.production ?? false, ...client }),
      }),
    log,
  });
  const server = await startGatewayServer({
    supergraph,
    port: await freePort(),
    authenticate: () => null,
    production: false,
    log,
    drainTimes: { graceMs: 20 },
    ...options,
  });
  const close = async (): Promise<void> => {
    await server.drain();
    await supergraph.close();
    await Promise.all([catalogue.close(), opinions.close()]);
  };
  return {
    server,
    supergraph,
    catalogue,
    opinions,
    logged,
    post: async (body, headers = {}) =>
      reply(
        await fetch(server.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    get: async (search, headers = {}) => reply(await fetch(`${server.url}?${search}`, { headers })),
    close,
  };
};
