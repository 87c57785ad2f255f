import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Identity } from '../../platform/identity.ts';
import type { MappingOutcome } from '../../subgraphs/operations/ports.ts';
import type { Decision, DecisionOutcome } from '../../subgraphs/procurement/ports.ts';
import { ask, central, type Graph, northerner, openGraph } from '../support/graph.ts';

/** What the workflows would say; each test sets it. */
const said: { decision: DecisionOutcome; mapping: MappingOutcome } = {
  decision: { kind: 'NOT_FOUND' },
  mapping: { kind: 'REFUSED', reason: 'Only stewards map.' },
};
const heard: [Decision, Identity][] = [];
const decide = async (decision: Decision, identity: Identity): Promise<DecisionOutcome> => {
  heard.push([decision, identity]);
  return said.decision;
};

let graph: Graph;
beforeAll(async () => {
  graph = await openGraph({
    approvals: { approve: decide, reject: decide },
    stewardship: {
      approveMapping: async () => said.mapping,
      retryDeadLetter: async (id) =>
        id.endsWith('0') ? { kind: 'RETRIED' } : { kind: 'REFUSED', reason: 'It is done already.' },
    },
    itemSources: {
      of: async ({ itemId, facilityId }) => ({
        unavailable: false,
        checkedAt: '2026-11-23T12:00:00.000Z',
        sources: [
          {
            supplierId: 'sup-0',
            unitPrice: { amount: '2.500000', currency: 'USD' },
            contractNumber: `${itemId} at ${facilityId}`,
            minimumQuantity: null,
            validTo: '2026-12-31',
            system: 's4-main',
          },
        ],
      }),
    },
    budgets: {
      check: async ({ costCenterId, amount }) => ({
        verdict: amount === null ? 'AVAILABLE' : 'EXCEEDED',
        requested: amount,
        budget: { amount: '1000', currency: 'USD' },
        preEncumbered: null,
        encumbered: null,
        actual: null,
        available: null,
        checkedAt: '2026-11-23T12:00:00.000Z',
        budgetSource: { source: 'budgets.csv', asOf: '2026-01-01T00:00:00Z', stale: false },
        actualsSource: null,
        reason: `Asked for ${costCenterId}.`,
      }),
    },
  });
});
afterAll(() => graph.close());

const decision = (
  field: string,
) => `mutation { ${field}(input: { requisitionId: "req-20", version: 1, comment: "fine" }) {
  __typename
  ... on RequisitionApproved { requisition { id } }
  ... on ApprovalStepRecorded { requisition { id } waitingFor { role } }
  ... on RequisitionRejected { requisition { id } }
  ... on DecisionRefused { rule reason requisition { id } }
  ... on RequisitionChanged { requisition { version } expectedVersion }
  ... on RequisitionNotFound { requisitionId } } }`;

const inApproving = (field: string, source: string): string =>
  field === 'rejectRequisition'
    ? source.replace(/.*on (RequisitionApproved|ApprovalStepRecorded).*\n/g, '')
    : source.replace(/.*on RequisitionRejected.*\n/, '');

const requisition = { id: 'req-20' };
const refusal = { rule: 'ROLE_REQUIRED', reason: 'Ask a director.' } as const;

test.each<[string, DecisionOutcome, object]>([
  ['approveRequisition', { kind: 'APPROVED' }, { __typename: 'RequisitionApproved', requisition }],
  [
    'approveRequisition',
    { kind: 'STEP_RECORDED', waitingForStep: 2 },
    {
      __typename: 'ApprovalStepRecorded',
      requisition,
      waitingFor: { role: 'department-director' },
    },
  ],
  [
    'approveRequisition',
    { kind: 'REFUSED', refusal },
    { __typename: 'DecisionRefused', requisition, ...refusal },
  ],
  [
    'approveRequisition',
    { kind: 'CHANGED' },
    { __typename: 'RequisitionChanged', requisition: { version: 1 }, expectedVersion: 1 },
  ],
  [
    'approveRequisition',
    { kind: 'NOT_FOUND' },
    { __typename: 'RequisitionNotFound', requisitionId: 'req-20' },
  ],
  ['rejectRequisition', { kind: 'REJECTED' }, { __typename: 'RequisitionRejected', requisition }],
  [
    'rejectRequisition',
    { kind: 'REFUSED', refusal },
    { __typename: 'DecisionRefused', requisition, ...refusal },
  ],
  [
    'rejectRequisition',
    { kind: 'CHANGED' },
    { __typename: 'RequisitionChanged', requisition: { version: 1 }, expectedVersion: 1 },
  ],
  [
    'rejectRequisition',
    { kind: 'NOT_FOUND' },
    { __typename: 'RequisitionNotFound', requisitionId: 'req-20' },
  ],
])(
  '%s that comes out as %j answers in the words of the contract',
  async (field, outcome, expected) => {
    said.decision = outcome;
    const source = inApproving(field, decision(field));
    const { data, errors } = await ask(graph.subgraphs['procurement'], source, {
      identity: northerner,
    });
    expect(errors).toBeUndefined();
    expect(data?.[field]).toEqual(expected);
    expect(heard.at(-1)).toEqual([
      { requisitionId: 'req-20', version: 1, comment: 'fine' },
      northerner,
    ]);
  },
);

