import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer } from '../../subgraph-client.ts';
import { compileCollect, type PlanPath, responsePaths } from './collect-targets.ts';
import type { FetchNode } from './fetch-node.ts';
import { compileMerge, copyData, mergesAny } from './merge-data.ts';
import type { PlanContext } from './plan-context.ts';
import type { PlannedFetch } from './planned-fetch.ts';
import { applyRewrites } from './rewrites.ts';
import type { DataObject, Run, Step } from './run.ts';
import { SubgraphErrors } from './subgraph-errors.ts';

const plannedRootFetch = (node: FetchNode, context: PlanContext): PlannedFetch => ({
  id: context.idOf(node),
  client: context.client(node.serviceName),
  operation: node.operation,
  operationName: node.operationName,
  kind: node.operationKind,
  variableNames: node.variableUsages ?? [],
  mergeable: null,
  isLast: false,
});

const failurePath = (node: FetchNode, path: PlanPath, context: PlanContext): PlanPath => {
  if (path.length > 0) return path;
  const [only, ...others] = context.documentOf(node).fields.keys();
  return only !== undefined && others.length === 0 ? [only] : [];
};

/** Takes a root fetch's answer into the data; the same for an event that a subscription brought. */
export const compileTakeRoot = (
  node: FetchNode,
  path: PlanPath,
  context: PlanContext,
): ((run: Run, targets: readonly DataObject[], answer: SubgraphAnswer) => void) => {
  const errors = new SubgraphErrors(node, context.responseName);
  const rewrites = node.outputRewrites ?? [];
  const { supergraphSchema } = context;
  const merge =
    rewrites.length > 0
      ? mergesAny(context.interfaceNames)
      : compileMerge(context.documentOf(node).fields, context.interfaceNames);
  const report = (run: Run, answered: readonly GraphQLFormattedError[]): void => {
    const places = [...responsePaths(run.data, path).values()].flat();
    for (const error of answered)
      for (const place of places) run.errors.push(errors.answered(error, place, error.path));
  };
  return (run, targets, answer) => {
    if (!answer.plain) run.plain = false;
    if (answer.errors) report(run, answer.errors);
    const { data } = answer;
    if (!data) return;
    applyRewrites(supergraphSchema, rewrites, data);
    targets.forEach((target, at) => {
      merge(target, at === 0 ? data : (copyData(data) as DataObject));
    });
  };
};

/** Root fields of a subgraph: at the root of the operation, or wherever a field answers a root type. */
export const compileRootFetch = (node: FetchNode, path: PlanPath, context: PlanContext): Step => {
  const fetch = plannedRootFetch(node, context);
  const collect = compileCollect(path);
  const take = compileTakeRoot(node, path, context);
  const errors = new SubgraphErrors(node, context.responseName);
  const missing = failurePath(node, path, context);
  const { queue } = context;
  return (run, done) => {
    const targets = path.length === 0 ? [run.data] : collect(run.data);
    if (targets.length === 0) {
      done();
      return;
    }
    queue.send(run, {
      fetch,
      texts: null,
      settled: (answer, failure) => {
        if (failure !== undefined) run.errors.push(errors.failed(failure, missing));
        take(run, targets, answer);
        done();
      },
    });
  };
};
