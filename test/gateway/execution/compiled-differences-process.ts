import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type ExecutionResult,
  execute,
  type GraphQLFormattedError,
  parse,
  validate,
} from 'graphql';
import { compileOperation } from '../../../gateway/clients/compiled/compile-operation.ts';
import { seededRandom } from '../../../platform/seeded-random.ts';
import { type GeneratedOperation, generateOperation } from './generate-operation.ts';
import { wildSchema } from './worlds/wild-schema.ts';
import type { Wildness } from './worlds/wild-values.ts';

/*
 * Executes random operations on a wild subgraph, compiled by us and by graphql-js, and answers the differences as JSON. Messages
 * are compared where an author wrote them. Where execution is asynchronous graphql-js tells of the errors below one null
 * those that it met first; there each null must be explained by both. This is a process of its own because graphql-js
 * leaves rejections unheard, for which a test would be blamed.
 */

const schema = wildSchema();

type Answer = Pick<ExecutionResult, 'data'> & {
  readonly errors?: readonly GraphQLFormattedError[];
};
type Path = readonly (string | number)[];

const plain = (result: ExecutionResult): Answer => JSON.parse(JSON.stringify(result)) as Answer;

const worded = ({ message, path, extensions }: GraphQLFormattedError) => ({
  path,
  extensions,
  message: message.startsWith('Planted') ? message : 'does not fit the schema',
});

/** The part of a path that the data has; it ends at the null that the error explains. */
const nulled = (data: unknown, path: Path = []): string => {
  let value = data;
  const place: Path = path.filter((name) => {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Readonly<Record<string | number, unknown>>)[name];
    return true;
  });
  return place.join('.');
};

const explained = ({ data, errors = [] }: Answer): Set<string> =>
  new Set(errors.map(({ path }) => nulled(data, path)));

const isSame = (ours: Answer, theirs: Answer, { isLate }: Wildness): boolean => {
  if (!isDeepStrictEqual(ours.data, theirs.data)) return false;
  if (isLate) return isDeepStrictEqual(explained(ours), explained(theirs));
  return isDeepStrictEqual(ours.errors?.map(worded), theirs.errors?.map(worded));
};

/** Rejections that nobody waited for: they would end the process of a hub. */
let unheard = 0;
process.on('unhandledRejection', () => {
  unheard += 1;
});

const words = { ids: ['1', '2', 'kg'], misleadingAliases: 0 };

/** The generator knows no representations. */
const withReferences = ({ source, variables }: GeneratedOperation): GeneratedOperation => {
  const references = ['Leaf 1', 'Branch 2', 'Leaf kg', 'Node 3', 'Leaf 4'].map((reference) => {
    const [__typename, id] = reference.split(' ');
    return `{__typename: "${__typename}", id: "${id}"}`;
  });
  const some = references.slice(source.length % 2, 1 + (source.length % 5));
  const written = source.replaceAll(
    /\(representations: "[^"]*"\)/g,
    `(representations: [${some}])`,
  );
  return { source: written, variables };
};

let compared = 0;

/** Differences between the two, over every wildness. */
const differences = async (
  { source, variables }: GeneratedOperation,
  wild: readonly Wildness[],
): Promise<object[]> => {
  const document = parse(source);
  const compiled = compileOperation(schema, document);
  const found: object[] = [];
  for (const contextValue of wild) {
    const theirs = plain(
      await execute({ schema, document, variableValues: variables, contextValue }),
    );
    compared += 1;
    await setImmediate();
    const before = unheard;
    const ours = plain(await compiled(undefined, contextValue, variables));
    await setImmediate();
    if (!isSame(ours, theirs, contextValue) || unheard > before)
      found.push({ source, variables, contextValue, ours, theirs, unheard: unheard - before });
  }
  return found;
};

const wildnesses = (seed: number, isLate: boolean): Wildness[] =>
  [0, 0.2, 0.2, 0.6, 1].map((share, at) => ({ seed: seed * 31 + at, share, isLate }));

const compareMany = async (
  amount: number,
  seed: number,
  operation: (random: () => number) => GeneratedOperation,
): Promise<object[]> => {
  const random = seededRandom(seed);
  const found: object[] = [];
  for (let count = 0; count < amount; ) {
    const generated = operation(random);
    if (validate(schema, parse(generated.source)).length > 0) continue;
    count += 1;
    for (const isLate of [false, true])
      found.push(...(await differences(generated, wildnesses(seed + count, isLate))));
  }
  return found;
};

const [kind, amount, seed] = process.argv.slice(2);
const found = await compareMany(Number(amount), Number(seed), (random) =>
  withReferences(generateOperation(schema, random, { kind: kind as 'query' | 'mutation', words })),
);
process.stdout.write(JSON.stringify({ compared, count: found.length, first: found.slice(0, 2) }));
