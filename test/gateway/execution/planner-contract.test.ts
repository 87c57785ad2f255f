import {
  operationFromDocument,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { describe, expect, test } from '@jest/globals';
import { GraphQLSchema, parse } from 'graphql';
import { composeSmall } from './worlds/small-graph.ts';

/**
 * What we use of @apollo/federation-internals and @apollo/query-planner, which promise none of it. A new version of either
 * has to pass here before anything else is looked at.
 */

const sdl = composeSmall({
  a: {
    sdl: `
      interface Media @key(fields: "id") { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! title: String }
      type Query { books: [Book] media: [Media] }
      type Subscription { published: Book }`,
  },
  b: {
    sdl: `
      type Media @key(fields: "id") @interfaceObject { id: ID! stars(of: Int): Int }
      type Query { best: Int hidden: Int @inaccessible }`,
  },
});

const supergraph = Supergraph.build(parse(sdl), {
  supportedFeatures: new Set(ROUTER_SUPPORTED_SUPERGRAPH_FEATURES),
  validateSupergraph: true,
});

const planOf = (source: string, operationName?: string) => {
  const planner = new QueryPlanner(supergraph, {
    reuseQueryFragments: false,
    debug: { maxEvaluatedPlans: 100 },
  });
  const options = operationName === undefined ? {} : { operationName };
  return planner.buildQueryPlan(
    operationFromDocument(supergraph.apiSchema(), parse(source), options),
  );
};

describe('a supergraph', () => {
  test('knows its subgraphs', () => {
    expect(supergraph.subgraphsMetadata()).toEqual([
      { name: 'a', url: 'http://a.test/graphql' },
      { name: 'b', url: 'http://b.test/graphql' },
    ]);
  });

  test('gives schemas of the graphql-js that we import', () => {
    expect(supergraph.schema.toGraphQLJSSchema()).toBeInstanceOf(GraphQLSchema);
    const fields = supergraph.apiSchema().toGraphQLJSSchema().getQueryType()?.getFields();
    expect(Object.keys(fields ?? {}).sort((x, y) => (x < y ? -1 : 1))).toEqual([
      'best',
      'books',
      'media',
    ]);
  });

  test('names the features that need an executor of their own', () => {
    const features = [...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].map(String);
    for (const name of ['authenticated', 'requiresScopes', 'policy', 'context', 'connect'])
      expect(features.some((url) => url.startsWith(`https://specs.apollo.dev/${name}/`))).toBe(
        true,
      );
  });
});

describe('a plan', () => {
  test('is plain data: sequences, flattened paths, fetches with what they require', () => {
    const plan = planOf('query Q($n: Int) { books { title stars(of: $n) } } query R { best }', 'Q');
    expect(structuredClone(plan)).toMatchObject({
      kind: 'QueryPlan',
      node: {
        kind: 'Sequence',
        nodes: [
          {
            kind: 'Fetch',
            serviceName: 'a',
            operationKind: 'query',
            operation: 'query Q__a__0{books{__typename id title}}',
          },
          {
            kind: 'Flatten',
            path: ['books', '@'],
            node: {
              kind: 'Fetch',
              serviceName: 'b',
              variableUsages: ['n'],
              requires: [
                {
                  kind: 'InlineFragment',
                  typeCondition: 'Book',
                  selections: [
                    { kind: 'Field', name: '__typename' },
                    { kind: 'Field', name: 'id' },
                  ],
                },
              ],
              inputRewrites: [
                { kind: 'ValueSetter', path: ['... on Book', '__typename'], setValueTo: 'Media' },
              ],
              operation:
                'query Q__b__1($representations:[_Any!]!$n:Int){_entities(representations:$representations){...on Media{stars(of:$n)}}}',
            },
          },
        ],
      },
    });
  });

  test('has a condition where a whole fetch depends on it', () => {
    const { node } = planOf('query ($with: Boolean!) { best @include(if: $with) }');
    expect(node).toMatchObject({
      kind: 'Condition',
      condition: 'with',
      ifClause: { kind: 'Fetch' },
    });
  });

  test('of a subscription has what answers an event, and the rest', () => {
    expect(planOf('subscription { published { title stars } }').node).toMatchObject({
      kind: 'Subscription',
      primary: { kind: 'Fetch', serviceName: 'a' },
      rest: { kind: 'Sequence', nodes: [{ kind: 'Flatten', path: ['published'] }] },
    });
  });

  test('of introspection alone is empty', () => {
    expect(planOf('{ __schema { description } }').node).toBeUndefined();
  });
});
