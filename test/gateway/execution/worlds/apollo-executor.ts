import { executeQueryPlan } from '@apollo/gateway/dist/executeQueryPlan.js';
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, type FragmentDefinitionNode, getOperationAST, Kind } from 'graphql';
import type { LoadedSupergraph } from '../../../../gateway/execution/planning/load-supergraph.ts';
import type { Faults } from './faults.ts';
import type { WorldSubgraph } from './world-client.ts';

export interface ApolloAnswer {
  /** Undefined when the executor gave up. */
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** ApolloGateway's own executor, given the plan that ours runs, so that the two differ in execution alone. */
export class ApolloExecutor {
  readonly #supergraph: LoadedSupergraph;
  readonly #subgraphs: ReadonlyMap<string, WorldSubgraph>;

  constructor(supergraph: LoadedSupergraph, subgraphs: ReadonlyMap<string, WorldSubgraph>) {
    this.#supergraph = supergraph;
    this.#subgraphs = subgraphs;
  }

  async execute(
    plan: QueryPlan,
    document: DocumentNode,
    { variables, faults }: { variables: Readonly<Record<string, unknown>>; faults: Faults },
  ): Promise<ApolloAnswer> {
    const operation = getOperationAST(document);
    if (!operation) throw new Error('No operation.');
    const fragments: Record<string, FragmentDefinitionNode> = {};
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        fragments[definition.name.value] = definition;
    const services: Record<string, object> = {};
    for (const [name, subgraph] of this.#subgraphs)
      services[name] = {
        process: ({
          request,
        }: {
          request: { query: string; variables: Record<string, unknown> };
        }) => subgraph.answer(request.query, JSON.parse(JSON.stringify(request.variables)), faults),
      };
    const request = { variables: { ...variables } };
    const answer = await executeQueryPlan(
      plan,
      services as never,
      { request, metrics: {}, context: {}, logger: undefined } as never,
      { schema: this.#supergraph.api, operation, fragments } as never,
      this.#supergraph.whole,
      this.#supergraph.plannerApi,
    );
    return JSON.parse(JSON.stringify(answer));
  }
}
