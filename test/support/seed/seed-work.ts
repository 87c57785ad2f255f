import type { Database } from '../../../platform/database.ts';
import { appendEvents } from '../../../platform/event-log.ts';
import { facilities, facilityOf, moment, provenance, seededNow, two } from './seeded-words.ts';

/** Stock of every item at both facilities, and equipment. */
export const stock = async ({ db }: Database): Promise<void> => {
  await db
    .insertInto('hub.stockPosition')
    .values(
      facilities.flatMap((facilityId) =>
        Array.from({ length: 12 }, (_, n) => ({
          id: `stk-${facilityId}-${two(n)}`,
          itemId: `item-${two(n)}`,
          facilityId,
          onHand: '100.000',
          onOrder: '0',
          unit: 'EA',
          ...provenance,
        })),
      ),
    )
    .execute();
  await db
    .insertInto('hub.equipment')
    .values(
      Array.from({ length: 5 }, (_, n) => ({
        id: `eq-${n}`,
        name: `Ventilator ${n}`,
        facilityId: n === 4 ? null : facilityOf(n),
        source: 'ward-fhir',
        asOf: provenance.asOf,
      })),
    )
    .execute();
};

/** Exceptions, dead letters, audit lines and one system. */
export const work = async ({ db }: Database): Promise<void> => {
  await db
    .insertInto('hub.workException')
    .values(
      [0, 1, 2].map((n) => ({
        id: `exc-${n}`,
        kind: 'MISSING_MAPPING',
        message: `Nobody has mapped CODE-${n}.`,
        ownerRole: 'steward',
        runbook: '/runbooks/missing-mapping',
        correlationId: `cor-${two(10 + n)}`,
        // The last one is of a place that nobody knows.
        facilityId: n === 2 ? null : facilityOf(n),
        subjectType: 'PURCHASE_ORDER',
        subjectId: `po-${two(10 + n)}`,
        missingEntity: 'ITEM',
        missingSystem: 'ward-fhir',
        missingLocalId: `CODE-${n}`,
        raisedAt: moment(n * 3),
      })),
    )
    .execute();
  await db
    .insertInto('hub.deadLetter')
    .values(
      [0, 1, 2].map((n) => ({
        id: `00000000-0000-4000-8000-00000000000${n}`,
        workflow: 'place-order',
        workflowId: `place-order/${n}`,
        correlationId: `cor-${two(n)}`,
        input: JSON.stringify({}),
        error: 'refused',
        errorClass: 'permanent',
        stepNumber: 0,
        failedAt: moment(n * 3),
      })),
    )
    .execute();
  const person = { actorSubject: 'u-max', actorName: 'Max', actorRoles: ['nurse-manager'] };
  await db
    .insertInto('hub.auditEntry')
    .values(
      [0, 1, 2].map((n) => ({
        ...person,
        clientId: 'console',
        action: 'approve',
        subjectType: 'REQUISITION',
        subjectId: `req-${two(n)}`,
        correlationId: `cor-${two(n)}`,
        facilityId: facilityOf(n),
        after: JSON.stringify({ status: 'APPROVED' }),
        authority: 'role nurse-manager',
      })),
    )
    .execute();
  await db
    .insertInto('hub.pollCursor')
    .values([
      // The last reading of tryton's suppliers is days ago.
      { system: 's4-main', feed: 'suppliers', cursor: JSON.stringify('1'), polledAt: seededNow },
      {
        system: 'tryton-main',
        feed: 'suppliers',
        cursor: JSON.stringify('1'),
        polledAt: '2026-11-21T00:00:00.000Z',
      },
    ])
    .execute();
  await db
    .insertInto('hub.systemHealth')
    .values({
      system: 's4-main',
      status: 'UP',
      checkedAt: seededNow,
      since: seededNow,
      latencyMs: 4,
    })
    .execute();
};

/** One event for each number, and the steps of the first workflow. */
export const history = async ({ db }: Database, numbers: readonly number[]): Promise<void> => {
  await db.transaction().execute((tx) =>
    appendEvents(
      tx,
      numbers.map((n) => ({
        type: 'RequisitionSubmitted',
        subjectType: 'REQUISITION',
        subjectId: `req-${two(n)}`,
        correlationId: `cor-${two(n)}`,
        facilityId: facilityOf(n),
        departmentId: `icu-${facilityOf(n)}`,
        data: { documentType: 'REQUISITION', from: null, to: 'SUBMITTED', summary: 'Submitted' },
        occurredAt: moment(n),
      })),
    ),
  );
  const step = {
    correlationId: 'cor-00',
    workflow: 'place-order',
    workflowId: 'place-order/req-00',
  };
  const at = (second: number): string => `2026-11-02T08:00:0${second}Z`;
  await db
    .insertInto('hub.processStep')
    .values([
      {
        ...step,
        step: 'place',
        system: 's4-main',
        attempt: 1,
        startedAt: at(1),
        endedAt: at(2),
        outcome: 'FAILED',
        detail: 'transient: 503',
      },
      {
        ...step,
        step: 'place',
        system: 's4-main',
        attempt: 2,
        startedAt: at(3),
        endedAt: at(4),
        outcome: 'OK',
      },
      {
        ...step,
        step: 'record',
        system: null,
        attempt: 1,
        startedAt: at(4),
        endedAt: at(5),
        outcome: 'OK',
      },
    ])
    .execute();
};
