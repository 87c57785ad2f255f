import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { localClient } from '../../../../gateway/clients/local-client.ts';
import type { GatewayRequest } from '../../../../gateway/request.ts';
import type {
  SubgraphAnswer,
  SubgraphClient,
  SubgraphFetch,
} from '../../../../gateway/subgraph-client.ts';
import type { Faults } from './faults.ts';
import type { WorldContext } from './world.ts';

/** A request that says in which world it takes place. */
export interface WorldRequest extends GatewayRequest {
  readonly faults: Faults;
}

export const worldRequest = (faults: Faults): WorldRequest => ({
  identity: null,
  forward: {},
  deadlineAt: Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
  faults,
});

/** A subgraph that graphql-js runs in this process, answering through JSON as if it came over a wire. */
export class WorldSubgraph {
  readonly #name: string;
  readonly #schema: GraphQLSchema;
  readonly #documents = new Map<string, DocumentNode>();

  constructor(name: string, schema: GraphQLSchema) {
    this.#name = name;
    this.#schema = schema;
  }

  async answer(
    operation: string,
    variableValues: Readonly<Record<string, unknown>>,
    faults: Faults,
  ): Promise<SubgraphAnswer> {
    const contextValue: WorldContext = { faults, subgraph: this.#name };
    const document = this.#document(operation);
    const result = await execute({ schema: this.#schema, document, variableValues, contextValue });
    const text = JSON.stringify(result);
    return { ...(JSON.parse(text) as SubgraphAnswer), plain: !text.includes('\\') };
  }

  #document(operation: string): DocumentNode {
    let document = this.#documents.get(operation);
    if (!document) {
      document = parse(operation);
      const [error] = validate(this.#schema, document);
      if (error) throw new Error(`${this.#name} was sent ${operation}: ${error.message}`);
      this.#documents.set(operation, document);
    }
    return document;
  }
}

/** The same as the engine sees it. `sent` is told of every fetch. */
export const worldClient = (
  name: string,
  subgraph: WorldSubgraph,
  sent?: (name: string, fetch: SubgraphFetch) => void,
): SubgraphClient => ({
  name,
  send: (fetch, request) => {
    sent?.(name, fetch);
    const { faults } = request as WorldRequest;
    return subgraph.answer(fetch.operation, JSON.parse(fetch.variables), faults);
  },
  close: () => Promise.resolve(),
});

/** The same in the gateway's own process, compiled. */
export const compiledWorld = (name: string, schema: GraphQLSchema): SubgraphClient =>
  localClient({
    name,
    schema,
    contextFor: (request): WorldContext => ({
      faults: (request as WorldRequest).faults,
      subgraph: name,
    }),
  });
