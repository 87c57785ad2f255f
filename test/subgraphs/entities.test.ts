import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask, central, type Graph, northerner, openGraph } from '../support/graph.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await openGraph();
});
afterAll(() => graph.close());

interface Case {
  readonly subgraph: string;
  readonly type: string;
  /** Even numbers are of `north`. */
  readonly ids: readonly string[];
  readonly fields: string;
  readonly statements: number;
}

const two = (n: number): string => String(n).padStart(2, '0');
const ten = (prefix: string): string[] =>
  Array.from({ length: 10 }, (_, n) => `${prefix}-${two(n)}`);
const ends = ['north', 'south'];

const owned: readonly Case[] = [
  {
    subgraph: 'procurement',
    type: 'Requisition',
    ids: ten('req'),
    fields:
      'number lines { lineNumber } approvalSteps { role } purchaseOrders { number lines { lineNumber } }',
    statements: 5,
  },
  {
    subgraph: 'procurement',
    type: 'PurchaseOrder',
    ids: ten('po'),
    fields:
      'number lines { lineNumber } receipts { lines { orderLineNumber } } requisition { number }',
    statements: 5,
  },
  {
    subgraph: 'procurement',
    type: 'Receipt',
    ids: ten('rcp'),
    fields: 'number purchaseOrder { number }',
    statements: 2,
  },
  {
    subgraph: 'clinical',
    type: 'SupplyRequest',
    ids: ten('sr'),
    fields: 'clinicalRequestRef',
    statements: 1,
  },
  {
    subgraph: 'erp',
    type: 'Invoice',
    ids: ten('inv'),
    fields: 'number supplier { name } lines { item { description } }',
    statements: 4,
  },
  {
    subgraph: 'erp',
    type: 'Facility',
    ids: ends,
    fields: 'name departments { name costCenter { code } }',
    statements: 3,
  },
  {
    subgraph: 'erp',
    type: 'Department',
    ids: ends.map((end) => `icu-${end}`),
    fields: 'name facility { name }',
    statements: 2,
  },
  {
    subgraph: 'erp',
    type: 'CostCenter',
    ids: ends.map((end) => `cc-${end}`),
    fields: 'code',
    statements: 1,
  },
  {
    subgraph: 'inventory',
    type: 'StockPosition',
    ids: ends.map((end) => `stk-${end}-00`),
    fields: 'onHand { value }',
    statements: 1,
  },
  {
    subgraph: 'inventory',
    type: 'Shipment',
    ids: ten('shp'),
    fields: 'number lines { orderLineNumber }',
    statements: 2,
  },
  {
    subgraph: 'operations',
    type: 'Exception',
    ids: ['exc-0', 'exc-1'],
    fields: 'message',
    statements: 1,
  },
  {
    subgraph: 'operations',
    type: 'Requisition',
    ids: ten('req'),
    fields: 'nextAction { action } trace { steps { step } milestones { type } }',
    statements: 7,
  },
];

/** The entities of an answer, in the order asked. */
const entitiesOf = <T>({ data }: Awaited<ReturnType<typeof ask>>): T[] => {
  if (!data) throw new Error('There is no data.');
  return data['_entities'] as T[];
};

const resolve = (one: Case, ids: readonly string[], identity = central) => {
  const representations = ids.map((id) => ({ __typename: one.type, id }));
  const source = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${one.type} { id ${one.fields} } } }`;
  return ask(graph.subgraphs[one.subgraph], source, { identity, variables: { representations } });
};

describe.each(owned)('$subgraph resolves $type', (one) => {
  test('many at once with as many statements as one', async () => {
    const answer = await resolve(one, one.ids);
    expect(answer.errors).toBeUndefined();
    expect(entitiesOf<{ id: string }>(answer).map(({ id }) => id)).toEqual(one.ids);
    expect(await graph.statementsOf(() => resolve(one, one.ids))).toHaveLength(one.statements);
    expect(await graph.statementsOf(() => resolve(one, one.ids.slice(0, 1)))).toHaveLength(
      one.statements,
    );
  });

  test('as null where there is none, and where the caller may not see it', async () => {
    const { data, errors } = await resolve(one, [...one.ids, 'missing'], northerner);
    expect(errors).toBeUndefined();
    const expected = one.ids.map((_, n) => (n % 2 === 0 ? expect.anything() : null));
    expect(data?.['_entities']).toEqual([...expected, null]);
  });
});

const nested: readonly Case[] = [
  {
    subgraph: 'procurement',
    type: 'Supplier',
    ids: ['sup-0', 'sup-1', 'sup-2', 'nobody'],
    fields:
      'purchaseOrders(first: 3) { edges { cursor node { id } } pageInfo { hasNextPage } totalCount }',
    statements: 2,
  },
  {
    subgraph: 'clinical',
    type: 'Department',
    ids: ['icu-north', 'icu-south', 'nobody'],
    fields:
      'supplyRequests(first: 3) { edges { cursor node { id } } pageInfo { hasNextPage } totalCount }',
    statements: 2,
  },
  {
    subgraph: 'inventory',
    type: 'Facility',
    ids: ['north', 'south', 'nobody'],
    fields:
      'stockPositions(first: 3) { edges { cursor node { id } } pageInfo { hasNextPage } totalCount }',
    statements: 2,
  },
];

interface Nested {
  readonly [list: string]: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
    readonly totalCount: number;
  };
}

describe.each(nested)('the list below $type', (one) => {
  const list = one.fields.slice(0, one.fields.indexOf('('));

  test('is read for all parents in one statement, and counted in one more', async () => {
    expect(await graph.statementsOf(() => resolve(one, one.ids))).toHaveLength(one.statements);
  });

  test('walked with cursors gives each entry of each parent once', async () => {
    for (const id of one.ids) {
      const seen: string[] = [];
      let after = '';
      let total = -1;
      for (let more = true; more; ) {
        const fields = one.fields.replace('first: 3', `first: 3${after}`);
        const answer = await resolve({ ...one, fields }, [id]);
        expect(answer.errors).toBeUndefined();
        const page = entitiesOf<Nested>(answer)[0]?.[list];
        if (page === undefined) throw new Error('There is no page.');
        seen.push(...page.edges.map(({ node }) => node.id));
        after = `, after: "${page.edges.at(-1)?.cursor}"`;
        more = page.pageInfo.hasNextPage;
        total = page.totalCount;
      }
      expect(new Set(seen).size).toBe(total);
      expect(seen).toHaveLength(total);
      expect(total > 0).toBe(id !== 'nobody');
    }
  });

  test('holds nothing that the caller may not see', async () => {
    const fields = one.fields.replace('first: 3', 'first: 200');
    const answer = await resolve({ ...one, fields }, one.ids, northerner);
    const found = entitiesOf<Nested>(answer).flatMap((parent) => parent[list]?.edges ?? []);
    expect(found.length).toBeGreaterThan(0);
    for (const { node } of found) expect(node.id).toMatch(/north|-\d[02468]$/);
  });
});
