import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { loadSupergraph } from '../../../gateway/execution/planning/load-supergraph.ts';
import { PlannedNames } from '../../../gateway/execution/planning/planned-names.ts';
import { Planner } from '../../../gateway/execution/planning/planner.ts';
import { type Prepared, prepareOperation } from '../../../gateway/execution/prepared.ts';
import { placedFetches } from '../../../gateway/execution/steps/plan-fetches.ts';
import type { SubgraphClient } from '../../../gateway/subgraph-client.ts';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { type GeneratedOperation, generateOperation } from './generate-operation.ts';
import { type ApolloAnswer, ApolloExecutor } from './worlds/apollo-executor.ts';
import { type FaultRates, type Faults, faultsOf, noFaults } from './worlds/faults.ts';
import { hospitalWorld } from './worlds/hospital-world.ts';
import { pricingWorld } from './worlds/pricing-world.ts';
import { shopWorld } from './worlds/shop-world.ts';
import type { World } from './worlds/world.ts';
import { compiledWorld, WorldSubgraph, worldClient, worldRequest } from './worlds/world-client.ts';
import { composeWorld, subgraphSchemas, wholeSchema } from './worlds/world-schemas.ts';

/**
 * Random operations on federated graphs, executed by us, by ApolloGateway's own executor and by graphql-js on the one big
 * schema that the subgraphs stand for. Data must be the same, always. Where errors differ, they are meant to:
 *
 * 1. ApolloGateway: it finds the entity of an error by its place among the representations, and is wrong after one
 *    that could not be represented; we give the path of the entity itself. Indices are not compared.
 * 2. ApolloGateway: it sends an entity as often as it occurs and repeats its errors as often; we tell one error
 *    for each place. Errors are compared as sets.
 * 3. ApolloGateway: it tells what does not fit the schema in extensions.valueCompletion, and only where nothing
 *    else failed; we tell it in errors, with the code INVALID_SUBGRAPH_DATA. These are not compared.
 * 4. ApolloGateway: it answers nothing at all when a list or an object is of another kind; we null that place and
 *    tell it. Such answers are compared with graphql-js alone.
 * 5. ApolloGateway: it takes an interface object by its interface for the type of an object that it knew better,
 *    and leaves fields out without an error. Plans that invite this are compared with graphql-js alone.
 * 6. graphql-js: it goes on below a place that becomes null, and we tell errors of fields that others require. So
 *    for each null that it tells an error for, we must tell one there or around it; messages are not compared.
 * 7. graphql-js: a field of an interface object that the client selects for some of the types is fetched for all,
 *    and nulls more where it fails. With faults, such plans are compared with ApolloGateway alone.
 * 8. A third of the runs have the subgraphs in our process, compiled. There a bug says nothing to the client, so that what is
 *    told is compared with graphql-js alone.
 */
interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

const few: FaultRates = { null: 0.04, error: 0.05, forgotten: 0.1, wrongLeaf: 0 };
const many: FaultRates = { null: 0.15, error: 0.15, forgotten: 0.2, wrongLeaf: 0 };
const wrong: FaultRates = { null: 0.05, error: 0.05, forgotten: 0.1, wrongLeaf: 0.15 };
const faultRates = [noFaults, few, few, many, many, wrong, wrong];

const isLocal = (seed: number): boolean => seed % 3 === 0;

const wordOf = (error: GraphQLFormattedError): string => {
  const path = (error.path ?? []).map((name) => (typeof name === 'number' ? '#' : name));
  const { code, serviceName } = error.extensions ?? {};
  return [error.message, code, serviceName, path.join('.')].join(' | ');
};

const toldErrors = (errors: readonly GraphQLFormattedError[] = []): Set<string> =>
  new Set(
    errors.filter((error) => error.extensions?.['code'] !== 'INVALID_SUBGRAPH_DATA').map(wordOf),
  );

type Path = readonly (string | number)[];

/** The part of a path that the data has; it ends at a null where an error took away the rest. */
const pathInData = (data: unknown, path: Path): Path => {
  let value = data;
  for (const [at, name] of path.entries()) {
    if (typeof value !== 'object' || value === null) return path.slice(0, at);
    value = (value as Readonly<Record<string | number, unknown>>)[name];
  }
  return path;
};

