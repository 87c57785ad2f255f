import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { FetchNode } from '../steps/fetch-node.ts';
import { fieldsOf, isSent } from './sent-fields.ts';
import type { SubgraphFields } from './subgraph-fields.ts';

/** Does a fetch ask a subgraph, which cannot be asked for the entity, for nothing but fields that it sends itself? */
const isEcho = (
  { operation, requires, serviceName }: FetchNode,
  fields: SubgraphFields,
): boolean => {
  if (!requires) return false;
  const [definition] = parse(operation, { noLocation: true }).definitions;
  const [entities] = (definition as OperationDefinitionNode).selectionSet.selections;
  if (entities?.kind !== Kind.FIELD || !entities.selectionSet) return false;
  const asked = fieldsOf(entities.selectionSet, '');
  const isAsItIs = asked.every(({ field }) => !(field.alias || field.arguments?.length));
  const isReached = asked.every(({ type }) =>
    fields.resolvableKeys(serviceName, type).some((key) => isSent(key, requires)),
  );
  return !isReached && isAsItIs && isSent(entities.selectionSet, requires);
};

const present = (nodes: readonly (PlanNode | null)[]): PlanNode[] =>
  nodes.filter((node) => node !== null);

const without = (node: PlanNode, fields: SubgraphFields): PlanNode | null => {
  switch (node.kind) {
    case 'Fetch':
      return isEcho(node, fields) ? null : node;
    case 'Flatten': {
      const below = without(node.node, fields);
      return below && { ...node, node: below };
    }
    case 'Sequence':
    case 'Parallel': {
      const nodes = present(node.nodes.map((below) => without(below, fields)));
      return nodes.length > 0 ? { ...node, nodes } : null;
    }
    case 'Condition': {
      const { ifClause, elseClause, ...condition } = node;
      const [taken, otherwise] = [ifClause, elseClause].map((one) => one && without(one, fields));
      if (!(taken || otherwise)) return null;
      return {
        ...condition,
        ...(taken && { ifClause: taken }),
        ...(otherwise && { elseClause: otherwise }),
      };
    }
    default:
      return node;
  }
};

/**
 * The plan without fetches that would bring back what they send. The planner goes by way of a subgraph that has an interface
 * object where it needs the key of an object as that interface's, even when the subgraph cannot be asked for it; the key is
 * known.
 */
export const withoutEchoes = (plan: QueryPlan, fields: SubgraphFields): QueryPlan => {
  if (!plan.node || plan.node.kind === 'Subscription') return plan;
  const node = without(plan.node, fields);
  return node ? { ...plan, node } : plan;
};
