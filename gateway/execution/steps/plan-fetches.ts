import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { PlanPath } from './collect-targets.ts';
import { type FetchDocument, type FieldTree, fetchDocument } from './fetch-document.ts';
import type { FetchNode } from './fetch-node.ts';

/** A fetch, and where its answer is written. */
export interface PlacedFetch {
  readonly node: FetchNode;
  readonly path: PlanPath;
}

/** Every fetch of a plan. */
export const placedFetches = (plan: QueryPlan): PlacedFetch[] => {
  const found: PlacedFetch[] = [];
  const visit = (node: PlanNode | undefined, path: PlanPath): void => {
    switch (node?.kind) {
      case 'Fetch':
        found.push({ node, path });
        break;
      case 'Flatten':
        visit(node.node, [...path, ...node.path]);
        break;
      case 'Sequence':
      case 'Parallel':
        for (const below of node.nodes) visit(below, path);
        break;
      case 'Condition':
        visit(node.ifClause, path);
        visit(node.elseClause, path);
        break;
      default:
    }
  };
  if (plan.node?.kind === 'Subscription') {
    found.push({ node: plan.node.primary, path: [] });
    visit(plan.node.rest, []);
  } else {
    visit(plan.node, []);
  }
  return found;
};

const hasCondition = (node: QueryPlan['node']): boolean => {
  switch (node?.kind) {
    case 'Condition':
      return true;
    case 'Flatten':
      return hasCondition(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.some(hasCondition);
    case 'Subscription':
      return hasCondition(node.rest);
    default:
      return false;
  }
};

const objectPaths = (fields: FieldTree, at: string, into: Set<string>): void => {
  for (const [name, below] of fields) {
    if (!below) continue;
    const path = at ? `${at}.${name}` : name;
    into.add(path);
    objectPaths(below, path, into);
  }
};

/** The same for two fetches that differ in the name of their operation alone, which the planner numbers. */
const askedBy = ({ serviceName, operation, outputRewrites }: FetchNode): string =>
  `${serviceName}\0${operation.replace(/^query\s+\w+/, 'query')}\0${JSON.stringify(outputRewrites ?? [])}`;

/** What the fetches of one plan select, and whether two of them write into the same objects. */
export class PlanFetches {
  readonly #documents = new Map<FetchNode, FetchDocument>();
  readonly #ids = new Map<FetchNode, number>();
  /** Entity fetches by what they ask for. */
  readonly #askers = new Map<string, FetchNode[]>();
  /** How many fetches bring an object at this path (lists left out). */
  readonly #writers = new Map<string, number>();
  /** Variables of the client decide about some of them. */
  readonly isConditional: boolean;

  constructor(plan: QueryPlan) {
    this.isConditional = hasCondition(plan.node);
    for (const { node, path } of placedFetches(plan)) {
      this.#ids.set(node, this.#ids.size);
      if (node.requires) this.#askers.set(askedBy(node), [...this.#askersOf(node), node]);
      this.#documents.set(node, fetchDocument(node.operation, node.requires !== undefined));
      for (const written of this.#objectsOf(node, path))
        this.#writers.set(written, (this.#writers.get(written) ?? 0) + 1);
    }
  }

  readonly idOf = (node: FetchNode): number => {
    const id = this.#ids.get(node);
    if (id === undefined) throw new Error('A fetch of another plan.');
    return id;
  };

  /** The place of the first fetch that asks for the same, where there are several. */
  readonly sharedOf = (node: FetchNode): number | null => {
    const [first, ...others] = this.#askersOf(node);
    return first && others.length > 0 ? this.idOf(first) : null;
  };

  #askersOf(node: FetchNode): readonly FetchNode[] {
    return this.#askers.get(askedBy(node)) ?? [];
  }

  readonly documentOf = (node: FetchNode): FetchDocument => {
    const document = this.#documents.get(node);
    if (!document) throw new Error('A fetch of another plan.');
    return document;
  };

  readonly isOverlapping = (node: FetchNode, path: PlanPath): boolean =>
    [...this.#objectsOf(node, path)].some((written) => (this.#writers.get(written) ?? 0) > 1);

  /** Does any fetch bring an object, or a list of them, at this path of data names joined by dots? */
  readonly brings = (path: string): boolean => this.#writers.has(path);

  #objectsOf(node: FetchNode, path: PlanPath): Set<string> {
    const objects = new Set<string>();
    const at = path.filter((segment) => segment !== '@').join('.');
    objectPaths(this.documentOf(node).fields, at, objects);
    return objects;
  }
}
