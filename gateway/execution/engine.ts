import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { MayPass } from '../access/demand.ts';
import { type AccessRules, protectOperation } from '../access/protected-operation.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import { type LoadedSupergraph, loadSupergraph } from './planning/load-supergraph.ts';
import { OperationPlanner } from './planning/operation-planner.ts';
import { PlannedNames } from './planning/planned-names.ts';
import { type Prepared, prepareOperation } from './prepared.ts';
import { chooseOperation, readDocument } from './read-operation.ts';

export interface EngineOptions {
  readonly supergraphSdl: string;
  /** Called once for each subgraph that the supergraph names. */
  readonly client: (name: string, url: string) => SubgraphClient;
  /** A bound on planning: how many candidate plans are compared. */
  readonly maxEvaluatedPlans?: number;
  /** How many prepared operations are kept; fewer when they are large. */
  readonly cacheSize?: number;
  /** How long a large operation may be planned, in a thread of its own. */
  readonly planDeadlineMs?: number;
  /** False sends every fetch of a plan alone and every representation as often as it occurs, as recorded audits expect. */
  readonly mergeFetches?: boolean;
  /** Decides about @policy; without it, nobody passes any. */
  readonly mayPass?: MayPass;
}

export interface EngineStats {
  readonly planCacheHits: number;
  readonly planCacheMisses: number;
  readonly planned: number;
  readonly planMsTotal: number;
}

/**
 * Executes operations on one supergraph. An operation is
 * 1. read: parsed, validated (`read-operation.ts`);
 * 2. planned: by @apollo/query-planner, on a supergraph and under names that keep it from the mistakes we know of, in this
 *    thread or in one of its own; a plan that asks a subgraph for what it cannot answer there is made another way (`planning/`);
 * 3. compiled: each node of the plan becomes a closure, each fetch the code that collects, represents and merges (`steps/`);
 * 4. run, as often as it is asked for: the closures fill one object, which is written as JSON text (`runner.ts`, `answer/`).
 */
export interface Engine {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  /**
   * Parses, validates, plans and compiles; cached and bounded. Synchronous for an operation in the cache.
   * Rejects with OperationRefused.
   */
  readonly prepare: (source: string, operationName?: string) => Prepared | Promise<Prepared>;
  readonly stats: () => EngineStats;
  /** Closes the subgraphs' clients. */
  readonly close: () => Promise<void>;
}

const defaultCacheSize = 1_000;
// A prepared operation takes 100 to 200 bytes for each character of its text.
const mostSourceText = 512 * 1_024;
const defaultEvaluatedPlans = 100;
const defaultPlanDeadlineMs = 2_000;
const planningIdleMs = 30_000;

class SupergraphEngine implements Engine {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly #supergraph: LoadedSupergraph;
  readonly #clients: Map<string, SubgraphClient>;
  readonly #planner: OperationPlanner;
  readonly #prepared: LRUCache<string, Prepared>;
  readonly #inFlight = new Map<string, Promise<Prepared>>();
  readonly #mergeFetches: boolean;
  /** Null when nothing in the supergraph is protected. */
  readonly #access: AccessRules | null;
  #stats = { planCacheHits: 0, planCacheMisses: 0, planned: 0, planMsTotal: 0 };

  constructor(options: EngineOptions) {
    this.#supergraph = loadSupergraph(options.supergraphSdl);
    this.supergraphSdl = options.supergraphSdl;
    this.apiSchema = this.#supergraph.api;
    this.#mergeFetches = options.mergeFetches ?? true;
    const { api: schema, protection } = this.#supergraph;
    const { mayPass = () => false } = options;
    this.#access = protection && { schema, protection, mayPass };
    this.#planner = new OperationPlanner(this.#supergraph, {
      supergraphSdl: options.supergraphSdl,
      deadlineMs: options.planDeadlineMs ?? defaultPlanDeadlineMs,
      idleMs: planningIdleMs,
      maxEvaluatedPlans: options.maxEvaluatedPlans ?? defaultEvaluatedPlans,
      reuseQueryFragments: !this.#mergeFetches,
    });
    this.#prepared = new LRUCache({
      max: options.cacheSize ?? defaultCacheSize,
      maxSize: mostSourceText,
      sizeCalculation: (_, key) => key.length + 1,
    });
    this.#clients = new Map(
      this.#supergraph.subgraphs.map(({ name, url }) => [name, options.client(name, url)]),
    );
  }

  readonly prepare = (source: string, operationName?: string): Prepared | Promise<Prepared> => {
    const key = operationName ? `${operationName}\0${source}` : source;
    const known = this.#prepared.get(key);
    if (known) {
      this.#stats.planCacheHits += 1;
      return known;
    }
    const inFlight = this.#inFlight.get(key);
    if (inFlight) return inFlight;
    this.#stats.planCacheMisses += 1;
    const preparing = this.#prepare(source, operationName || undefined)
      .then((prepared) => {
        this.#prepared.set(key, prepared);
        return prepared;
      })
      .finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, preparing);
    return preparing;
  };

  readonly stats = (): EngineStats => ({ ...this.#stats });

  readonly close = async (): Promise<void> => {
    await this.#planner.close();
    await Promise.all([...this.#clients.values()].map((client) => client.close()));
  };

  async #prepare(source: string, operationName: string | undefined): Promise<Prepared> {
    const document = readDocument(this.apiSchema, source);
    const operation = chooseOperation(document, operationName);
    const prepared = await this.#plan(document, operation);
    return this.#access ? protectOperation(prepared, this.#access, this.#plan) : prepared;
  }

  readonly #plan = async (
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ): Promise<Prepared> => {
    const { planning, whole } = this.#supergraph;
    const { required, fetchedNames } = planning;
    const names = new PlannedNames(
      document,
      (name) => fetchedNames.has(name) || required.get(name) !== undefined,
    );
    const startedAt = performance.now();
    const plan = await this.#planner.plan(names.document, operation.name?.value);
    this.#stats.planned += 1;
    this.#stats.planMsTotal += performance.now() - startedAt;
    return prepareOperation({
      document,
      operation,
      names,
      plan,
      apiSchema: this.apiSchema,
      supergraphSchema: whole,
      client: (name) => this.#client(name),
      responseName: (name) => names.responseName(required.get(name)?.field ?? name),
      mergeFetches: this.#mergeFetches,
    });
  };

  #client(name: string): SubgraphClient {
    const client = this.#clients.get(name);
    if (!client)
      throw new Error(`The plan names a subgraph "${name}" that the supergraph has not.`);
    return client;
  }
}

/** An engine for a supergraph. Rejects with a message that names what is wrong with the supergraph. */
export const createEngine = async (options: EngineOptions): Promise<Engine> =>
  new SupergraphEngine(options);
