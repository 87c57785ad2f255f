import type { PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { FetchNode } from '../steps/fetch-node.ts';

/** Objects whose fields depend on their type are sent with it. */
const withTypenames = (selections: readonly QueryPlanSelectionNode[]): QueryPlanSelectionNode[] =>
  selections.map((selection) => {
    if (!selection.selections) return selection;
    const below = withTypenames(selection.selections);
    const isByType =
      selection.kind === 'Field' && below.some(({ kind }) => kind === 'InlineFragment');
    return {
      ...selection,
      selections: isByType ? [{ kind: 'Field', name: '__typename' }, ...below] : below,
    };
  });

/** The plan with each fetch sent to the subgraph that its subgraph stands for. */
export const renameSubgraphs = (
  plan: QueryPlan,
  subgraphOf: (name: string) => string,
): QueryPlan => {
  const fetch = (node: FetchNode): FetchNode => {
    const serviceName = subgraphOf(node.serviceName);
    if (serviceName === node.serviceName) return node;
    return {
      ...node,
      serviceName,
      ...(node.requires && { requires: withTypenames(node.requires) }),
    };
  };
  const renamed = (node: PlanNode): PlanNode => {
    switch (node.kind) {
      case 'Fetch':
        return fetch(node);
      case 'Flatten':
        return { ...node, node: renamed(node.node) };
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(renamed) };
      case 'Condition':
        return {
          ...node,
          ...(node.ifClause && { ifClause: renamed(node.ifClause) }),
          ...(node.elseClause && { elseClause: renamed(node.elseClause) }),
        };
      default:
        return node;
    }
  };
  if (!plan.node) return plan;
  if (plan.node.kind !== 'Subscription') return { ...plan, node: renamed(plan.node) };
  const { primary, rest } = plan.node;
  return {
    ...plan,
    node: { ...plan.node, primary: fetch(primary), ...(rest && { rest: renamed(rest) }) },
  };
};
