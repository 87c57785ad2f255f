import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type GraphQLSchema, graphql } from 'graphql';
import { freePort } from '../../../platform/free-port.ts';

export interface SubgraphServer {
  readonly url: string;
  /** Requests seen, oldest first. */
  readonly seen: readonly { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  /** Requests whose caller went away before the answer. */
  readonly abandoned: () => number;
  /** From now on answers like this; null: properly. */
  readonly behave: (behaviour: Behaviour | null) => void;
  readonly close: () => Promise<void>;
}

export type Behaviour = (
  request: IncomingMessage,
  response: ServerResponse,
  proper: () => Promise<void>,
) => unknown;

const listening = async (server: Server): Promise<number> => {
  const port = await freePort();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return port;
};

/** A subgraph on a real socket that can be told to misbehave. */
export const startSubgraph = async (schema: GraphQLSchema): Promise<SubgraphServer> => {
  const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
  let behaviour: Behaviour | null = null;
  let abandoned = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse, body: string) => {
    const { query, variables, operationName } = JSON.parse(body);
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables,
      operationName,
      contextValue: { headers: request.headers },
    });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(result));
  };
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    const body = await text(request).catch(() => '');
    seen.push({ headers: request.headers, body });
    const proper = () => answer(request, response, body);
    await (behaviour ? behaviour(request, response, proper) : proper());
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    abandoned: () => abandoned,
    behave: (next) => {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
