import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Identity } from '../../platform/identity.ts';
import { ask, central, type Graph, northerner, openGraph } from '../support/graph.ts';

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

let graph: Graph;
beforeAll(async () => {
  graph = await openGraph();
});
afterAll(() => graph.close());

const auditor: Identity = { ...northerner, roles: ['auditor'] };

const pageOf = async (
  list: { readonly subgraph: string; readonly field: string; readonly args?: string },
  identity: Identity,
  paging: string,
): Promise<Page> => {
  const args = [paging, list.args ?? ''].filter((one) => one !== '').join(', ');
  const source = `{ list: ${list.field}(${args}) { edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`;
  const { data, errors } = await ask(graph.subgraphs[list.subgraph], source, { identity });
  expect(errors).toBeUndefined();
  return data?.['list'] as Page;
};

const idsOf = (page: Page): string[] => page.edges.map(({ node }) => node.id);

const walk = async (
  list: Parameters<typeof pageOf>[0],
  identity: Identity,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: Page = await pageOf(
      list,
      identity,
      `first: 3${after === null ? '' : `, after: "${after}"`}`,
    );
    ids.push(...idsOf(page));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return ids;
};

const lists = [
  { subgraph: 'procurement', field: 'requisitions', all: 30, north: 15 },
  { subgraph: 'procurement', field: 'purchaseOrders', all: 20, north: 10 },
  { subgraph: 'clinical', field: 'supplyRequests', all: 30, north: 15 },
  { subgraph: 'clinical', field: 'equipments', all: 5, north: 2 },
  { subgraph: 'erp', field: 'facilities', all: 2, north: 1 },
  { subgraph: 'erp', field: 'suppliers', all: 3, north: 3 },
  { subgraph: 'erp', field: 'items', all: 12, north: 12 },
  { subgraph: 'erp', field: 'invoices', all: 10, north: 5 },
  { subgraph: 'inventory', field: 'stockPositions', all: 24, north: 12 },
  { subgraph: 'operations', field: 'exceptions', all: 3, north: 1 },
  { subgraph: 'operations', field: 'deadLetters', all: 3, north: 2 },
  { subgraph: 'operations', field: 'auditEntries', all: 3, north: 2 },
];