const isAbove = (a: Path, b: Path): boolean => a.every((name, at) => name === b[at]);

/** A prepared operation, and what it can be compared with. */
interface Subject {
  readonly source: GeneratedOperation;
  readonly document: DocumentNode;
  readonly merged: Prepared;
  readonly alone: Prepared;
  /** Over subgraphs in this process, whose operations are compiled. */
  readonly local: Prepared;
  readonly apollo: (faults: Faults) => Promise<ApolloAnswer | null>;
  readonly isFetchedForAll: boolean;
}

/** Runs operations of one world in three executors. */
class Comparison {
  readonly differences: object[] = [];
  readonly #world: World;
  readonly #supergraph: ReturnType<typeof loadSupergraph>;
  readonly #planner: Planner;
  readonly #remotes: ReadonlyMap<string, SubgraphClient>;
  readonly #locals: ReadonlyMap<string, SubgraphClient>;
  readonly #apollo: ApolloExecutor;
  readonly #whole: GraphQLSchema;

  constructor(world: World) {
    this.#world = world;
    this.#supergraph = loadSupergraph(composeWorld(world));
    this.#planner = new Planner(this.#supergraph, {
      maxEvaluatedPlans: 100,
      reuseQueryFragments: false,
    });
    const schemas = [...subgraphSchemas(world, { checksLeaves: false })];
    this.#locals = new Map(schemas.map(([name, schema]) => [name, compiledWorld(name, schema)]));
    const subgraphs = new Map(
      schemas.map(([name, schema]) => [name, new WorldSubgraph(name, schema)]),
    );
    this.#remotes = new Map(
      [...subgraphs].map(([name, subgraph]) => [name, worldClient(name, subgraph)]),
    );
    this.#apollo = new ApolloExecutor(this.#supergraph, subgraphs);
    this.#whole = wholeSchema(world, buildSchema(printSchema(this.#supergraph.api)));
  }

  /** Null for an operation in which fields conflict. */
  subject(random: () => number, misleadingAliases: number): Subject | null {
    const { api, whole, planning } = this.#supergraph;
    const hasMutations = api.getMutationType() !== undefined && api.getMutationType() !== null;
    const source = generateOperation(api, random, {
      kind: hasMutations && random() < 0.1 ? 'mutation' : 'query',
      words: { ids: ['1', '2', '9', 'po1', 'dev1', 'drug2', 'sup1', 'kg'], misleadingAliases },
    });
    const document = parse(source.source);
    const operation = getOperationAST(document);
    if (!operation || validate(api, document).length > 0) return null;
    const { fetchedNames, required } = planning;
    const names = new PlannedNames(
      document,
      (name) => fetchedNames.has(name) || required.get(name) !== undefined,
    );
    const plan = this.#planner.plan(names.document, undefined);
    const prepare = (mergeFetches: boolean, clients: ReadonlyMap<string, SubgraphClient>) =>
      prepareOperation({
        document,
        operation,
        names,
        plan,
        apiSchema: api,
        supergraphSchema: whole,
        client: (name) => {
          const client = clients.get(name);
          if (!client) throw new Error(`No subgraph ${name}.`);
          return client;
        },
        responseName: (name) => names.responseName(required.get(name)?.field ?? name),
        mergeFetches,
      });
    const toInterfaceObjects = placedFetches(plan).filter(
      ({ node }) => (node.inputRewrites?.length ?? 0) > 0,
    );
    const isComparable =
      plan.node !== undefined &&
      isDeepStrictEqual(names.document, document) &&
      !placedFetches(plan).some(({ node }) => node.requiredAs) &&
      !toInterfaceObjects.some(({ node }) => node.operation.includes('__typename'));
    const { variables } = source;
    return {
      source,
      document,
      merged: prepare(true, this.#remotes),
      alone: prepare(false, this.#remotes),
      local: prepare(true, this.#locals),
      apollo: async (faults) =>
        isComparable ? this.#apollo.execute(plan, document, { variables, faults }) : null,
      isFetchedForAll: toInterfaceObjects.some(({ node }) => (node.requires?.length ?? 0) > 1),
    };
  }

  async compare(subject: Subject, seed: number, rates: FaultRates): Promise<void> {
    const faults = faultsOf(seed, rates);
    const { merged, alone, local } = subject;
    const overWire = seed % 2 === 0 ? merged : alone;
    const prepared = isLocal(seed) ? local : overWire;
    const { variables } = subject.source;
    const ours: Answer = JSON.parse(await prepared.execute(variables, worldRequest(faults)));
    const apollo = await subject.apollo(faults);
    if (apollo && apollo.data !== undefined) this.#expectLikeApollo(subject, seed, [ours, apollo]);
    const isComparable = rates === noFaults || !subject.isFetchedForAll;
    if (rates.wrongLeaf > 0 || !isComparable) return;
    const whole = await execute({
      schema: this.#whole,
      document: subject.document,
      variableValues: variables,
      contextValue: { faults, subgraph: null },
    });
    this.#expectLikeWhole(subject, seed, [ours, JSON.parse(JSON.stringify(whole))]);
  }

  #expectLikeApollo(subject: Subject, seed: number, [ours, apollo]: [Answer, Answer]): void {
    if (!isDeepStrictEqual(ours.data, apollo.data))
      this.#differs('ApolloGateway', 'data', { subject, seed, ours, theirs: apollo });
    const isTold =
      isLocal(seed) || isDeepStrictEqual(toldErrors(ours.errors), toldErrors(apollo.errors));
    if (!isTold) this.#differs('ApolloGateway', 'errors', { subject, seed, ours, theirs: apollo });
  }

  #expectLikeWhole(subject: Subject, seed: number, [ours, whole]: [Answer, Answer]): void {
    if (!isDeepStrictEqual(ours.data, whole.data))
      this.#differs('graphql-js', 'data', { subject, seed, ours, theirs: whole });
    const isTold = ({ path = [] }: GraphQLFormattedError) => {
      const place = pathInData(whole.data, path);
      return (ours.errors ?? []).some(
        (one) => isAbove(place, one.path ?? []) || isAbove(one.path ?? [], place),
      );
    };
    if (!(whole.errors ?? []).every(isTold))
      this.#differs('graphql-js', 'errors', { subject, seed, ours, theirs: whole });
  }

  #differs(
    against: string,
    what: 'data' | 'errors',
    found: { subject: Subject; seed: number; ours: Answer; theirs: Answer },
  ): void {
    const { subject, seed, ours, theirs } = found;
    this.differences.push({
      world: this.#world.name,
      against,
      what,
      seed,
      operation: subject.source,
      ours: JSON.stringify(ours[what]),
      theirs: JSON.stringify(theirs[what]),
    });
  }
}

