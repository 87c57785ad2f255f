import { remoteClients } from '../../../gateway/clients/remote-clients.ts';
import { createEngine } from '../../../gateway/execution/engine.ts';
import { startGatewayServer } from '../../../gateway/http/server.ts';
import type { Limits } from '../../../gateway/limits/limits.ts';
import { openSubscriptionTransports } from '../../../gateway/subscriptions/transports.ts';
import {
  UpstreamSource,
  type UpstreamSourceOptions,
} from '../../../gateway/subscriptions/upstream-source.ts';
import { createSupergraph, type Supergraph } from '../../../gateway/supergraph.ts';
import { freePort } from '../../../platform/free-port.ts';
import { startWardGraph, type WardGraph } from './ward-graph.ts';

export interface WardGateway {
  readonly graph: WardGraph;
  readonly source: UpstreamSource;
  readonly supergraph: Supergraph;
  /** Engines that were replaced by a reload and are closed by now, with their clients. */
  readonly closedEngines: () => number;
  readonly http: string;
  readonly ws: string;
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly limits?: Partial<Limits>;
  readonly source?: Partial<UpstreamSourceOptions>;
  readonly webSocketUrl?: string;
  /** Stands behind the address of the subgraph that has subscriptions. */
  readonly fragment?: string;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The gateway as it runs alone, over subgraphs that know nothing of it; all on real sockets. */
export const startWardGateway = async (options: Options = {}): Promise<WardGateway> => {
  const graph = await startWardGraph();
  const client = remoteClients({
    webSocketUrl: (name) => (name === 'moves' ? options.webSocketUrl : undefined),
  });
  let closed = 0;
  const supergraph = await createSupergraph({
    sdl: graph
      .supergraphWith()
      .replace(graph.urls.moves, graph.urls.moves + (options.fragment ?? '')),
    createEngine: async (supergraphSdl) => {
      const engine = await createEngine({ supergraphSdl, client });
      const close = async (): Promise<void> => {
        await engine.close();
        closed += 1;
      };
      return { ...engine, close };
    },
    log: silent,
    retireAfterMs: 10,
  });
  const { limits } = options;
  const source = new UpstreamSource({
    engine: supergraph.current,
    answerWithinMs: 2_000,
    report: (error) => {
      throw error;
    },
    ...options.source,
  });
  const server = await startGatewayServer({
    supergraph,
    port: await freePort(),
    authenticate: () => null,
    production: false,
    log: silent,
    drainTimes: { graceMs: 20 },
    ...(limits === undefined ? {} : { limits }),
    deadlineMs: 2_000,
    subscriptions: (admission, operations) =>
      openSubscriptionTransports({
        hub: {
          engine: supergraph.current,
          admit: (request, identity) => admission.admit(request, identity),
          sources: [source],
        },
        authenticate: async () => ({ identity: null, expiresAt: null }),
        maxMessageBytes: 256 * 1_024,
        operations,
      }),
  });
  return {
    graph,
    source,
    supergraph,
    closedEngines: () => closed,
    http: server.url,
    ws: server.url.replace('http', 'ws'),
    drain: server.drain,
    close: async () => {
      await server.drain();
      await supergraph.close();
      await graph.close();
    },
  };
};