describe.each(lists)('the list $field', (list) => {
  test('walked in pages of three gives what one page gives, in the same order, each once', async () => {
    const whole = idsOf(await pageOf(list, central, 'first: 200'));
    expect(whole).toHaveLength(list.all);
    expect(new Set(whole).size).toBe(list.all);
    expect(await walk(list, central)).toEqual(whole);
  });

  test('shows only the rows of the facilities that the caller may see, in the page and in the count', async () => {
    const page = await pageOf(list, auditor, 'first: 200');
    expect([page.edges.length, page.totalCount]).toEqual([list.north, list.north]);
    const whole = idsOf(await pageOf(list, central, 'first: 200'));
    expect(idsOf(page)).toEqual(whole.filter((id) => idsOf(page).includes(id)));
  });

  test.each([0, -1, 201])('refuses a page of %i entries and names the limit', async (first) => {
    const source = `{ ${list.field}(first: ${first}) { totalCount } }`;
    const { errors } = await ask(graph.subgraphs[list.subgraph], source, { identity: central });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(errors?.[0]?.message).toContain('between 1 and 200');
  });

  test('refuses a cursor that is not its own', async () => {
    const other = list.field === 'items' ? 'facilities' : 'items';
    const foreign = (await pageOf({ subgraph: 'erp', field: other }, central, 'first: 1')).edges[0]
      ?.cursor;
    for (const after of [
      'nonsense',
      '',
      foreign,
      Buffer.from(JSON.stringify([list.field, 'x', 1])).toString('base64url'),
    ]) {
      const source = `{ ${list.field}(after: "${after}") { totalCount } }`;
      const { errors } = await ask(graph.subgraphs[list.subgraph], source, { identity: central });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  test('counts only when asked, with one more statement', async () => {
    const run = (fields: string) => () =>
      ask(graph.subgraphs[list.subgraph], `{ ${list.field} { ${fields} } }`, { identity: central });
    expect(await graph.statementsOf(run('pageInfo { endCursor }'))).toHaveLength(1);
    expect(await graph.statementsOf(run('totalCount'))).toHaveLength(2);
  });
});

test('a page after a cursor is the same when newer entries came in between', async () => {
  const list = { subgraph: 'procurement', field: 'purchaseOrders' };
  const { endCursor } = (await pageOf(list, central, 'first: 5')).pageInfo;
  const before = idsOf(await pageOf(list, central, `first: 5, after: "${endCursor}"`));
  await graph.database.pool.query(
    `insert into hub.purchase_order (id, number, system, correlation_id, supplier_id, facility_id, document_status, currency, total, issued_at, source)
     values ('po-new', 'NEW', 's4-main', 'cor-new', 'sup-0', 'north', 'ISSUED', 'USD', 1, '2026-11-22', 's4-main')`,
  );
  const after = idsOf(await pageOf(list, central, `first: 5, after: "${endCursor}"`));
  await graph.database.pool.query(`delete from hub.purchase_order where id = 'po-new'`);
  expect(after).toEqual(before);
});

const two = (n: number): string => String(n).padStart(2, '0');
const numbers = (prefix: string, keep: (n: number) => boolean, to: number): string[] =>
  Array.from({ length: to }, (_, n) => n)
    .filter(keep)
    .map((n) => `${prefix}-${two(n)}`);

test.each<[subgraph: string, field: string, args: string, expected: string[]]>([
  [
    'procurement',
    'purchaseOrders',
    'filter: { supplierId: "sup-1" }',
    numbers('po', (n) => n % 3 === 1, 20),
  ],
  [
    'procurement',
    'purchaseOrders',
    'filter: { facilityId: "south", receiptStatuses: [PARTIAL] }',
    numbers('po', (n) => n % 2 === 1, 10),
  ],
  [
    'procurement',
    'purchaseOrders',
    'filter: { itemId: "item-05" }',
    numbers('po', (n) => [4, 3, 16, 15].includes(n), 20),
  ],
  ['procurement', 'purchaseOrders', 'filter: { documentStatuses: [] }', []],
  [
    'procurement',
    'requisitions',
    'filter: { statuses: [PENDING_APPROVAL], departmentId: "icu-north" }',
    numbers('req', (n) => n >= 20 && n % 2 === 0, 30),
  ],
  ['procurement', 'requisitions', 'filter: { correlationId: "cor-07" }', ['req-07']],
  ['procurement', 'requisitions', 'filter: { inFlight: false }', []],
  ['clinical', 'supplyRequests', 'filter: { intake: PARKED }', []],
  ['clinical', 'supplyRequests', 'filter: { correlationId: "cor-03" }', ['sr-03']],
  ['clinical', 'equipments', 'facilityId: "south"', ['eq-1', 'eq-3']],
  ['erp', 'suppliers', 'search: "100%"', ['sup-1']],
  ['erp', 'suppliers', 'search: "v-1001"', ['sup-0']],
  ['erp', 'suppliers', 'search: "%"', ['sup-1']],
  ['erp', 'suppliers', 'status: ON_HOLD', ['sup-2']],
  ['erp', 'items', 'search: "CAT_1"', ['item-01', 'item-10', 'item-11']],
  ['erp', 'items', 'search: "0061414100"', ['item-00']],
  ['erp', 'invoices', 'filter: { purchaseOrderId: "po-04", statuses: [RECEIVED] }', ['inv-04']],
  [
    'inventory',
    'stockPositions',
    'filter: { itemId: "item-02" }',
    ['stk-north-02', 'stk-south-02'],
  ],
  ['operations', 'exceptions', 'filter: { status: RESOLVED }', []],
  [
    'operations',
    'exceptions',
    'filter: { kind: MISSING_MAPPING, correlationId: "cor-10" }',
    ['exc-0'],
  ],
])('%s.%s(%s) keeps what it names', async (subgraph, field, args, expected) => {
  const page = await pageOf({ subgraph, field, args }, central, 'first: 200');
  expect(new Set(idsOf(page))).toEqual(new Set(expected));
  expect(page.totalCount).toBe(expected.length);
});

test('approvals wait for the role of the first open step, longest waiting first, and never for who asked', async () => {
  const list = { subgraph: 'procurement', field: 'approvalsWaitingForMe' };
  const asNorthern = await walk(list, northerner);
  expect(asNorthern).toEqual(numbers('req', (n) => n >= 20 && n % 2 === 0, 30));
  expect(await walk(list, { ...northerner, roles: ['department-director'] })).toEqual([]);
  expect(await walk(list, { ...northerner, subject: 'u-nora' })).toEqual([]);
});

test('the audit trail is refused to everybody but auditors and integration architects', async () => {
  const source = '{ auditEntries { totalCount } }';
  const { errors } = await ask(graph.subgraphs['operations'], source, { identity: northerner });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});
