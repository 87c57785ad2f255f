import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer } from '../../subgraph-client.ts';
import { entitiesOf, MalformedAnswer } from './entities-of.ts';
import type { FetchQueue } from './fetch-queue.ts';
import { copyData } from './merge-data.ts';
import type { WaitingFetch } from './planned-fetch.ts';
import type { Run } from './run.ts';

interface Outcome {
  readonly entity: unknown;
  readonly errors: readonly GraphQLFormattedError[];
  readonly failure: unknown;
  readonly plain: boolean;
}

/** What a run knows of one entity, as one selection of one subgraph shows it. */
export class SharedEntity {
  #outcome: Outcome | null = null;
  #waiting: (() => void)[] = [];
  #takers = 0;

  /** True when it is known; otherwise `then` is called once it is. */
  isKnown(then: () => void): boolean {
    if (!this.#outcome) this.#waiting.push(then);
    return this.#outcome !== null;
  }

  settle(outcome: Outcome): void {
    this.#outcome = outcome;
    for (const then of this.#waiting.splice(0)) then();
  }

  get outcome(): Outcome {
    if (!this.#outcome) throw new Error('An entity was taken before it was known.');
    return this.#outcome;
  }

  /** The entity; a copy for all but the first, because what is fetched below it differs from place to place. */
  take(): unknown {
    this.#takers += 1;
    const { entity } = this.outcome;
    return this.#takers === 1 ? entity : copyData(entity);
  }
}

type Known = Map<string, SharedEntity>;

const noErrors: readonly GraphQLFormattedError[] = [];

const placeOf = (error: GraphQLFormattedError): number => {
  const place = error.path?.[1];
  return typeof place === 'number' ? place : 0;
};

/** Errors at the places of this answer, in place of those where the entity was first asked for. */
const errorsAt = ({ errors }: Outcome, place: number): GraphQLFormattedError[] =>
  errors.map((error) => {
    const [root, index, ...below] = error.path ?? [];
    if (root === undefined || typeof index !== 'number') return error;
    return { ...error, path: [root, place, ...below] };
  });

/**
 * Several fetches of a plan may ask one subgraph for the same fields of the same entities, at different places of the
 * answer: products of reviews of products. Within one run each entity is asked for once.
 */
export class SharedEntities {
  readonly #queue: FetchQueue;

  constructor(queue: FetchQueue) {
    this.#queue = queue;
  }

  send(run: Run, shared: number, waiting: WaitingFetch): void {
    const known: Known = run.shared.get(shared) ?? new Map();
    run.shared.set(shared, known);
    const texts = waiting.texts ?? [];
    const missing = texts.filter((text) => !known.has(text));
    for (const text of missing) known.set(text, new SharedEntity());
    const entities = texts.map((text) => known.get(text) ?? new SharedEntity());
    let left = 1;
    const one = (): void => {
      left -= 1;
      if (left === 0) this.#answer(entities, waiting);
    };
    for (const entity of entities) if (!entity.isKnown(one)) left += 1;
    if (missing.length > 0) this.#fetch(run, { ...waiting, texts: missing }, known);
    one();
  }

  #fetch(run: Run, waiting: WaitingFetch, known: Known): void {
    const texts = waiting.texts ?? [];
    const settled = (answer: SubgraphAnswer, failed?: unknown): void => {
      const entities = entitiesOf(answer, texts.length);
      const failure = failed ?? (entities instanceof MalformedAnswer ? entities : undefined);
      const errors = answer.errors && Map.groupBy(answer.errors, placeOf);
      for (const [place, text] of texts.entries())
        known.get(text)?.settle({
          entity: Array.isArray(entities) ? entities[place] : null,
          errors: errors?.get(place) ?? noErrors,
          failure,
          plain: answer.plain === true,
        });
    };
    this.#queue.send(run, { ...waiting, settled });
  }

  #answer(entities: readonly SharedEntity[], { settled }: WaitingFetch): void {
    const errors: GraphQLFormattedError[] = [];
    let failure: unknown;
    let plain = true;
    for (const [place, { outcome }] of entities.entries()) {
      if (outcome.errors.length > 0) errors.push(...errorsAt(outcome, place));
      failure ??= outcome.failure;
      plain &&= outcome.plain;
    }
    const data = { _entities: entities.map((entity) => entity.take()) };
    settled({ data, plain, ...(errors.length > 0 && { errors }) }, failure);
  }
}