test('a decision on a requisition of another facility answers as if there were none', async () => {
  said.decision = { kind: 'REFUSED', refusal: { rule: 'OUTSIDE_FACILITY', reason: 'Not yours.' } };
  const source = inApproving('approveRequisition', decision('approveRequisition')).replace(
    'req-20',
    'req-21',
  );
  const { data } = await ask(graph.subgraphs['procurement'], source, { identity: northerner });
  expect(data?.['approveRequisition']).toEqual({
    __typename: 'RequisitionNotFound',
    requisitionId: 'req-21',
  });
});

const map = `mutation { approveMapping(input: { entity: ITEM, system: "ward-fhir", localId: "CODE-0", canonicalId: "item-00" }) {
  __typename ... on MappingApproved { localId canonicalId released { id } } ... on MappingRefused { reason } } }`;

test('approving a mapping names the exceptions that it settled', async () => {
  said.mapping = { kind: 'APPROVED', releasedExceptionIds: ['exc-0'] };
  const { data } = await ask(graph.subgraphs['operations'], map, { identity: central });
  expect(data?.['approveMapping']).toEqual({
    __typename: 'MappingApproved',
    localId: 'CODE-0',
    canonicalId: 'item-00',
    released: [{ id: 'exc-0' }],
  });
});

test('a refused mapping says why', async () => {
  said.mapping = { kind: 'REFUSED', reason: 'Only stewards map.' };
  const { data } = await ask(graph.subgraphs['operations'], map, { identity: northerner });
  expect(data?.['approveMapping']).toEqual({
    __typename: 'MappingRefused',
    reason: 'Only stewards map.',
  });
});

test.each([
  [
    '00000000-0000-4000-8000-000000000000',
    central,
    {
      __typename: 'DeadLetterRetried',
      deadLetter: { workflow: 'place-order', ownerRole: 'integration-architect' },
    },
  ],
  [
    '00000000-0000-4000-8000-000000000002',
    central,
    { __typename: 'DeadLetterRefused', reason: 'It is done already.' },
  ],
  [
    '00000000-0000-4000-8000-000000000001',
    northerner,
    { __typename: 'DeadLetterRefused', reason: expect.stringContaining('may not see') },
  ],
  [
    'no-uuid',
    central,
    { __typename: 'DeadLetterRefused', reason: expect.stringContaining('There is no dead letter') },
  ],
])('trying the dead letter %s again', async (id, identity, expected) => {
  const source = `mutation { retryDeadLetter(id: "${id}") {
    __typename ... on DeadLetterRetried { deadLetter { workflow ownerRole } } ... on DeadLetterRefused { reason } } }`;
  const { data, errors } = await ask(graph.subgraphs['operations'], source, { identity });
  expect(errors).toBeUndefined();
  expect(data?.['retryDeadLetter']).toEqual(expected);
});

test('approved sources come live, with their provenance', async () => {
  const source = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Item {
    approvedSources(facilityId: "north") { unavailable sources { supplier { id } unitPrice { amount } contractNumber validTo provenance { source asOf stale } } } } } }`;
  const variables = { r: [{ __typename: 'Item', id: 'item-00' }] };
  const { data } = await ask(graph.subgraphs['procurement'], source, {
    identity: central,
    variables,
  });
  expect(data?.['_entities']).toEqual([
    {
      approvedSources: {
        unavailable: false,
        sources: [
          {
            supplier: { id: 'sup-0' },
            unitPrice: { amount: '2.5' },
            contractNumber: 'item-00 at north',
            validTo: '2026-12-31',
            provenance: { source: 's4-main', asOf: '2026-11-23T12:00:00.000Z', stale: false },
          },
        ],
      },
    },
  ]);
});

const budgetOf = (id: string): string =>
  `{ validateBudget(costCenterId: "${id}", amount: { amount: "19.990", currency: "USD" }) {
    verdict reason requested { amount } budget { amount } budgetSource { source asOf } actualsSource { source } } }`;

test('a budget verdict comes with where its figures are from', async () => {
  const { data } = await ask(graph.subgraphs['erp'], budgetOf('cc-north'), {
    identity: northerner,
  });
  expect(data?.['validateBudget']).toEqual({
    verdict: 'EXCEEDED',
    reason: 'Asked for cc-north.',
    requested: { amount: '19.99' },
    budget: { amount: '1000' },
    budgetSource: { source: 'budgets.csv', asOf: '2026-01-01T00:00:00.000Z' },
    actualsSource: null,
  });
});

test.each(['cc-south', 'cc-nowhere'])(
  'the budget of %s, which the caller cannot see, is not asked for',
  async (id) => {
    const { errors } = await ask(graph.subgraphs['erp'], budgetOf(id), { identity: northerner });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  },
);

test("a cost centre's standing is read without an amount", async () => {
  const source = '{ costCenter(id: "cc-north") { budget { verdict requested { amount } } } }';
  const { data } = await ask(graph.subgraphs['erp'], source, { identity: northerner });
  expect(data?.['costCenter']).toEqual({ budget: { verdict: 'AVAILABLE', requested: null } });
});
