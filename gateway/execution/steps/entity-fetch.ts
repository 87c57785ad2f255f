import { print, stripIgnoredCharacters } from 'graphql';
import { compileAsk } from './ask-entities.ts';
import { compileCollect } from './collect-targets.ts';
import { EntityAnswers } from './entity-answers.ts';
import type { FetchNode } from './fetch-node.ts';
import type { PlanContext, PlanPlace } from './plan-context.ts';
import type { MergeableFetch, PlannedFetch, WaitingFetch } from './planned-fetch.ts';
import type { Run, Step } from './run.ts';
import { SharedEntities } from './shared-entities.ts';

const mergeableFetch = (node: FetchNode, context: PlanContext): MergeableFetch | null => {
  const { operation, hasFragments } = context.documentOf(node);
  const [entities, ...others] = operation.selectionSet.selections;
  if (entities?.kind !== 'Field' || !entities.selectionSet) return null;
  if (others.length > 0 || hasFragments || operation.directives?.length) return null;
  const definitions = (operation.variableDefinitions ?? []).filter(
    (definition) => definition.variable.name.value !== 'representations',
  );
  return {
    selection: stripIgnoredCharacters(print(entities.selectionSet)),
    variableDefinitions: definitions.map((definition) => ({
      name: definition.variable.name.value,
      text: stripIgnoredCharacters(print(definition)),
    })),
  };
};

const plannedEntityFetch = (
  node: FetchNode,
  isLast: boolean,
  context: PlanContext,
): PlannedFetch => ({
  id: context.idOf(node),
  client: context.client(node.serviceName),
  operation: node.operation,
  operationName: node.operationName,
  kind: node.operationKind,
  variableNames: node.variableUsages ?? [],
  mergeable: mergeableFetch(node, context),
  isLast,
});

/** Fields of entities that another subgraph brought, asked for by their keys. */
export const compileEntityFetch = (
  node: FetchNode,
  { path, isLast }: PlanPlace,
  context: PlanContext,
): Step => {
  const fetch = plannedEntityFetch(node, isLast, context);
  const collect = compileCollect(path);
  const ask = compileAsk(node, context);
  const answers = new EntityAnswers(node, path, context);
  // What a step keeps is kept as long as the plan: the context, with its documents, is not among it.
  const { queue } = context;
  const shared = context.sharedOf(node);
  const entities = new SharedEntities(queue);
  queue.expect(fetch);
  const send = (run: Run, waiting: WaitingFetch): void =>
    shared === null ? queue.send(run, waiting) : entities.send(run, shared, waiting);
  return (run, done) => {
    queue.begin(run, fetch);
    const asked = ask(collect(run.data));
    if (asked.texts.length === 0) {
      done();
      return;
    }
    send(run, {
      fetch,
      texts: asked.texts,
      settled: (answer, failure) => {
        if (failure !== undefined) answers.failed(run, failure);
        answers.take(run, asked, answer);
        done();
      },
    });
  };
};
