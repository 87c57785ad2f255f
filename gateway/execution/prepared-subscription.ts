import type { SubscriptionNode } from '@apollo/query-planner';
import { BREAK, type FieldNode, getArgumentValues, visit } from 'graphql';
import type { GatewayRequest } from '../request.ts';
import type { SubgraphAnswer, SubgraphFetch, Subscribe } from '../subgraph-client.ts';
import { inlineFragments } from './inline-fragments.ts';
import type { Runner, RunnerSource } from './runner.ts';
import { sharingKey } from './sharing-key.ts';
import type { PlanContext } from './steps/plan-context.ts';
import { compileTakeRoot } from './steps/root-fetch.ts';
import type { Step, Values } from './steps/run.ts';
import { variablesText } from './steps/variables-text.ts';

/** A subscription operation: where its events come from, who may share an execution, and how one event is answered. */
export interface PreparedSubscription {
  readonly subgraph: string;
  /** The one root field. */
  readonly fieldName: string;
  /** What the subgraph answers for each event; its variables are `primaryVariables`. */
  readonly primary: Omit<SubgraphFetch, 'variables'>;
  readonly primaryVariables: (variables: Values | undefined) => string;
  /** Subscribes at the subgraph; null where it has no subscriptions of its own. */
  readonly subscribe: Subscribe | null;
  /** Coerced arguments of the root field. Throws OperationRefused when the variables do not fit. */
  readonly arguments: (variables: Values | undefined) => Values;
  /** The selection, with the root field's arguments left out: they decide who gets an event, not what it says. */
  readonly selectionKey: string;
  /** Values of the variables that the selection itself depends on: with `selectionKey`, what an execution is shared by. */
  readonly sharingVariables: (variables: Values | undefined) => string;
  /** The body for one event that the primary fetch answered; the rest of the plan runs as in any operation. */
  readonly answer: (
    answer: SubgraphAnswer,
    variables: Values | undefined,
    request: GatewayRequest,
  ) => Promise<string>;
}

export interface SubscriptionSource {
  readonly node: SubscriptionNode;
  readonly rest: Step | null;
  readonly context: PlanContext;
  readonly runner: Runner;
}

/** The root field wherever a fragment hides it; validation made sure that there is one. */
const rootField = ({ document, operation }: RunnerSource): FieldNode => {
  const fields: FieldNode[] = [];
  visit(inlineFragments(document, operation), {
    Field: (field) => {
      fields.push(field);
      return BREAK;
    },
  });
  const [field] = fields;
  if (!field) throw new Error('A subscription without a field.');
  return field;
};

/** Compiles a subscription's plan. */
export const prepareSubscription = (
  source: RunnerSource,
  { node, rest, context, runner }: SubscriptionSource,
): PreparedSubscription => {
  const field = rootField(source);
  const definition = source.apiSchema.getSubscriptionType()?.getFields()[field.name.value];
  if (!definition) throw new Error(`There is no subscription field ${field.name.value}.`);
  const take = compileTakeRoot(node.primary, [], context);
  const key = sharingKey(source.document, source.operation);
  const { operation, operationName, serviceName, variableUsages = [] } = node.primary;
  return {
    subgraph: serviceName,
    fieldName: field.name.value,
    primary: { operation, operationName, kind: 'subscription' },
    primaryVariables: (variables) => `{${variablesText(variables ?? {}, variableUsages)}}`,
    subscribe: context.client(serviceName).subscribe ?? null,
    arguments: (variables) => getArgumentValues(definition, field, { ...runner.coerce(variables) }),
    selectionKey: key.selection,
    sharingVariables: (variables) => `{${variablesText(runner.coerce(variables), key.variables)}}`,
    answer: (answer, variables, request) =>
      runner.run(rest, variables, { request, begin: (run) => take(run, [run.data], answer) }),
  };
};
