import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { type FieldTree, fetchDocument } from '../steps/fetch-document.ts';
import type { FetchNode } from '../steps/fetch-node.ts';
import type { Sent } from './sent-fields.ts';

/** Response names from the root down, without lists and types, joined by dots. */
type Paths = ReadonlySet<string>;

type SentField = Extract<Sent[number], { kind: 'Field' }>;

const nothing: Paths = new Set();

const both = (one: Paths, other: Paths): Paths => new Set([...one, ...other]);

const first = <T>(
  all: readonly T[],
  found: (one: T, at: number) => string | null,
): string | null => {
  for (const [at, one] of all.entries()) {
    const what = found(one, at);
    if (what !== null) return what;
  }
  return null;
};

const under = (path: string, name: string): string => (path ? `${path}.${name}` : name);

const addTree = (tree: FieldTree, path: string, into: Set<string>): void => {
  for (const [name, below] of tree) {
    into.add(under(path, name));
    if (below) addTree(below, under(path, name), into);
  }
};

const isName = (segment: string | number): boolean =>
  segment !== '@' && !String(segment).startsWith('... on ');

const joined = (path: string, more: readonly (string | number)[]): string =>
  [path, ...more.filter(isName)].filter((part) => part !== '').join('.');

/** What a fetch brings, also under the names that its answer is given afterwards. */
const broughtBy = (node: FetchNode, path: string): Set<string> => {
  const brought = new Set<string>();
  addTree(fetchDocument(node.operation, node.requires !== undefined).fields, path, brought);
  for (const rewrite of node.outputRewrites ?? []) {
    if (rewrite.kind !== 'KeyRenamer') continue;
    const from = joined(path, rewrite.path);
    const to = joined(path, [...rewrite.path.slice(0, -1), rewrite.renameKeyTo]);
    for (const one of [...brought])
      if (one === from || one.startsWith(`${from}.`)) brought.add(to + one.slice(from.length));
  }
  return brought;
};

/** The first field that is to be sent but was not brought. */
const missingOf = (sent: Sent, path: string, brought: Paths): string | null =>
  first(sent, (selection) =>
    selection.kind === 'Field'
      ? missingField(selection, path, brought)
      : missingOf(selection.selections, path, brought),
  );

const missingField = (field: SentField, path: string, brought: Paths): string | null => {
  if (field.name === '__typename') return null;
  const at = under(path, field.alias ?? field.name);
  return brought.has(at) ? missingOf(field.selections ?? [], at, brought) : at;
};

/** What the nodes of a plan bring and what they miss, at the path where they write and with so much brought before them. */
class PlanOrder {
  readonly #brought = new Map<FetchNode, Paths>();

  brings(node: PlanNode | undefined, path: string): Paths {
    switch (node?.kind) {
      case 'Fetch':
        return this.#byFetch(node, path);
      case 'Flatten':
        return this.brings(node.node, joined(path, node.path));
      case 'Sequence':
      case 'Parallel':
        return this.#byAll(node.nodes, path);
      case 'Condition':
        return this.#byAll([node.ifClause, node.elseClause], path);
      default:
        return nothing;
    }
  }

  misses(node: PlanNode | undefined, path: string, before: Paths): string | null {
    switch (node?.kind) {
      case 'Fetch':
        return missingOf(node.requires ?? [], path, before);
      case 'Flatten':
        return this.misses(node.node, joined(path, node.path), before);
      case 'Sequence':
        return first(node.nodes, (below, at) =>
          this.misses(below, path, both(before, this.#byAll(node.nodes.slice(0, at), path))),
        );
      case 'Parallel':
        return first(node.nodes, (below) => this.misses(below, path, before));
      case 'Condition':
        return first([node.ifClause, node.elseClause], (below) => this.misses(below, path, before));
      default:
        return null;
    }
  }

  /** The same nodes; of those that run side by side, whoever misses something waits for the others. */
  inOrder(node: PlanNode, path: string, before: Paths): PlanNode {
    switch (node.kind) {
      case 'Flatten':
        return { ...node, node: this.inOrder(node.node, joined(path, node.path), before) };
      case 'Sequence':
        return {
          ...node,
          nodes: node.nodes.map((below, at) =>
            this.inOrder(below, path, both(before, this.#byAll(node.nodes.slice(0, at), path))),
          ),
        };
      case 'Parallel':
        return this.#sideBySide(node.nodes, path, before);
      case 'Condition': {
        const { ifClause, elseClause, ...condition } = node;
        return {
          ...condition,
          ...(ifClause && { ifClause: this.inOrder(ifClause, path, before) }),
          ...(elseClause && { elseClause: this.inOrder(elseClause, path, before) }),
        };
      }
      default:
        return node;
    }
  }

  #sideBySide(all: readonly PlanNode[], path: string, before: Paths): PlanNode {
    const nodes = all.map((node) => this.inOrder(node, path, before));
    const early = nodes.filter((node) => this.misses(node, path, before) === null);
    const late = nodes.filter((node) => !early.includes(node));
    if (early.length === 0 || late.length === 0) return { kind: 'Parallel', nodes };
    const then = this.#sideBySide(late, path, both(before, this.#byAll(early, path)));
    return { kind: 'Sequence', nodes: [{ kind: 'Parallel', nodes: early }, then] };
  }

  #byFetch(node: FetchNode, path: string): Paths {
    const brought = this.#brought.get(node) ?? broughtBy(node, path);
    this.#brought.set(node, brought);
    return brought;
  }

  #byAll(nodes: readonly (PlanNode | undefined)[], path: string): Paths {
    return nodes.reduce<Paths>((brought, node) => both(brought, this.brings(node, path)), nothing);
  }
}

/**
 * The plan, in which no fetch runs before those that bring what it is to send. The planner forgets at times that one waits
 * for another, where an interface object requires fields; entities that lack what is required are not asked for, and the
 * answer would have nulls without an error.
 */
export const inOrder = (plan: QueryPlan): QueryPlan => {
  const { node } = plan;
  const order = new PlanOrder();
  if (!node) return plan;
  if (node.kind !== 'Subscription') return { ...plan, node: order.inOrder(node, '', nothing) };
  const before = order.brings(node.primary, '');
  return node.rest
    ? { ...plan, node: { ...node, rest: order.inOrder(node.rest, '', before) } }
    : plan;
};

/** The path of a field that some fetch is to send but that no fetch before it brings; null for a sound plan. */
export const missingRequirement = ({ node }: QueryPlan): string | null => {
  const order = new PlanOrder();
  return node?.kind === 'Subscription'
    ? order.misses(node.rest, '', order.brings(node.primary, ''))
    : order.misses(node, '', nothing);
};
