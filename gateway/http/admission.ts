import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Identity } from '../../platform/identity.ts';
import { refusal } from '../errors.ts';
import type { Engine } from '../execution/engine.ts';
import { OperationRefused } from '../execution/operation-refused.ts';
import type { OperationAccess, Prepared } from '../execution/prepared.ts';
import { checkOperation, parseWithin } from '../limits/check-operation.ts';
import { CostBudget } from '../limits/cost-budget.ts';
import { type CostDirectives, readCostDirectives } from '../limits/cost-directives.ts';
import type { Limits } from '../limits/limits.ts';
import { fragmentsOf, measureDocument } from '../limits/measure-document.ts';
import { operationCost, type Variables } from '../limits/operation-cost.ts';
import { overLimit } from '../limits/over-limit.ts';
import type { PersistedOperations } from '../persisted/persisted-operations.ts';
import type { OperationRequest } from './operation-request.ts';

export interface AdmissionOptions {
  readonly engine: () => Engine;
  readonly limits: Limits;
  readonly persisted: PersistedOperations;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
}

/** An operation that may run, with these variables, for this identity. */
export interface Admitted {
  readonly prepared: Prepared;
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Variables;
  /** False when it had to be prepared for this request. */
  readonly seenBefore: boolean;
  /** What it was prepared on. */
  readonly engine: Engine;
}

interface Ready {
  readonly engine: Engine;
  readonly prepared: Prepared;
  readonly cost: (variables: Variables) => number;
}

/** The name only where it chooses: whoever names the one operation of a document means the same plan as who does not. */
const neededName = (document: DocumentNode, name: string | undefined): string | undefined => {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const [only, ...others] = operations as OperationDefinitionNode[];
  return others.length === 0 && only?.name?.value === name ? undefined : name;
};

interface Asked {
  readonly source: string;
  readonly request: OperationRequest;
  readonly identity: Identity | null;
  readonly seenBefore: boolean;
}

interface Generation {
  readonly engine: Engine;
  readonly directives: CostDirectives;
  readonly ready: LRUCache<string, Ready>;
}

const kept = 1_000;

/**
 * Decides whether an operation may run: persisted or not, limits, introspection, cost. All transports ask here, so that a
 * limit that holds on one holds on all.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #budget: CostBudget;
  #generation: Generation | null = null;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#budget = new CostBudget(options.limits.costPerMinute);
  }

  /** Synchronous for an operation seen before. Throws or rejects with OperationRefused. */
  admit(request: OperationRequest, identity: Identity | null): Admitted | Promise<Admitted> {
    const { persisted } = this.#options;
    const source = persisted.sourceOf(request, identity?.clientId ?? null);
    const generation = this.#current();
    const name = request.operationName ?? '';
    const key = `${name}\0${source}`;
    const known = generation.ready.get(key);
    if (known) return this.#admitted(known, { source, request, identity, seenBefore: true });
    return this.#prepare(generation, source, request.operationName).then((ready) => {
      generation.ready.set(key, ready);
      return this.#admitted(ready, { source, request, identity, seenBefore: false });
    });
  }

  #current(): Generation {
    const engine = this.#options.engine();
    if (this.#generation?.engine !== engine)
      this.#generation = {
        engine,
        directives: readCostDirectives(engine.supergraphSdl),
        ready: new LRUCache({ max: kept }),
      };
    return this.#generation;
  }

  async #prepare(
    { engine, directives }: Generation,
    source: string,
    operationName: string | undefined,
  ): Promise<Ready> {
    const { limits } = this.#options;
    const parsed = parseWithin(source, limits);
    if ('errors' in parsed) throw new OperationRefused(parsed.errors);
    const { document } = parsed;
    const errors = checkOperation(document, limits);
    if (errors.length > 0) throw new OperationRefused(errors);
    if (!this.#options.introspection && measureDocument(document).introspections > 0)
      throw OperationRefused.because(
        'INTROSPECTION_DISABLED',
        'The schema cannot be asked for here.',
      );
    const prepared = await engine.prepare(source, neededName(document, operationName));
    const { operation } = prepared;
    const cost = operationCost({
      schema: engine.apiSchema,
      directives,
      operation,
      fragments: fragmentsOf(prepared.document),
    });
    return { engine, prepared, cost };
  }

  #admitted({ engine, prepared, cost }: Ready, asked: Asked): Admitted | Promise<Admitted> {
    const { source, request, identity, seenBefore } = asked;
    this.#checkCost(cost(request.variables), identity);
    if (request.extensions) this.#options.persisted.remember(request, identity?.clientId ?? null);
    const { operationName, variables } = request;
    const admitted = { engine, prepared, source, operationName, variables, seenBefore };
    return prepared.access === null
      ? admitted
      : this.#restricted(admitted, prepared.access, identity);
  }

  /** What of it this identity may read. */
  #restricted(
    admitted: Admitted,
    access: OperationAccess,
    identity: Identity | null,
  ): Admitted | Promise<Admitted> {
    const prepared = access.for(identity);
    return prepared instanceof Promise
      ? prepared.then((planned) => ({ ...admitted, prepared: planned }))
      : { ...admitted, prepared };
  }

  #checkCost(cost: number, identity: Identity | null): void {
    const limit = this.#options.limits.cost;
    const over = overLimit({
      code: 'COST_LIMIT_EXCEEDED',
      what: 'points of cost',
      actual: cost,
      limit,
    });
    if (over) throw new OperationRefused([over]);
    const waitMs = this.#budget.spend(identity?.subject ?? '', cost, performance.now());
    if (waitMs === 0) return;
    const { costPerMinute } = this.#options.limits;
    const error = refusal(
      'COST_BUDGET_EXCEEDED',
      `The operation costs ${cost}; the budget of ${costPerMinute} a minute is spent.`,
    );
    throw new OperationRefused(
      [
        new GraphQLError(error.message, {
          extensions: { ...error.extensions, retryAfterMs: Math.ceil(waitMs) },
        }),
      ],
      429,
    );
  }
}
