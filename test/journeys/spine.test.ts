import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { inboundKey } from '../../gateway/http/inbound-routes.ts';
import { freePort } from '../../platform/free-port.ts';
import { hl7Wish, storeResource, toSupplyRequest } from '../../simulation/ward.ts';
import { freshDatabase } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { type Ask, approveAll, asker } from './ask.ts';
import { type HubProcess, startHubProcess } from './hub-process.ts';
import { startSystems } from './simulated-systems.ts';

const secret = 'a secret of the tests, 32 characters';

interface Change {
  readonly type: string;
  readonly to: string;
  readonly correlationId: string | null;
  readonly purchaseOrder: { readonly number: string } | null;
}

interface Order {
  readonly number: string;
  readonly displayStatus: string;
  readonly documentStatus: string;
  readonly receiptStatus: string;
  readonly supplier: { readonly name: string };
  readonly facility: { readonly name: string; readonly financeSystem: string };
  readonly requisition: {
    readonly clinicalOrigin: readonly { readonly itemCode: string }[];
    readonly approvalSteps: readonly { readonly role: string; readonly status: string }[];
  };
  readonly lines: readonly {
    readonly quantity: { readonly value: string };
    readonly receivedQuantity: { readonly value: string };
    readonly item: { readonly description: string };
    readonly acknowledgement: { readonly status: string } | null;
  }[];
  readonly receipts: readonly { readonly number: string }[];
  readonly shipments: readonly { readonly number: string }[];
  readonly nextAction: { readonly waitingOn: string } | null;
  readonly trace: { readonly steps: readonly { readonly step: string; readonly system: string }[] };
  readonly provenance: { readonly source: string; readonly stale: boolean };
}

const orderQuery = `query ($correlationId: ID) {
  purchaseOrders(filter: { correlationId: $correlationId }) { edges { node {
    number displayStatus documentStatus receiptStatus
    supplier { name } facility { name financeSystem }
    requisition { clinicalOrigin { itemCode } approvalSteps { role status } }
    lines { quantity { value } receivedQuantity { value } item { description } acknowledgement { status } }
    receipts { number } shipments { number } nextAction { waitingOn }
    trace { steps { step system } } provenance { source stale }
  } } } }`;

let systems: Awaited<ReturnType<typeof startSystems>>;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let dataDir: string;
let hub: HubProcess;
let ask: Ask;
let client: Client;
const changes: Change[] = [];

