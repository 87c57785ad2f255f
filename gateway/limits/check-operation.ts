import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { refusal } from '../errors.ts';
import { countComparisons } from './count-comparisons.ts';
import type { Limits } from './limits.ts';
import { type Measure, measureDocument } from './measure-document.ts';
import { type Measured, overLimit } from './over-limit.ts';
import { scanTokens } from './scan-tokens.ts';

type Outcome<T> = T | { readonly errors: readonly GraphQLError[] };

/** Brackets open at the same time for each level of fields: selection, arguments, lists and inline fragments. */
const nestingPerLevel = 4;

const refused = (errors: readonly (GraphQLError | null)[]): GraphQLError[] =>
  errors.filter((error) => error !== null);

const syntaxError = (thrown: unknown): GraphQLError => {
  if (!(thrown instanceof GraphQLError)) throw thrown;
  return new GraphQLError(thrown.message, {
    source: thrown.source ?? null,
    positions: thrown.positions ?? null,
    extensions: { code: 'GRAPHQL_PARSE_FAILED' },
  });
};

/** The document of a source text that is not too large to be parsed, or why there is none. */
export const parseWithin = (
  source: string,
  limits: Limits,
): Outcome<{ readonly document: DocumentNode }> => {
  try {
    const { tokens, nesting, longestName } = scanTokens(source);
    const errors = refused([
      overLimit({
        code: 'TOKEN_LIMIT_EXCEEDED',
        what: 'tokens',
        actual: tokens,
        limit: limits.tokens,
      }),
      overLimit({
        code: 'DEPTH_LIMIT_EXCEEDED',
        what: 'brackets inside each other',
        actual: nesting,
        limit: limits.depth * nestingPerLevel,
      }),
      overLimit({
        code: 'NAME_LIMIT_EXCEEDED',
        what: 'characters in one name',
        actual: longestName,
        limit: limits.nameLength,
      }),
    ]);
    return errors.length > 0 ? { errors } : { document: parse(source) };
  } catch (thrown) {
    return { errors: [syntaxError(thrown)] };
  }
};

const measured = (measure: Measure, limits: Limits): readonly Measured[] => [
  {
    code: 'DEPTH_LIMIT_EXCEEDED',
    what: 'levels',
    actual: measure.depth,
    limit: limits.depth,
  },
  {
    code: 'FIELD_LIMIT_EXCEEDED',
    what: 'fields',
    actual: measure.fields,
    limit: limits.fields,
  },
  {
    code: 'ALIAS_LIMIT_EXCEEDED',
    what: 'aliases',
    actual: measure.aliases,
    limit: limits.aliases,
  },
  {
    code: 'ROOT_FIELD_LIMIT_EXCEEDED',
    what: 'root fields',
    actual: measure.rootFields,
    limit: limits.rootFields,
  },
  {
    code: 'INTROSPECTION_LIMIT_EXCEEDED',
    what: 'introspection fields',
    actual: measure.introspections,
    limit: limits.introspections,
  },
];

/**
 * Refuses a document that is too large to validate, plan or execute: empty when it is not. To be called before
 * validation, whose rules are not all linear. Costs no more than reading the document once, whatever it unfolds to.
 */
export const checkOperation = (document: DocumentNode, limits: Limits): GraphQLError[] => {
  const errors = refused(measured(measureDocument(document), limits).map(overLimit));
  if (errors.length > 0) return errors;
  const pairs = countComparisons(document, limits.comparisons);
  if (pairs <= limits.comparisons) return [];
  const message = `The operation repeats fields so often that more than ${limits.comparisons} comparisons are needed; that is the limit.`;
  return [refusal('COMPARISON_LIMIT_EXCEEDED', message)];
};
