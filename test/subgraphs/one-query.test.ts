import { ApolloGateway, type GraphQLDataSource, LocalGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localClient } from '../../gateway/clients/local-client.ts';
import type { GatewayRequest } from '../../gateway/request.ts';
import type { Identity } from '../../platform/identity.ts';
import { composeSupergraph } from '../../schema/compose.ts';
import type { Subgraph } from '../../subgraphs/build-subgraph.ts';
import type { Context } from '../../subgraphs/context.ts';
import { central, contextOf, type Graph, northerner, openGraph } from '../support/graph.ts';

let graph: Graph;
const servers = new Map<string, ApolloServer<Context>>();

/** A data source as the gateway runs subgraphs in its own process: with compiled operations. */
const compiled = ({ name, schema }: Subgraph): GraphQLDataSource<Context> => {
  const contextFor = ({ identity, signal }: GatewayRequest): Context => {
    if (identity === null) throw new Error('Nobody asks.');
    return { identity, signal };
  };
  const client = localClient({ name, schema, contextFor });
  return {
    process: async ({ request, context }) => {
      const { identity, signal } = context as Context;
      const operation = request.query ?? '';
      const variables = JSON.stringify(request.variables ?? {});
      const fetch = { operation, operationName: undefined, kind: 'query', variables } as const;
      const deadlineAt = performance.now() + 10_000;
      return await client.send(fetch, { identity, signal, forward: {}, deadlineAt });
    },
  };
};

const interpreted = ({ schema }: Subgraph): GraphQLDataSource<Context> =>
  new LocalGraphQLDataSource(schema);

const sources = { interpreted, compiled };
type How = keyof typeof sources;
const ways: readonly How[] = ['interpreted', 'compiled'];

beforeAll(async () => {
  graph = await openGraph();
  for (const how of ways) {
    const gateway = new ApolloGateway({
      supergraphSdl: composeSupergraph((name) => `local://${name}`),
      buildService: ({ name }) => {
        const subgraph = graph.subgraphs[name];
        if (subgraph === undefined) throw new Error(`There is no subgraph ${name}.`);
        return sources[how](subgraph);
      },
    });
    const server = new ApolloServer<Context>({ gateway, stopOnTerminationSignals: false });
    await server.start();
    servers.set(how, server);
  }
});
afterAll(async () => {
  for (const server of servers.values()) await server.stop();
  await graph.close();
});

/** An order with everything around it, over five subgraphs and three kinds of source. */
const oneQuery = `query OrderInFull($first: Int) {
  purchaseOrders(first: $first) {
    edges { node {
      id number displayStatus total { amount currency } provenance { source stale }
      nextAction { waitingOn action dueAt }
      supplier { name externalIds { system value } }
      facility { name financeSystem }
      department { name costCenter { code } }
      lines { quantity { value unit } item { description externalIds { system value } stockPositions { onHand { value } facility { name } } } }
      requisition {
        number approvalSteps { role status } nextAction { waitingOn }
        clinicalOrigin { clinicalRequestRef status priority item { description } }
      }
      receipts { number lines { quantity { value } } nextAction { waitingOn } }
      invoices { number total { amount } nextAction { waitingOn } }
      shipments { number shippedAt }
      trace { startedAt steps { step system attempts outcome problem } milestones { type } }
    } }
    totalCount
  } }`;

interface Answer {
  readonly purchaseOrders: {
    readonly edges: readonly { readonly node: Record<string, unknown> }[];
    readonly totalCount: number;
  };
}

const run = async (how: How, first: number, identity: Identity): Promise<Answer> => {
  const server = servers.get(how);
  if (server === undefined) throw new Error(`No gateway is ${how}.`);
  const { body } = await server.executeOperation(
    { query: oneQuery, variables: { first } },
    { contextValue: contextOf(identity) },
  );
  if (body.kind !== 'single') throw new Error('The answer came in parts.');
  expect(body.singleResult.errors).toBeUndefined();
  return JSON.parse(JSON.stringify(body.singleResult.data));
};

describe.each(ways)('over %s subgraphs', (how) => {
  test('one query joins an order with all that belongs to it, from every system', async () => {
    const { purchaseOrders } = await run(how, 200, central);
    const order = purchaseOrders.edges.find(({ node }) => node['id'] === 'po-00')?.node;
    expect(order).toMatchObject({
      displayStatus: 'Partly received',
      total: { amount: '60', currency: 'USD' },
      provenance: { source: 's4-main', stale: false },
      nextAction: { waitingOn: 'supplier', action: 'Deliver', dueAt: '2026-12-01T23:59:59.000Z' },
      supplier: {
        name: 'Acme',
        externalIds: [
          { system: 's4-main', value: '10100001' },
          { system: 'tryton-main', value: 'V-1001' },
        ],
      },
      facility: { name: 'north hospital', financeSystem: 's4-main' },
      department: { name: 'Intensive care', costCenter: { code: '1000-north' } },
      requisition: {
        number: 'R-00',
        approvalSteps: [
          { role: 'nurse-manager', status: 'APPROVED' },
          { role: 'department-director', status: 'APPROVED' },
        ],
        clinicalOrigin: [
          {
            clinicalRequestRef: 'ref-0',
            status: 'entered_in_error',
            item: { description: 'Catheter 01' },
          },
        ],
      },
      receipts: [
        {
          number: '5000000000',
          lines: [{ quantity: { value: '5' } }],
          nextAction: { waitingOn: 'supplier' },
        },
      ],
      invoices: [
        {
          number: 'INV-00',
          total: { amount: '30' },
          nextAction: { waitingOn: 'accounts-payable' },
        },
      ],
      shipments: [{ number: 'ASN-00', shippedAt: '2026-11-20T09:00:00.000Z' }],
      trace: {
        steps: [
          {
            step: 'place',
            system: 's4-main',
            attempts: 2,
            outcome: 'OK',
            problem: 'transient: 503',
          },
          { step: 'record', system: null, attempts: 1, outcome: 'OK', problem: null },
        ],
        milestones: [{ type: 'RequisitionSubmitted' }],
      },
    });
  });

  test('the number of statements does not grow with the page', async () => {
    const few = await graph.statementsOf(() => run(how, 12, central));
    const many = await graph.statementsOf(() => run(how, 20, central));
    expect(many).toHaveLength(few.length);
    // One for each kind of record and level of the query: twelve orders are enough to have every kind.
    // The compiled client has loaders for each fetch rather than for the whole operation.
    expect(many).toHaveLength(how === 'interpreted' ? 29 : 32);
  });

  test('nothing of another facility is joined in', async () => {
    const { purchaseOrders } = await run(how, 200, northerner);
    expect(purchaseOrders.totalCount).toBe(10);
    const text = JSON.stringify(purchaseOrders);
    expect(text).toContain('north hospital');
    expect(text).not.toContain('south');
  });
});
