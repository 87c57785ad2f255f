import { afterEach, describe, expect, test } from '@jest/globals';
import { wardRequest } from './fake-hospital.ts';
import {
  bob,
  david,
  eventually,
  type HubUnderTest,
  maria,
  startHubUnderTest,
  stella,
} from './hub-under-test.ts';

let hub: HubUnderTest;
afterEach(() => hub.close());

const exceptionOf = async (kind: string) => {
  const rows = await eventually(hub.exceptions, (all) => all.some((each) => each.kind === kind));
  return rows.find((each) => each.kind === kind);
};

describe('a code that nobody has mapped', () => {
  test('parks the request by name, lets its neighbours pass, and a steward sends it on', async () => {
    hub = await startHubUnderTest();
    hub.wards.documents.push(
      wardRequest({ localId: 'a', itemCode: 'W-9', itemText: 'Blue tubes' }),
      wardRequest({ localId: 'b' }),
    );
    await hub.requisitionThat('PENDING_APPROVAL');
    const exception = await exceptionOf('MISSING_MAPPING');
    expect(exception).toMatchObject({
      ownerRole: 'steward',
      missingEntity: 'ITEM',
      missingSystem: 'wards',
      missingLocalId: 'W-9',
      status: 'OPEN',
    });
    const mapping = {
      entity: 'ITEM',
      system: 'wards',
      localId: 'W-9',
      canonicalId: 'item-bt-blue-tubes',
    } as const;
    expect(await hub.workflows.stewardship.approveMapping(mapping, maria)).toMatchObject({
      kind: 'REFUSED',
    });
    expect(
      await hub.workflows.stewardship.approveMapping(
        { ...mapping, canonicalId: 'item-of-dreams' },
        stella,
      ),
    ).toMatchObject({ kind: 'REFUSED' });
    expect(await hub.workflows.stewardship.approveMapping(mapping, stella)).toEqual({
      kind: 'APPROVED',
      releasedExceptionIds: [exception?.id],
    });
    const rows = await eventually(
      hub.requisitions,
      (all) => all.filter(({ status }) => status === 'PENDING_APPROVAL').length === 2,
    );
    // Its source has no contract: the route asks the buyer as well.
    const offContract = rows.find((row) => row.offContract);
    const steps = await hub.db
      .selectFrom('hub.approvalStep')
      .select(['role', 'rule'])
      .where('requisitionId', '=', offContract?.id ?? '')
      .orderBy('stepNumber')
      .execute();
    expect(steps).toEqual([
      { role: 'nurse-manager', rule: 'spend-threshold@1' },
      { role: 'buyer', rule: 'spend-threshold@1/off-contract' },
    ]);
    expect(await exceptionOf('MISSING_MAPPING')).toMatchObject({ status: 'RESOLVED' });
  });

  test('of a supplier holds the requisition until it is mapped', async () => {
    hub = await startHubUnderTest();
    const [source] = hub.erp.sources;
    if (source === undefined) throw new Error('The fake has a source.');
    hub.erp.sources = [{ ...source, supplierLocalId: 'S9' }];
    hub.wards.documents.push(wardRequest({ localId: 'a' }));
    expect(await exceptionOf('MISSING_MAPPING')).toMatchObject({
      missingEntity: 'SUPPLIER',
      missingSystem: 'erp',
      missingLocalId: 'S9',
    });
    expect((await hub.requisitions())[0]).toMatchObject({ status: 'VALIDATING', total: null });
    await hub.workflows.stewardship.approveMapping(
      { entity: 'SUPPLIER', system: 'erp', localId: 'S9', canonicalId: 'supplier-beta-care' },
      stella,
    );
    expect(await hub.requisitionThat('PENDING_APPROVAL')).toMatchObject({ total: '125.00' });
  });
});

