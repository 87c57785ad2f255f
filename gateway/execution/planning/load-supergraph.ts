import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { Protection } from '../../access/protection.ts';
import { unsafePatterns } from '../unsafe-patterns.ts';
import { type PlanningSupergraph, planningSupergraph } from './planning-supergraph.ts';

/** A supergraph that passed validation. */
export interface LoadedSupergraph {
  /** What clients see, for the planner and for graphql-js. */
  readonly plannerApi: Schema;
  readonly api: GraphQLSchema;
  /** Inaccessible elements included. */
  readonly whole: GraphQLSchema;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** What may be read by whom; null when nothing is protected. */
  readonly protection: Protection | null;
  readonly planning: PlanningSupergraph;
  readonly plannedOn: Supergraph;
}

const withoutExecutor = ['https://specs.apollo.dev/context/', 'https://specs.apollo.dev/connect/'];

// What a supergraph demands to be enforced ("for: SECURITY") is: the three directives of authorization by ../../access,
// before an operation is planned, and @inaccessible by the API schema. What plans need support for, and this executor has
// none, may not load.
const supportedFeatures = new Set(
  [...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].filter(
    (feature) => !withoutExecutor.some((prefix) => feature.startsWith(prefix)),
  ),
);

const build = (document: DocumentNode, validateSupergraph: boolean): Supergraph =>
  Supergraph.build(document, { supportedFeatures, validateSupergraph });

/** A supergraph of ours, made from one that was validated. */
export const planningGraph = (document: DocumentNode): Supergraph => build(document, false);

/** Reads a supergraph. Throws with the reason when the SDL is none, or needs what this gateway cannot do. */
export const loadSupergraph = (sdl: string): LoadedSupergraph => {
  try {
    const document = parse(sdl, { noLocation: true });
    const supergraph = build(document, true);
    const unsafe = unsafePatterns(document);
    if (unsafe.length > 0) throw new Error(unsafe.join(' '));
    const planning = planningSupergraph(document);
    const plannerApi = supergraph.apiSchema();
    const api = plannerApi.toGraphQLJSSchema();
    return {
      plannerApi,
      api,
      protection: Protection.of(document, supergraph.schema, api),
      whole: supergraph.schema.toGraphQLJSSchema(),
      subgraphs: supergraph.subgraphsMetadata(),
      planning,
      plannedOn: planning.unchanged ? supergraph : planningGraph(planning.document),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The supergraph is refused: ${reason}`, { cause: error });
  }
};