beforeAll(async () => {
  const port = String(await freePort());
  const key = inboundKey(secret, 'x12', 'edi-network');
  systems = await startSystems(`http://127.0.0.1:${port}/inbound/x12/edi-network?key=${key}`);
  database = await freshDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'syncline spine '));
  hub = await startHubProcess({
    ...systems.env,
    HUB_SECRET: secret,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: port,
  });
  ask = await asker(hub.url);
  const people = (await (await fetch(`${hub.url}/demo/personas`)).json()) as {
    key: string;
    token: string;
  }[];
  const token = people.find(({ key: name }) => name === 'ira')?.token;
  client = createClient({
    url: `${hub.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  client.subscribe<{ documentStatusChanged: Change }>(
    {
      query: `subscription { documentStatusChanged {
        type to correlationId purchaseOrder { number } } }`,
    },
    {
      next: ({ data }) => {
        if (data !== null && data !== undefined) changes.push(data.documentStatusChanged);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
}, 60_000);

afterAll(async () => {
  await client.dispose();
  await hub.stop();
  await systems.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const pushed = (type: string, correlationId?: string): Change | undefined =>
  changes.find(
    (change) =>
      change.type === type &&
      (correlationId === undefined || change.correlationId === correlationId),
  );

const orderOf = async (correlationId: string): Promise<Order> => {
  const { purchaseOrders } = await ask<{ purchaseOrders: { edges: { node: Order }[] } }>(
    'ira',
    orderQuery,
    { correlationId },
  );
  const [edge] = purchaseOrders.edges;
  if (edge === undefined) throw new Error(`No order belongs to ${correlationId}.`);
  return edge.node;
};

/** Lets people approve until an order was issued for the request that was pushed after the given ones. */
const untilIssued = async (before: number): Promise<Change> => {
  let issued: Change | undefined;
  await until(async () => {
    await approveAll(ask);
    issued = changes.slice(before).find(({ type }) => type === 'PurchaseOrderIssued');
    return issued !== undefined;
  }, 20_000);
  if (issued === undefined) throw new Error('No order was issued.');
  return issued;
};

describe('a ward’s request becomes an order over real protocols', () => {
  test.each([
    ['SAP S/4HANA', 'facility-010001', () => systems.s4, hl7Wish, 'BlueTubes'],
    [
      'Tryton',
      'facility-010005',
      () => systems.tryton,
      () =>
        toSupplyRequest(
          {
            place: 'Location/010005-icu',
            itemCode: 'W-003',
            itemText: 'as the ward calls it',
            quantity: 10,
            basket: 'spine-tryton',
            priority: 'urgent',
            requester: 'Nora Quinn, RN',
          },
          new Date(),
        ),
      'W-003',
    ],
  ])(
    'through %s, and every step is pushed',
    async (...[, , erp, wish, itemCode]) => {
      const before = changes.length;
      await storeResource(systems.fhir.url, wish());
      const { correlationId } = await untilIssued(before);
      const issued = await orderOf(correlationId ?? '');
      const booked = erp()
        .ledger()
        .filter(({ number }) => number === issued.number);
      expect(booked).toHaveLength(1);

      await until(() => systems.supplier.ledger().some(({ number }) => number === issued.number));
      systems.supplier.acknowledge(issued.number);
      await until(() => pushed('PurchaseOrderAcknowledged', correlationId ?? '') !== undefined);
      systems.supplier.ship(issued.number, 1);
      await until(() => pushed('ShipmentAnnounced', correlationId ?? '') !== undefined);
      erp().receive(issued.number, [
        { lineNumber: booked[0]?.lines[0]?.lineNumber ?? 1, quantity: '4' },
      ]);
      await until(() => pushed('GoodsReceived', correlationId ?? '') !== undefined, 20_000);
      await until(async () => (await orderOf(correlationId ?? '')).receiptStatus === 'PARTIAL');

      const order = await orderOf(correlationId ?? '');
      expect(order).toMatchObject({
        documentStatus: 'ACKNOWLEDGED',
        receiptStatus: 'PARTIAL',
        requisition: {
          clinicalOrigin: [{ itemCode }],
          approvalSteps: expect.arrayContaining([{ role: 'nurse-manager', status: 'APPROVED' }]),
        },
        receipts: [{ number: expect.any(String) }],
        shipments: [{ number: expect.any(String) }],
        nextAction: { waitingOn: expect.any(String) },
        provenance: { stale: false },
      });
      expect(order.lines[0]).toMatchObject({
        quantity: { value: '10' },
        receivedQuantity: { value: '4' },
        acknowledgement: { status: 'ACCEPTED' },
      });
      expect(order.trace.steps.length).toBeGreaterThan(3);
      // The supplier got a functional acknowledgement for each of its documents.
      await until(() => systems.supplier.acknowledgements().length >= 2);
      expect(systems.supplier.acknowledgements().every(({ accepted }) => accepted)).toBe(true);
    },
    60_000,
  );

  test('the ward’s application is told what became of its request', async () => {
    await until(async () => (await systems.fhir.resources('SupplyDelivery')).length >= 2);
    const requests = await systems.fhir.resources('SupplyRequest');
    expect(JSON.stringify(requests)).toMatch(/4 of 10/);
  });

  test('a code that nobody has mapped parks the request and names what is missing; the steward’s word releases it', async () => {
    const before = changes.length;
    await storeResource(
      systems.fhir.url,
      toSupplyRequest(
        {
          place: 'Location/010007-or',
          itemCode: 'W-UNKNOWN-1',
          itemText: 'something new',
          quantity: 2,
          basket: 'spine-unmapped',
          priority: 'routine',
          requester: 'Sam Okafor, RN',
        },
        new Date(),
      ),
    );
    await until(() => changes.slice(before).some(({ type }) => type === 'ExceptionRaised'));
    const { exceptions, items } = await ask<{
      exceptions: { edges: { node: { ownerRole: string; missingMapping: object } }[] };
      items: { edges: { node: { id: string } }[] };
    }>(
      'stef',
      `{ exceptions(filter: { status: OPEN, kind: MISSING_MAPPING }) {
           edges { node { ownerRole missingMapping { entity system localId } } } }
         items(first: 1) { edges { node { id } } } }`,
    );
    const missing = { entity: 'ITEM', system: 'wards', localId: 'W-UNKNOWN-1' };
    expect(exceptions.edges).toEqual([{ node: { ownerRole: 'steward', missingMapping: missing } }]);
    const input = { ...missing, canonicalId: items.edges[0]?.node.id };
    const mapping = `mutation ($input: ApproveMappingInput!) { approveMapping(input: $input) { __typename } }`;
    expect(await ask('stef', mapping, { input })).toEqual({
      approveMapping: { __typename: 'MappingApproved' },
    });
    await untilIssued(before);
  }, 40_000);

  test('a document that is not usable is kept, waits for its owner, and stops nobody', async () => {
    const before = changes.length;
    await storeResource(systems.fhir.url, {
      ...hl7Wish(),
      identifier: [{ value: 'broken' }],
      priority: 'yesterday',
    });
    await until(() => changes.slice(before).some(({ type }) => type === 'ExceptionRaised'));
    const { exceptions } = await ask<{ exceptions: { edges: { node: { message: string } }[] } }>(
      'stef',
      '{ exceptions(filter: { status: OPEN, kind: MALFORMED_DOCUMENT }) { edges { node { message } } } }',
    );
    expect(exceptions.edges[0]?.node.message).toMatch(/priority/);
  }, 30_000);
});
