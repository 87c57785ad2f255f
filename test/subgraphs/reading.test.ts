import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execute, parse } from 'graphql';
import type { Event } from '../../platform/event.ts';
import { readGtin } from '../../subgraphs/erp/gtin.ts';
import { subscriptionFields } from '../../subgraphs/events/subgraph.ts';
import { displayStatus } from '../../subgraphs/procurement/display-status.ts';
import { judgeProvenance } from '../../subgraphs/provenance.ts';
import { ask, central, type Graph, northerner, openGraph } from '../support/graph.ts';
import { seededNow } from '../support/seed/seeded-words.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await openGraph();
});
afterAll(() => graph.close());

describe('a GTIN', () => {
  test.each([
    ['00614141007349', '00614141007349'],
    ['614141007349', '00614141007349'],
    ['4006381333931', '04006381333931'],
    ['73513537', '00000073513537'],
  ])('%s with a right check digit is read as %s', (text, gtin) =>
    expect(readGtin(text)).toBe(gtin),
  );

  test.each([
    '00614141007340',
    '4006381333932',
    '123',
    '',
    '0061414100734X',
    ' 614141007349',
    '614141007349 OR 1=1',
  ])('%j is refused', async (gtin) => {
    const source = 'query ($gtin: String!) { itemByGtin(gtin: $gtin) { id } }';
    const { errors } = await ask(graph.subgraphs['erp'], source, {
      identity: central,
      variables: { gtin },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('finds its item in a shorter form as well', async () => {
    const { data } = await ask(
      graph.subgraphs['erp'],
      '{ itemByGtin(gtin: "614141007349") { id } }',
      { identity: central },
    );
    expect(data).toEqual({ itemByGtin: { id: 'item-00' } });
  });
});

test('a record is as old as the last reading of its feed, and stale when the feed is silent', async () => {
  const source = '{ suppliers { edges { node { provenance { source asOf stale } } } } }';
  const { data } = await ask(graph.subgraphs['erp'], source, { identity: central });
  const confirmed = { source: 's4-main', asOf: '2026-11-23T12:00:00.000Z', stale: false };
  const silent = { source: 'tryton-main', asOf: '2026-11-21T00:00:00.000Z', stale: true };
  const edges = [confirmed, confirmed, silent].map((provenance) => ({ node: { provenance } }));
  expect(data).toEqual({ suppliers: { edges } });
});

const secondsAgo = (seconds: number): Date => new Date(seededNow.getTime() - seconds * 1000);
const feeds = { clinicalMs: 1_000, ordersMs: 20_000, mastersMs: 300_000, stockMs: 60_000 };

test.each([
  ['a row that no feed brings is never stale', 'suppliers', 1e6, null, false],
  ['a row of a feed just read is fresh, however old', 'orders', 1e6, 1, false],
  ['two missed readings are forgiven', 'orders', 1e6, 60, false],
  ['three missed readings are not', 'orders', 1e6, 61, true],
  ['a quick feed has ten seconds', 'supply-requests', 1e6, 10, false],
  ['a quick feed has no more than ten seconds', 'supply-requests', 1e6, 11, true],
  ['a row newer than the last reading counts itself', 'orders', 5, 1e6, false],
  ['stock says itself when it was read', 'stock', 180, null, false],
  ['stock that was not read again is stale', 'stock', 181, null, true],
] as const)('%s', (_, feed, changed, read, stale) => {
  const row = { source: 's4-main', asOf: secondsAgo(changed) };
  const readAt = read === null ? null : secondsAgo(read);
  const freshness = { clock: { now: () => seededNow }, feeds };
  expect(judgeProvenance(row, { feed, readAt }, freshness).stale).toBe(stale);
});

test.each([
  ['procurement', '{ purchaseOrder(id: "po-01") { id } }', 'purchaseOrder'],
  ['procurement', '{ requisition(id: "req-01") { id } }', 'requisition'],
  ['procurement', '{ receipt(id: "rcp-01") { id } }', 'receipt'],
  ['clinical', '{ supplyRequest(id: "sr-01") { id } }', 'supplyRequest'],
  ['clinical', '{ equipment(id: "eq-1") { id } }', 'equipment'],
  ['erp', '{ facility(id: "south") { id } }', 'facility'],
  ['erp', '{ department(id: "icu-south") { id } }', 'department'],
  ['erp', '{ costCenter(id: "cc-south") { id } }', 'costCenter'],
  ['erp', '{ invoice(id: "inv-01") { id } }', 'invoice'],
  ['inventory', '{ stockPosition(id: "stk-south-00") { id } }', 'stockPosition'],
  ['inventory', '{ shipment(id: "shp-01") { id } }', 'shipment'],
  ['operations', '{ trace(correlationId: "cor-01") { correlationId } }', 'trace'],
])('%s answers %s with null to those who may not see it', async (subgraph, source, field) => {
  const asked = graph.subgraphs[subgraph];
  expect((await ask(asked, source, { identity: northerner })).data).toEqual({ [field]: null });
  expect((await ask(asked, source, { identity: central })).data?.[field]).not.toBeNull();
});

test('a trace of nothing is null', async () => {
  const source = '{ trace(correlationId: "cor-99") { correlationId } }';
  const { data } = await ask(graph.subgraphs['operations'], source, { identity: central });
  expect(data).toEqual({ trace: null });
});

test('a trace shows what waits for somebody, and what came of the request', async () => {
  const source =
    '{ trace(correlationId: "cor-10") { startedAt openExceptions { message missingMapping { entity localId } } requisition { id nextAction { waitingOn } } purchaseOrders { id nextAction { waitingOn why } } } }';
  const { data } = await ask(graph.subgraphs['operations'], source, { identity: northerner });
  expect(data?.['trace']).toEqual({
    startedAt: '2026-11-04T08:00:00.000Z',
    openExceptions: [
      {
        message: 'Nobody has mapped CODE-0.',
        missingMapping: { entity: 'ITEM', localId: 'CODE-0' },
      },
    ],
    requisition: { id: 'req-10', nextAction: { waitingOn: 'steward' } },
    purchaseOrders: [
      { id: 'po-10', nextAction: { waitingOn: 'steward', why: 'Nobody has mapped CODE-0.' } },
    ],
  });
});

test('the viewer is who asks; systems are shown with what they are for', async () => {
  const source = '{ me { subject name roles } systemHealth { system purpose status latencyMs } }';
  const { data } = await ask(graph.subgraphs['operations'], source, { identity: northerner });
  expect(data).toEqual({
    me: { subject: 'u-max', name: 'Max', roles: ['nurse-manager'] },
    systemHealth: [{ system: 's4-main', purpose: 's4-main.', status: 'UP', latencyMs: 4 }],
  });
});

test.each([
  ['ISSUED', 'NONE', 'NONE', 'Issued'],
  ['ACKNOWLEDGED', 'PARTIAL', 'NONE', 'Partly received'],
  ['ACKNOWLEDGED', 'FULL', 'PARTIAL', 'Received'],
  ['ACKNOWLEDGED', 'FULL', 'FULL', 'Received and invoiced'],
  ['ACKNOWLEDGED', 'PARTIAL', 'OVER', 'Over-invoiced'],
  ['CANCELLED', 'PARTIAL', 'NONE', 'Cancelled'],
] as const)(
  'an order that is %s, %s received and %s invoiced reads "%s"',
  (documentStatus, receiptStatus, invoiceStatus, word) =>
    expect(displayStatus({ documentStatus, receiptStatus, invoiceStatus })).toBe(word),
);

const event: Event = {
  position: { xid: 1, seq: 1 },
  id: '00000000-0000-4000-8000-000000000001',
  type: 'PurchaseOrderStatusChanged',
  subjectType: 'PURCHASE_ORDER',
  subjectId: 'po-00',
  version: 3,
  correlationId: 'cor-00',
  facilityId: 'north',
  departmentId: 'icu-north',
  data: {
    documentType: 'PURCHASE_ORDER',
    axis: 'RECEIPT',
    from: 'NONE',
    to: 'PARTIAL',
    number: '4500000000',
    summary: '5 of 12 received',
    requisitionId: 'req-00',
  },
  occurredAt: '2026-11-22T09:00:00.000Z',
  recordedAt: '2026-11-22T09:00:01.000Z',
};

const field = (name: string) => {
  const found = subscriptionFields.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no field ${name}.`);
  return found;
};

describe('a pushed status change', () => {
  test('of any document is answered from its event alone', async () => {
    const source =
      'subscription { change: documentStatusChanged { id type documentType documentId number from to summary documentVersion occurredAt facility { id } requisition { id } purchaseOrder { id } receipt { id } } }';
    const subgraph = graph.subgraphs['events'];
    if (subgraph === undefined) throw new Error('There is no events subgraph.');
    const result = await execute({
      schema: subgraph.schema,
      document: parse(source),
      rootValue: field('documentStatusChanged').toRoot(event),
    });
    expect(JSON.parse(JSON.stringify(result))).toEqual({
      data: {
        change: {
          id: event.id,
          type: 'PurchaseOrderStatusChanged',
          documentType: 'PURCHASE_ORDER',
          documentId: 'po-00',
          number: '4500000000',
          from: 'NONE',
          to: 'PARTIAL',
          summary: '5 of 12 received',
          documentVersion: 3,
          occurredAt: '2026-11-22T09:00:00.000Z',
          facility: { id: 'north' },
          requisition: { id: 'req-00' },
          purchaseOrder: { id: 'po-00' },
          receipt: null,
        },
      },
    });
  });

  test('of an order names the axis that moved', () =>
    expect(field('purchaseOrderStatusChanged').toRoot(event)).toMatchObject({
      purchaseOrderStatusChanged: { axis: 'RECEIPT', purchaseOrder: { id: 'po-00' } },
    }));

  test('is filtered by equal values of its keys', () => {
    const filter = {
      documentTypes: ['RECEIPT', 'INVOICE'],
      facilityId: 'north',
      departmentId: null,
    };
    expect(field('documentStatusChanged').filter({ filter, after: 'c1' })).toEqual({
      equals: { documentType: ['RECEIPT', 'INVOICE'], facilityId: ['north'] },
      after: 'c1',
    });
    expect(
      field('purchaseOrderStatusChanged').filter({ filter: { purchaseOrderId: 'po-00' } }),
    ).toEqual({
      equals: { documentType: ['PURCHASE_ORDER'], documentId: ['po-00'] },
      after: null,
    });
    expect(field('documentStatusChanged').keys(event)).toEqual({
      documentType: 'PURCHASE_ORDER',
      documentId: 'po-00',
      facilityId: 'north',
      departmentId: 'icu-north',
      correlationId: 'cor-00',
    });
  });

  test.each([
    ['north', northerner, true],
    ['south', northerner, false],
    [null, northerner, false],
    [null, central, true],
  ])('at %s may be read by %j: %s', (facilityId, identity, expected) => {
    for (const one of subscriptionFields)
      expect(one.mayRead({ ...event, facilityId }, identity)).toBe(expected);
  });

  test('of another kind of document is no change of an order', () =>
    expect(field('purchaseOrderStatusChanged').shows({ ...event, subjectType: 'RECEIPT' })).toBe(
      false,
    ));
});
