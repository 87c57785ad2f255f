import { EventEmitter, on } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import type { ServiceDefinition } from '@apollo/federation-internals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { freePort } from '../../../platform/free-port.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** Moves of items in wards, told by a subgraph that knows nothing of Syncline, and the items' names, told by another. */
const moves = `${link}
type Query { caller: String }
type Mutation { call(name: String!): String }
type Subscription { moved(ward: ID!): Move }
type Move { note: String item: Item! caller: String }
type Item @key(fields: "id") { id: ID! }`;

const items = `${link}
type Item @key(fields: "id") { id: ID! name(short: Boolean = false): String! }
type Query { item(id: ID!): Item }`;

/** What the subgraph's resolvers see of who asks. */
interface Caller {
  readonly authorization: string | undefined;
}

interface Move {
  readonly id: string;
  readonly note?: string;
}

const fail = (message: string): never => {
  throw new Error(message);
};

const movesSchema = (wards: EventEmitter): GraphQLSchema =>
  buildSubgraphSchema([
    {
      typeDefs: parse(moves),
      resolvers: {
        Query: {
          caller: (_: unknown, __: unknown, { authorization }: Caller) => authorization ?? null,
        },
        Mutation: { call: (_: unknown, { name }: { name: string }) => `called ${name}` },
        Subscription: {
          moved: {
            subscribe: (_: unknown, { ward }: { ward: string }) =>
              ward === 'closed'
                ? fail('There is no such ward.')
                : on(wards, ward, { close: [`end ${ward}`] }),
            resolve: ([move]: [Move]) => move,
          },
        },
        Move: {
          item: ({ id }: Move) => ({ id }),
          note: ({ note }: Move) => (note === 'unreadable' ? fail('It cannot be read.') : note),
          caller: (_: unknown, __: unknown, { authorization }: Caller) => authorization ?? null,
        },
      } as never,
    },
  ]);

const itemsSchema = (): GraphQLSchema =>
  buildSubgraphSchema([
    {
      typeDefs: parse(items),
      resolvers: {
        Query: { item: (_: unknown, { id }: { id: string }) => ({ id }) },
        Item: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          name: ({ id }: { id: string }, { short }: { short: boolean }) =>
            id === 'nameless' ? fail('It has no name.') : short ? id : `Item ${id}`,
        },
      } as never,
    },
  ]);

const listening = async (server: Server, port: number): Promise<void> => {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
};

const composed = (services: ServiceDefinition[]): string => {
  const { supergraphSdl, errors } = composeServices(services);
  if (errors) throw new Error(errors.join('\n'));
  return supergraphSdl;
};

/** What came to a subgraph over HTTP. */
interface Seen {
  readonly headers: IncomingHttpHeaders;
  readonly query: string;
}

const serveHttp = (schema: GraphQLSchema, seen: Seen[], gate: { closed: boolean }): Server =>
  createServer(async (request, response) => {
    const { query, variables } = JSON.parse(await text(request));
    seen.push({ headers: request.headers, query });
    if (gate.closed) return;
    const { authorization } = request.headers;
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables,
      contextValue: { authorization } satisfies Caller,
    });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  });

export interface WardGraph {
  /** The supergraph of both subgraphs, and of others. */
  readonly supergraphWith: (...others: readonly ServiceDefinition[]) => string;
  readonly urls: { readonly moves: string; readonly items: string };
  /** Something moved in a ward; everybody subscribed to the ward is told. */
  readonly move: (ward: string, move: Move) => void;
  /** The ward has nothing more to tell. */
  readonly complete: (ward: string) => void;
  /** How many are subscribed to a ward at the subgraph. */
  readonly subscribed: (ward: string) => number;
  /** Open WebSockets at the subgraph. */
  readonly sockets: ReadonlySet<WebSocket>;
  /** Connections that were opened: what the handshake and the connection said. */
  readonly opened: readonly {
    readonly headers: IncomingHttpHeaders;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
  /** Subscribe messages, as they came. */
  readonly asked: readonly { readonly query: string; readonly extensions?: unknown }[];
  readonly itemCalls: readonly Seen[];
  /** While closed, the items subgraph does not answer. */
  readonly itemsGate: { closed: boolean };
  readonly close: () => Promise<void>;
}

/** Starts both subgraphs; the first speaks graphql-transport-ws by the stock server of graphql-ws. */
export const startWardGraph = async (): Promise<WardGraph> => {
  const wards = new EventEmitter().setMaxListeners(0);
  const opened: { headers: IncomingHttpHeaders; params: Record<string, unknown> }[] = [];
  const asked: { query: string; extensions?: unknown }[] = [];
  const itemCalls: Seen[] = [];
  const itemsGate = { closed: false };
  const schema = movesSchema(wards);
  const server = serveHttp(schema, [], { closed: false });
  const itemServer = serveHttp(itemsSchema(), itemCalls, itemsGate);
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  useServer<Record<string, unknown>, { request: { headers: IncomingHttpHeaders } }>(
    {
      schema,
      context: ({ connectionParams = {} }) => ({
        authorization: connectionParams['authorization'] as string | undefined,
      }),
      onConnect: ({ extra, connectionParams = {} }) => {
        opened.push({ headers: extra.request.headers, params: connectionParams });
        return connectionParams['authorization'] !== 'Bearer stranger';
      },
      onSubscribe: (_context, _id, payload) => {
        asked.push(payload as never);
      },
    },
    sockets,
  );
  const [port, itemPort] = [await freePort(), await freePort()];
  await listening(server, port);
  await listening(itemServer, itemPort);
  const urls = {
    moves: `http://127.0.0.1:${port}/graphql`,
    items: `http://127.0.0.1:${itemPort}/graphql`,
  };
  const services = [
    { name: 'moves', url: urls.moves, typeDefs: parse(moves) },
    { name: 'items', url: urls.items, typeDefs: parse(items) },
  ];
  return {
    supergraphWith: (...others) => composed([...services, ...others]),
    urls,
    move: (ward, move) => wards.emit(ward, move),
    complete: (ward) => wards.emit(`end ${ward}`),
    subscribed: (ward) => wards.listenerCount(ward),
    sockets: sockets.clients,
    opened,
    asked,
    itemCalls,
    itemsGate,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      for (const one of [server, itemServer]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
};
