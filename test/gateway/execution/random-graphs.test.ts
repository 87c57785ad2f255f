import { isDeepStrictEqual } from 'node:util';
import { composeServices } from '@apollo/composition';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, execute, type GraphQLSchema, parse, printSchema, validate } from 'graphql';
import { createEngine, type Engine } from '../../../gateway/execution/engine.ts';
import { OperationRefused } from '../../../gateway/execution/operation-refused.ts';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { type GeneratedOperation, generateOperation } from './generate-operation.ts';
import type { RandomGraph } from './random-graphs/graph-model.ts';
import { randomSubgraphSchema, wholeGraphSchema } from './random-graphs/graph-schemas.ts';
import { graphSdl } from './random-graphs/graph-sdl.ts';
import { randomGraph } from './random-graphs/random-graph.ts';
import { request } from './worlds/small-graph.ts';

/**
 * Random operations on random graphs, answered by us and by graphql-js on the one big schema. The subgraphs are strict: they
 * answer with an error when they are asked for an external or overridden field, by a key that is not to be resolved, or for a
 * field without what it requires. Where ordinary subgraphs would answer null or something wrong, these tell.
 */

/** Null for what composition does not let pass, or cannot compose at all. */
const compose = (graph: RandomGraph): string | null => {
  const services = [...graph.subgraphs].map(([name, types]) => ({
    name,
    url: `http://${name}.test/graphql`,
    typeDefs: parse(graphSdl(types)),
  }));
  try {
    return composeServices(services).supergraphSdl ?? null;
  } catch {
    // It breaks down where subgraphs differ in the arguments of a field.
    return null;
  }
};

const answered = async (
  schema: GraphQLSchema,
  source: string,
  variableValues: GeneratedOperation['variables'],
) => {
  const result = await execute({ schema, document: parse(source), variableValues });
  return JSON.parse(JSON.stringify(result));
};

interface Opened {
  readonly engine: Engine;
  readonly whole: GraphQLSchema;
}

const open = async (graph: RandomGraph, mergeFetches: boolean): Promise<Opened | null> => {
  const supergraphSdl = compose(graph);
  if (supergraphSdl === null) return null;
  const engine = await createEngine({
    supergraphSdl,
    mergeFetches,
    client: (name) => {
      const schema = randomSubgraphSchema(graph, name);
      return {
        name,
        send: ({ operation, variables }) => answered(schema, operation, JSON.parse(variables)),
        close: () => Promise.resolve(),
      };
    },
  }).catch((error: unknown) => {
    // What is refused when a supergraph is loaded is not answered wrong.
    if (String(error).includes('The supergraph is refused')) return null;
    throw error;
  });
  return (
    engine && { engine, whole: wholeGraphSchema(graph, buildSchema(printSchema(engine.apiSchema))) }
  );
};

/** What differs; `refused` when we say that we cannot. */
const difference = async ({ engine, whole }: Opened, operation: GeneratedOperation) => {
  const { source, variables } = operation;
  try {
    const prepared = await engine.prepare(source);
    const ours = JSON.parse(await prepared.execute(variables, request));
    const theirs = await answered(whole, source, variables);
    return isDeepStrictEqual(ours, theirs) ? null : { source, variables, ours, theirs };
  } catch (error) {
    if (error instanceof OperationRefused) return 'refused';
    throw error;
  }
};

/** Compares some operations on one graph; returns how many were answered, and adds to what differs. */
const compareOn = async (seed: number, differences: object[]): Promise<number> => {
  const random = seededRandom(seed);
  const graph = randomGraph(random);
  const opened = await open(graph, seed % 2 === 0);
  if (!opened) return 0;
  let compared = 0;
  for (let count = 0; count < 8; count += 1) {
    const words = { ids: ['1'], misleadingAliases: 0.05, plainNames: 0.5 };
    const operation = generateOperation(opened.engine.apiSchema, random, { kind: 'query', words });
    if (validate(opened.engine.apiSchema, parse(operation.source)).length > 0) continue;
    const found = await difference(opened, operation);
    if (found !== 'refused') compared += 1;
    if (found && found !== 'refused') {
      const subgraphs = [...graph.subgraphs.values()].map(graphSdl);
      differences.push({ seed, subgraphs, ...found });
    }
  }
  await opened.engine.close();
  return compared;
};

describe('random graphs', () => {
  test('are answered like one schema, by subgraphs that answer nothing that they were not asked rightly', async () => {
    const differences: object[] = [];
    let compared = 0;
    for (let seed = 1; seed <= 48; seed += 1) compared += await compareOn(seed, differences);
    expect(differences.slice(0, 1)).toEqual([]);
    // Many random graphs do not compose; of those that do, few operations are refused.
    expect(compared).toBeGreaterThan(150);
  }, 300_000);
});
