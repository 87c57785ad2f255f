import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  isInterfaceType,
  type OperationDefinitionNode,
} from 'graphql';
import type { Identity } from '../../platform/identity.ts';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import { checkAnswerable } from './planning/check-answerable.ts';
import { type PreparedSubscription, prepareSubscription } from './prepared-subscription.ts';
import { Runner, type RunnerSource } from './runner.ts';
import { compilePlan } from './steps/compile-plan.ts';
import { FetchQueue } from './steps/fetch-queue.ts';
import type { PlanContext } from './steps/plan-context.ts';
import { PlanFetches } from './steps/plan-fetches.ts';
import type { Step, Values } from './steps/run.ts';

/** An operation that was parsed, validated, planned and compiled. It holds nothing of any request. */
export interface Prepared {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /**
   * The response body as JSON text: `{"data":…}`, with `errors` first when there are any.
   * Never rejects for what a subgraph did; rejects with OperationRefused when the variables do not fit.
   */
  readonly execute: (variables: Values | undefined, request: GatewayRequest) => Promise<string>;
  readonly subscription: PreparedSubscription | null;
  /** Null: it reads nothing protected, so it is the same for everybody. */
  readonly access: OperationAccess | null;
}

/** Who may read what of an operation that reads something protected. */
export interface OperationAccess {
  /**
   * The operation for an identity, null for nobody: what may not be read is not fetched and answered by null and an error.
   * Synchronous once it was planned. Throws or rejects with OperationRefused for a subscription of which nothing is left.
   */
  readonly for: (identity: Identity | null) => Prepared | Promise<Prepared>;
  /** Whether this preparation of the operation is still the one for the identity. */
  readonly holdsFor: (identity: Identity | null) => boolean;
  /** True when it depends on the person, by a policy, and not on roles alone. */
  readonly isPersonal: boolean;
}

export interface PreparedSource extends RunnerSource {
  readonly plan: QueryPlan;
  readonly supergraphSchema: GraphQLSchema;
  readonly client: (subgraph: string) => SubgraphClient;
  readonly responseName: (name: string) => string;
  readonly mergeFetches: boolean;
}

const interfaceNamesOf = (schema: GraphQLSchema): ReadonlySet<string> =>
  new Set(
    Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map(({ name }) => name),
  );

const planContext = (source: PreparedSource): PlanContext => {
  const { mergeFetches } = source;
  const { idOf, documentOf, isOverlapping, sharedOf, brings, isConditional } = new PlanFetches(
    source.plan,
  );
  checkAnswerable(source, brings);
  return {
    supergraphSchema: source.supergraphSchema,
    interfaceNames: interfaceNamesOf(source.supergraphSchema),
    client: source.client,
    responseName: source.responseName,
    queue: new FetchQueue({ merges: mergeFetches, holds: mergeFetches && !isConditional }),
    asksOnce: mergeFetches,
    idOf,
    documentOf,
    isOverlapping,
    // What a mutation changed must be asked again.
    sharedOf: mergeFetches && source.operation.operation !== 'mutation' ? sharedOf : () => null,
  };
};

const compileNode = (node: PlanNode | undefined, context: PlanContext): Step | null =>
  node ? compilePlan(node, { path: [], isLast: true }, context) : null;

/** Compiles a plan. Throws OperationRefused when the plan leaves out what no subgraph can answer. */
export const prepareOperation = (source: PreparedSource): Prepared => {
  const { document, operation, plan } = source;
  const context = planContext(source);
  const runner = new Runner(source);
  const shared = { document, operation, kind: operation.operation, access: null };
  if (plan.node?.kind === 'Subscription') {
    const rest = compileNode(plan.node.rest, context);
    const subscription = prepareSubscription(source, { node: plan.node, rest, context, runner });
    const refuse = () =>
      Promise.reject(new Error('A subscription is answered event by event, not executed.'));
    return { ...shared, execute: refuse, subscription };
  }
  const step = compileNode(plan.node, context);
  const execute: Prepared['execute'] = (variables, request) =>
    runner.run(step, variables, { request });
  return { ...shared, execute, subscription: null };
};
