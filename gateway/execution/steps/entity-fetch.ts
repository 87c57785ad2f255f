import { print, stripIgnoredCharacters } from 'graphql';
import { compileAsk } from './ask-entities.ts';
import { compileCollect, type PlanPath } from './collect-targets.ts';
import { EntityAnswers } from './entity-answers.ts';
import type { FetchNode } from './fetch-node.ts';
import type { PlanContext } from './plan-context.ts';
import type { MergeableFetch, PlannedFetch } from './planned-fetch.ts';
import type { Step } from './run.ts';

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

const plannedEntityFetch = (node: FetchNode, context: PlanContext): PlannedFetch => ({
  id: context.idOf(node),
  client: context.client(node.serviceName),
  operation: node.operation,
  operationName: node.operationName,
  kind: node.operationKind,
  variableNames: node.variableUsages ?? [],
  mergeable: mergeableFetch(node, context),
});

/** Fields of entities that another subgraph brought, asked for by their keys. */
export const compileEntityFetch = (node: FetchNode, path: PlanPath, context: PlanContext): Step => {
  const fetch = plannedEntityFetch(node, context);
  const collect = compileCollect(path);
  const ask = compileAsk(node, context);
  const answers = new EntityAnswers(node, path, context);
  return (run, done) => {
    const asked = ask(collect(run.data));
    if (asked.count === 0) {
      done();
      return;
    }
    context.queue.send(run, {
      fetch,
      representations: asked.representations,
      answered: (answer) => {
        answers.take(run, asked, answer);
        done();
      },
      failed: (failure) => {
        answers.failed(run, failure);
        done();
      },
    });
  };
};
