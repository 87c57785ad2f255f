import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { SubgraphAnswer } from '../../subgraph-client.ts';
import type { Asked } from './ask-entities.ts';
import { type PlanPath, responsePaths } from './collect-targets.ts';
import { entitiesOf, MalformedAnswer } from './entities-of.ts';
import type { FetchNode } from './fetch-node.ts';
import { compileMerge, copyData, type Merge, mergesAny } from './merge-data.ts';
import type { PlanContext } from './plan-context.ts';
import { applyRewrites } from './rewrites.ts';
import type { DataObject, Run } from './run.ts';
import { SubgraphErrors } from './subgraph-errors.ts';

const commonPath = (path: PlanPath): PlanPath => {
  const list = path.indexOf('@');
  return list < 0 ? path : path.slice(0, list);
};

/** Takes the answered entities into the data, and says which errors they came with. */
export class EntityAnswers {
  readonly #path: PlanPath;
  readonly #schema: GraphQLSchema;
  readonly #rewrites: NonNullable<FetchNode['outputRewrites']>;
  readonly #merge: Merge;
  readonly #copies: boolean;
  readonly #errors: SubgraphErrors;

  constructor(node: FetchNode, path: PlanPath, context: PlanContext) {
    this.#path = path;
    this.#schema = context.supergraphSchema;
    this.#rewrites = node.outputRewrites ?? [];
    this.#merge =
      this.#rewrites.length > 0
        ? mergesAny(context.interfaceNames)
        : compileMerge(context.documentOf(node).fields, context.interfaceNames);
    this.#copies = context.isOverlapping(node, path);
    this.#errors = new SubgraphErrors(node, context.responseName);
  }

  take(run: Run, asked: Asked, answer: SubgraphAnswer): void {
    if (!answer.plain) run.plain = false;
    for (const error of answer.errors ?? []) this.#report(run, asked, error);
    const entities = entitiesOf(answer, asked.texts.length);
    if (entities instanceof MalformedAnswer) this.failed(run, entities);
    else if (entities) this.#write(asked, entities);
  }

  failed(run: Run, failure: unknown): void {
    run.errors.push(this.#errors.failed(failure, this.#path));
  }

  #write({ targets, places }: Asked, entities: readonly (DataObject | null)[]): void {
    const taken = this.#copies ? new Set<number>() : null;
    targets.forEach((target, at) => {
      const place = places[at] ?? -1;
      let entity = entities[place];
      if (!entity) return;
      if (this.#rewrites.length > 0) entity = this.#rewritten(entity, target);
      else if (taken?.has(place)) entity = copyData(entity) as DataObject;
      taken?.add(place);
      this.#merge(target, entity);
    });
  }

  #rewritten(entity: DataObject, target: DataObject): DataObject {
    const copy = copyData(entity) as DataObject;
    copy['__typename'] ??= target['__typename'];
    applyRewrites(this.#schema, this.#rewrites, copy);
    return copy;
  }

  #report(run: Run, asked: Asked, error: GraphQLFormattedError): void {
    const [, place, ...below] = error.path ?? [];
    if (typeof place !== 'number') {
      run.errors.push(this.#errors.answered(error, commonPath(this.#path), []));
      return;
    }
    const paths = responsePaths(run.data, this.#path);
    const targets = new Set(asked.targets.filter((_, at) => asked.places[at] === place));
    for (const target of targets)
      for (const path of paths.get(target) ?? [])
        run.errors.push(this.#errors.answered(error, path, below));
  }
}