describe('the budget', () => {
  test('that could not be read lets the requisition wait, with the verdict as evidence', async () => {
    hub = await startHubUnderTest();
    hub.erp.position = 'AWAY';
    hub.wards.documents.push(wardRequest({ localId: 'a' }));
    expect(await exceptionOf('BUDGET_UNAVAILABLE')).toMatchObject({ status: 'OPEN' });
    expect((await hub.requisitions())[0]).toMatchObject({
      status: 'VALIDATING',
      budgetCheck: { verdict: 'UNAVAILABLE', actual: null, reason: 'erp does not answer.' },
    });
  });

  test('that could not be read sends the requisition back where policy says so', async () => {
    hub = await startHubUnderTest({ policy: { onUnavailable: 'BLOCK' } });
    hub.erp.position = 'AWAY';
    hub.wards.documents.push(wardRequest({ localId: 'a' }));
    expect(await hub.requisitionThat('RETURNED')).toMatchObject({ endedBy: 'budget policy' });
  });

  test('that is exceeded asks one role more where policy says so', async () => {
    hub = await startHubUnderTest({ budget: '100' });
    hub.wards.documents.push(wardRequest({ localId: 'a' }));
    const { id, version } = await hub.requisitionThat('PENDING_APPROVAL');
    const decision = { requisitionId: id, version, comment: null };
    expect(await hub.workflows.approvals.approve(decision, bob)).toMatchObject({
      refusal: { rule: 'ROLE_REQUIRED' },
    });
    expect(await hub.workflows.approvals.approve(decision, maria)).toEqual({
      kind: 'STEP_RECORDED',
      waitingForStep: 2,
    });
    expect(await hub.workflows.approvals.approve(decision, david)).toEqual({ kind: 'CHANGED' });
    expect(
      await hub.workflows.approvals.approve({ ...decision, version: version + 1 }, david),
    ).toEqual({ kind: 'APPROVED' });
    await hub.requisitionThat('ORDERED');
  });

  test('that nobody granted lets the requisition wait', async () => {
    hub = await startHubUnderTest({ budget: null });
    hub.wards.documents.push(wardRequest({ localId: 'a' }));
    expect(await exceptionOf('BUDGET_EXCEEDED')).toMatchObject({
      ownerRole: 'department-director',
    });
    expect((await hub.requisitions())[0]?.budgetCheck).toMatchObject({ verdict: 'NO_BUDGET' });
  });

  test('counts what other requisitions hold', async () => {
    hub = await startHubUnderTest({ budget: '200', policy: { onExceeded: 'PARK' } });
    hub.wards.documents.push(wardRequest({ localId: 'a' }));
    await hub.requisitionThat('PENDING_APPROVAL');
    hub.wards.documents.push(wardRequest({ localId: 'b' }));
    expect((await exceptionOf('BUDGET_EXCEEDED'))?.message).toContain('75 USD is available');
  });
});

test('a document that cannot be used is kept and put before a steward, and nothing else stops', async () => {
  hub = await startHubUnderTest();
  hub.wards.documents.push(
    {
      kind: 'UNUSABLE',
      localId: 'x',
      versionId: '1',
      screened: '{"resourceType":"SupplyRequest"}',
      problems: ['SupplyRequest.quantity is missing: say how many.'],
    },
    wardRequest({ localId: 'a' }),
  );
  await hub.requisitionThat('PENDING_APPROVAL');
  const exception = await exceptionOf('MALFORMED_DOCUMENT');
  expect(exception?.message).toContain('SupplyRequest.quantity is missing');
  const raw = await hub.db
    .selectFrom('hub.rawDocument')
    .select(['content', 'verdict'])
    .where('id', '=', exception?.rawDocumentId ?? '')
    .executeTakeFirst();
  expect(raw).toEqual({ content: '{"resourceType":"SupplyRequest"}', verdict: 'UNUSABLE' });
});

test('a requisition for two suppliers becomes two orders, each once', async () => {
  hub = await startHubUnderTest();
  await hub.db
    .insertInto('hub.crosswalk')
    .values({
      entity: 'ITEM',
      system: 'wards',
      localId: 'W-2',
      canonicalId: 'item-bt-blue-tubes',
      approvedBy: 'test',
    })
    .execute();
  hub.wards.documents.push(
    wardRequest({ localId: 'a', basket: 'k' }),
    wardRequest({ localId: 'b', basket: 'k', itemCode: 'W-2' }),
  );
  const { id, version } = await hub.requisitionThat('PENDING_APPROVAL');
  await hub.workflows.approvals.approve({ requisitionId: id, version, comment: null }, maria);
  await hub.workflows.approvals.approve(
    { requisitionId: id, version: version + 1, comment: null },
    bob,
  );
  await hub.requisitionThat('ORDERED');
  expect((await hub.orders()).map(({ supplierId }) => supplierId).toSorted()).toEqual([
    'supplier-acme-medical',
    'supplier-beta-care',
  ]);
  expect(hub.erp.orders).toHaveLength(2);
});

test('a ward that cancels every request takes the requisition back', async () => {
  hub = await startHubUnderTest();
  hub.wards.documents.push(wardRequest({ localId: 'a' }));
  await hub.requisitionThat('PENDING_APPROVAL');
  hub.wards.documents.push(wardRequest({ localId: 'a', versionId: '2', status: 'cancelled' }));
  expect(await hub.requisitionThat('WITHDRAWN')).toMatchObject({
    endedReason: 'The ward cancelled every request behind it.',
  });
});