interface Amount {
  readonly operations: number;
  readonly misleadingAliases: number;
}

/** How many generated operations were compared, each under every one of the fault rates. */
const compareMany = async (
  comparison: Comparison,
  seed: number,
  amount: Amount,
): Promise<number> => {
  const random = seededRandom(seed);
  let compared = 0;
  for (let count = 0; count < amount.operations; ) {
    const subject = comparison.subject(random, amount.misleadingAliases);
    if (!subject) continue;
    count += 1;
    for (const [at, rates] of faultRates.entries()) {
      await comparison.compare(subject, seed * 1_000_003 + count * 101 + at, rates);
      compared += 1;
    }
  }
  return compared;
};

describe('answers like ApolloGateway and like graphql-js on one schema', () => {
  test.each<[string, World, Amount]>([
    ['the shop', shopWorld, { operations: 220, misleadingAliases: 0 }],
    ['the hospital', hospitalWorld, { operations: 200, misleadingAliases: 0 }],
    ['the shop, under misleading aliases', shopWorld, { operations: 100, misleadingAliases: 0.1 }],
    [
      'the hospital, under misleading aliases',
      hospitalWorld,
      { operations: 60, misleadingAliases: 0.03 },
    ],
    [
      'prices that are required with arguments',
      pricingWorld,
      { operations: 150, misleadingAliases: 0.05 },
    ],
  ])(
    '%s',
    async (_, world, amount) => {
      const comparison = new Comparison(world);
      const compared = await compareMany(comparison, 20_261_123, amount);
      expect(comparison.differences.slice(0, 3)).toEqual([]);
      expect(compared).toBe(amount.operations * faultRates.length);
    },
    300_000,
  );
});
