import { expect } from '@jest/globals';
import { openDatabase } from '../../platform/database.ts';
import { createDurable } from '../../platform/durable.ts';
import { openEventLog } from '../../platform/event-log.ts';
import type { Identity } from '../../platform/identity.ts';
import { createLogger } from '../../platform/logger.ts';
import { defineWorkflows, type HubPolicy } from '../../workflows/define-workflows.ts';
import { freshDatabase } from '../support/postgres.ts';
import { fakeClinical, fakeErp, fakePartner } from './fake-hospital.ts';

const policy: HubPolicy = {
  approval: {
    id: 'spend-threshold',
    version: 1,
    offContractRole: 'buyer',
    dueHours: 24,
    thresholds: [
      { facilityIds: 'ALL', upTo: '1000', roles: ['nurse-manager'] },
      { facilityIds: 'ALL', upTo: null, roles: ['nurse-manager', 'department-director'] },
    ],
  },
  budget: {
    onUnavailable: 'PARK',
    onExceeded: 'ADD_STEP',
    onNoBudget: 'PARK',
    extraRole: 'department-director',
    deadlineMs: 1000,
  },
  feeds: { clinicalMs: 50, ordersMs: 50, mastersMs: 60_000, stockMs: 60_000 },
  fiscalYearStartMonth: 1,
  runbookBase: '/runbooks/',
};

const person = (name: string, ...roles: string[]): Identity => ({
  subject: `u-${name}`,
  name,
  roles,
  facilityIds: ['facility-1'],
  clientId: 'test',
});

export const maria = person('maria', 'nurse-manager');
export const david = person('david', 'department-director');
export const bob = person('bob', 'buyer');
export const nora = person('nora', 'nurse', 'nurse-manager');
export const stella: Identity = { ...person('stella', 'steward'), facilityIds: 'ALL' };

