import type { PlanNode } from '@apollo/query-planner';
import { compileEntityFetch } from './entity-fetch.ts';
import type { PlanContext, PlanPlace } from './plan-context.ts';
import { compileRootFetch } from './root-fetch.ts';
import type { Step } from './run.ts';

const inSequence = (steps: readonly Step[]): Step => {
  return (run, done) => {
    let next = 0;
    const advance = (): void => {
      const step = steps[next];
      next += 1;
      if (step) step(run, advance);
      else done();
    };
    advance();
  };
};

const inParallel = (steps: readonly Step[]): Step => {
  return (run, done) => {
    let left = steps.length;
    const one = (): void => {
      left -= 1;
      if (left === 0) done();
    };
    if (left === 0) done();
    for (const step of steps) step(run, one);
  };
};

const onCondition = (variable: string, yes: Step | null, no: Step | null): Step => {
  return (run, done) => {
    const step = run.coerced[variable] === true ? yes : no;
    if (step) step(run, done);
    else done();
  };
};

/** A plan's node as a closure that runs it. */
export const compilePlan = (node: PlanNode, place: PlanPlace, context: PlanContext): Step => {
  const { path } = place;
  const compile = (below: PlanNode): Step => compilePlan(below, place, context);
  switch (node.kind) {
    case 'Sequence': {
      const last = node.nodes.at(-1);
      return inSequence(
        node.nodes.map((below) =>
          below === last ? compile(below) : compilePlan(below, { path, isLast: false }, context),
        ),
      );
    }
    case 'Parallel':
      return inParallel(node.nodes.map(compile));
    case 'Flatten':
      return compilePlan(node.node, { ...place, path: [...path, ...node.path] }, context);
    case 'Condition':
      return onCondition(
        node.condition,
        node.ifClause ? compile(node.ifClause) : null,
        node.elseClause ? compile(node.elseClause) : null,
      );
    case 'Fetch':
      return node.requires
        ? compileEntityFetch(node, place, context)
        : compileRootFetch(node, path, context);
    case 'Defer':
      throw new Error('The planner was told not to defer, but it did.');
  }
};
