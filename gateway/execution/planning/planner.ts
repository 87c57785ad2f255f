import { operationFromDocument } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { LoadedSupergraph } from './load-supergraph.ts';
import { resolvePlan } from './resolve-plan.ts';

export interface PlannerOptions {
  /** A bound on the work for one operation. At 100 plans are as good as at the planner's own 10,000, and 30 times cheaper. */
  readonly maxEvaluatedPlans: number;
  /** Shapes fetches by the client's own fragments. That costs more planning than shorter texts save. */
  readonly reuseQueryFragments: boolean;
}

/** Plans operations in this thread. */
export class Planner {
  readonly #supergraph: LoadedSupergraph;
  readonly #planner: QueryPlanner;

  constructor(supergraph: LoadedSupergraph, options: PlannerOptions) {
    const { maxEvaluatedPlans, reuseQueryFragments } = options;
    this.#supergraph = supergraph;
    this.#planner = new QueryPlanner(supergraph.plannedOn, {
      reuseQueryFragments,
      debug: { maxEvaluatedPlans },
    });
  }

  plan(document: DocumentNode, operationName: string | undefined): QueryPlan {
    const options = operationName === undefined ? {} : { operationName };
    const { plannerApi, planning } = this.#supergraph;
    const operation = operationFromDocument(plannerApi, document, options);
    return resolvePlan(this.#planner.buildQueryPlan(operation), planning.required);
  }
}