/** Asks until the answer pleases; fails with the last answer after ten seconds. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  pleases: (answer: T) => boolean,
): Promise<T> => {
  const giveUpAt = performance.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (pleases(answer)) return answer;
    if (performance.now() > giveUpAt) {
      expect(answer).toBe('what the test waits for');
      return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const seed = async (
  db: Awaited<ReturnType<typeof openDatabase>>['db'],
  budget: string | null,
): Promise<void> => {
  const stamp = { source: 'test', asOf: '2026-01-01T00:00:00Z' };
  const place = { address: '1 Road', city: 'Boaz', state: 'AL', zip: '35957' };
  await db
    .insertInto('hub.facility')
    .values({ id: 'facility-1', name: 'Boaz', ...place, financeSystem: 'erp', ...stamp })
    .execute();
  await db
    .insertInto('hub.costCenter')
    .values({ id: 'cc-1', code: '4100', name: 'ICU', facilityId: 'facility-1', ...stamp })
    .execute();
  await db
    .insertInto('hub.department')
    .values({
      id: 'icu',
      name: 'ICU',
      facilityId: 'facility-1',
      costCenterId: 'cc-1',
      ...stamp,
    })
    .execute();
  if (budget !== null)
    await db
      .insertInto('hub.budget')
      .values({
        costCenterId: 'cc-1',
        fiscalYear: 2026,
        amount: budget,
        currency: 'USD',
        ...stamp,
      })
      .execute();
  const mapping = { approvedBy: 'test' };
  await db
    .insertInto('hub.crosswalk')
    .values([
      { entity: 'FACILITY', system: 'erp', localId: 'P1', canonicalId: 'facility-1', ...mapping },
      { entity: 'COST_CENTER', system: 'erp', localId: '4100', canonicalId: 'cc-1', ...mapping },
      {
        entity: 'DEPARTMENT',
        system: 'wards',
        localId: 'Location/icu',
        canonicalId: 'icu',
        ...mapping,
      },
      {
        entity: 'ITEM',
        system: 'wards',
        localId: 'W-1',
        canonicalId: 'item-04006501003638',
        ...mapping,
      },
    ])
    .execute();
};

const changedAt = '2026-01-01T00:00:00.000Z';
const noWords = { brand: null, manufacturer: null, gmdnTerm: null, unit: 'EA', changedAt };

const stock = (erp: ReturnType<typeof fakeErp>['state']): void => {
  erp.suppliers = [
    { localId: 'S1', name: 'Acme Medical, Inc.', status: 'ACTIVE', duns: null, changedAt },
    { localId: 'S2', name: 'Beta Care LLC', status: 'ACTIVE', duns: null, changedAt },
  ];
  erp.items = [
    {
      localId: 'M1',
      gtin: '04006501003638',
      description: 'Gloves',
      catalogNumber: 'G1',
      ...noWords,
    },
    { localId: 'M2', gtin: null, description: 'Blue tubes', catalogNumber: 'BT', ...noWords },
  ];
  const terms = { minimumQuantity: null, validFrom: null, validTo: null };
  const price = (amount: string) => ({ amount, currency: 'USD' });
  erp.sources = [
    {
      itemLocalId: 'M1',
      supplierLocalId: 'S1',
      unitPrice: price('12.50'),
      contractNumber: 'K1',
      ...terms,
    },
    {
      itemLocalId: 'M2',
      supplierLocalId: 'S2',
      unitPrice: price('3.00'),
      contractNumber: null,
      ...terms,
    },
  ];
};

/** A hub on a database of its own, with a hospital in memory: one ERP, one ward application, one supplier network. */
export const startHubUnderTest = async (
  options: { budget?: string | null; policy?: Partial<HubPolicy['budget']>; feeds?: boolean } = {},
) => {
  const fresh = await freshDatabase();
  const database = await openDatabase(fresh.url);
  await seed(database.db, options.budget === undefined ? '100000' : options.budget);
  const log = await openEventLog(database);
  const logger = createLogger({ level: 'silent', pretty: false });
  const durable = createDurable({ database, log, logger });
  const erp = fakeErp('erp');
  const wards = fakeClinical('wards');
  const edi = fakePartner('edi');
  stock(erp.state);
  const workflows = defineWorkflows({
    durable,
    database,
    systems: {
      erps: new Map([['erp', erp.erp]]),
      clinicals: new Map([['wards', wards.clinical]]),
      tradingPartners: new Map([['edi', edi.partner]]),
    },
    policy: { ...policy, budget: { ...policy.budget, ...options.policy } },
    clock: { now: () => new Date() },
    logger,
  });
  if (options.feeds !== false) workflows.startFeeds();
  await durable.launch();
  const { db } = database;
  const requisitions = () => db.selectFrom('hub.requisition').selectAll().orderBy('id').execute();
  const orders = () => db.selectFrom('hub.purchaseOrder').selectAll().orderBy('id').execute();
  return {
    db,
    durable,
    workflows,
    erp: erp.state,
    wards: wards.state,
    edi: edi.state,
    requisitions,
    orders,
    exceptions: () => db.selectFrom('hub.workException').selectAll().orderBy('raisedAt').execute(),
    /** The one requisition, once it is in this state. */
    requisitionThat: async (status: string) => {
      const rows = await eventually(requisitions, (all) => all.some((r) => r.status === status));
      const row = rows.find((each) => each.status === status);
      if (row === undefined) throw new Error(`No requisition is ${status}.`);
      return row;
    },
    orderThat: async (pleases: (order: Awaited<ReturnType<typeof orders>>[number]) => boolean) => {
      const row = (await eventually(orders, (all) => all.some(pleases))).find(pleases);
      if (row === undefined) throw new Error('There is no such order.');
      return row;
    },
    close: async () => {
      await durable.close();
      await log.close();
      await database.close();
      await fresh.drop();
    },
  };
};

export type HubUnderTest = Awaited<ReturnType<typeof startHubUnderTest>>;
