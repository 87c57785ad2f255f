import type {
  FetchDataRewrite,
  PlanNode,
  QueryPlan,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import { type FieldNode, Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import type { FetchNode } from '../steps/fetch-node.ts';
import { placedFetches } from '../steps/plan-fetches.ts';
import type { RequiredFields } from './required-fields.ts';
import { splitFetch } from './split-fetch.ts';

/** Gives the required fields of a plan, which were planned under names of their own, back to the subgraphs' names. */
class PlanResolver {
  readonly #required: RequiredFields;
  /** Planned names that the data can hold under their real name, because the plan uses that one for nothing else. */
  readonly #plain: ReadonlyMap<string, string>;

  constructor(plan: QueryPlan, required: RequiredFields) {
    this.#required = required;
    this.#plain = plainNames(plan, required);
  }

  resolve(node: PlanNode): PlanNode {
    switch (node.kind) {
      case 'Fetch':
        return this.#fetches(node);
      case 'Flatten':
        return {
          ...node,
          path: node.path.map((segment) => this.#dataName(String(segment))),
          node: this.resolve(node.node),
        };
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map((below) => this.resolve(below)) };
      case 'Condition':
        return {
          ...node,
          ...(node.ifClause && { ifClause: this.resolve(node.ifClause) }),
          ...(node.elseClause && { elseClause: this.resolve(node.elseClause) }),
        };
      default:
        return node;
    }
  }

  #fetches(node: FetchNode): PlanNode {
    const [only, ...others] = splitFetch(node, this.#required).map((part) => this.fetch(part));
    return only && others.length === 0
      ? only
      : { kind: 'Parallel', nodes: only ? [only, ...others] : [] };
  }

  fetch(node: FetchNode): FetchNode {
    const requiredAs: Record<string, string> = {};
    const resolved: FetchNode = { ...node, operation: this.#operation(node.operation), requiredAs };
    if (node.requires) resolved.requires = this.#requires(node.requires, requiredAs);
    if (node.inputRewrites)
      resolved.inputRewrites = node.inputRewrites.map((rewrite) =>
        renamed(rewrite, (name) => this.#required.get(name)?.field ?? name),
      );
    if (node.outputRewrites)
      resolved.outputRewrites = node.outputRewrites.map((rewrite) =>
        renamed(rewrite, (name) => this.#dataName(name)),
      );
    return resolved;
  }

  #dataName(name: string): string {
    return this.#plain.get(name) ?? name;
  }

  #operation(text: string): string {
    const document = visit(parse(text, { noLocation: true }), {
      Field: (field): FieldNode | undefined => {
        const planned = field.name.value;
        const required = this.#required.get(planned);
        if (!required) return undefined;
        const { alias: _, ...rest } = field;
        const name = { kind: Kind.NAME, value: required.field } as const;
        const alias = { kind: Kind.NAME, value: planned } as const;
        const called = { ...rest, name, arguments: required.arguments };
        return this.#plain.has(planned) ? called : { ...called, alias };
      },
    });
    return stripIgnoredCharacters(print(document));
  }

  #requires(
    selections: readonly QueryPlanSelectionNode[],
    requiredAs: Record<string, string>,
  ): QueryPlanSelectionNode[] {
    return selections.map((selection) => {
      const below = selection.selections && {
        selections: this.#requires(selection.selections, requiredAs),
      };
      if (selection.kind === 'InlineFragment') return { ...selection, ...below };
      const name = this.#dataName(selection.name);
      const real = this.#required.get(selection.name)?.field;
      if (real && name !== real) requiredAs[name] = real;
      return { ...selection, ...below, name };
    });
  }
}

const renamed = (rewrite: FetchDataRewrite, name: (name: string) => string): FetchDataRewrite => ({
  ...rewrite,
  path: rewrite.path.map(name),
});

const plainNames = (plan: QueryPlan, required: RequiredFields): ReadonlyMap<string, string> => {
  const used = new Set<string>();
  const planned = new Set<string>();
  for (const { node } of placedFetches(plan))
    visit(parse(node.operation, { noLocation: true }), {
      Field: ({ alias, name }) => {
        used.add((alias ?? name).value);
        if (required.get(name.value)) planned.add(name.value);
      },
    });
  const byField = Map.groupBy(planned, (name) => required.get(name)?.field ?? name);
  const plain = new Map<string, string>();
  for (const [field, [only, ...others]] of byField)
    if (only !== undefined && others.length === 0 && !used.has(field)) plain.set(only, field);
  return plain;
};

/** The plan as it has to be executed. A plan without required fields that are conditional or have arguments stays as it is. */
export const resolvePlan = (plan: QueryPlan, required: RequiredFields): QueryPlan => {
  if (!plan.node) return plan;
  const isTouched = placedFetches(plan).some(
    ({ node }) =>
      (node.requires && /@(?:skip|include)\(/.test(node.operation)) ||
      [...required.all.keys()].some((name) => node.operation.includes(name)),
  );
  if (!isTouched) return plan;
  const resolver = new PlanResolver(plan, required);
  if (plan.node.kind !== 'Subscription')
    return { kind: 'QueryPlan', node: resolver.resolve(plan.node) };
  const { primary, rest } = plan.node;
  return {
    kind: 'QueryPlan',
    node: {
      kind: 'Subscription',
      primary: resolver.fetch(primary),
      ...(rest && { rest: resolver.resolve(rest) }),
    },
  };
};
