import type { Transaction, Workflow } from '../platform/durable.ts';
import { recordChange } from './record-change.ts';
import { stableId } from './stable-id.ts';

/** The work that is started when a requisition has new lines. */
export type ValidateInput = { readonly requisitionId: string; readonly version: number };

/** A request whose item and place are known. */
export interface MappedRequest {
  readonly id: string;
  readonly system: string;
  readonly localId: string;
  readonly basketId: string;
  readonly correlationId: string;
  readonly departmentId: string;
  readonly itemId: string;
  readonly itemText: string;
  readonly quantity: string;
  readonly unit: string;
  readonly priority: string;
  readonly neededBy: string | null;
  readonly requester: string | null;
}

interface Target {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly status: string;
  readonly correlationId: string;
  readonly facilityId: string;
}

const urgency = ['stat', 'asap', 'urgent', 'routine'];

const mostUrgent = (priorities: readonly string[]): string =>
  urgency.find((priority) => priorities.includes(priority)) ?? 'routine';

const earliest = (days: readonly (string | null)[]): string | null =>
  days.filter((day) => day !== null).toSorted()[0] ?? null;

/** Practitioner/u-nora is the person u-nora; any other text is only a name. */
const subjectOf = (requester: string | null): string | null =>
  requester?.match(/^(?:Practitioner|PractitionerRole|Person)\/(.+)$/)?.[1] ?? null;

/** The requisition of the basket that can still take lines: nothing is decided about it yet. */
const joinable = (tx: Transaction, request: MappedRequest): Promise<Target | undefined> =>
  tx.db
    .selectFrom('hub.requisition as r')
    .select(['r.id', 'r.number', 'r.version', 'r.status', 'r.correlationId', 'r.facilityId'])
    .where('r.departmentId', '=', request.departmentId)
    .where('r.status', 'in', ['SUBMITTED', 'VALIDATING'])
    .where('r.id', 'in', (eb) =>
      eb
        .selectFrom('hub.supplyRequest')
        .select('requisitionId')
        .where('system', '=', request.system)
        .where('basketId', '=', request.basketId)
        .where('requisitionId', 'is not', null)
        .$castTo<{ requisitionId: string }>(),
    )
    .orderBy('r.submittedAt')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

/**
 * The basket's own requisition, or a follow-up named after its first request: when that one is past joining, or when the basket
 * is for another department as well. Every requisition has a correlation of its own.
 */
const newIds = async (
  tx: Transaction,
  request: MappedRequest,
): Promise<{ id: string; correlationId: string }> => {
  const { system, basketId, departmentId, localId } = request;
  const id = stableId('requisition', system, basketId, departmentId);
  const taken = await tx.db
    .selectFrom('hub.requisition')
    .select(['id', 'correlationId'])
    .where((eb) => eb.or([eb('id', '=', id), eb('correlationId', '=', request.correlationId)]))
    .execute();
  return {
    id: taken.some((each) => each.id === id)
      ? stableId('requisition', system, basketId, departmentId, localId)
      : id,
    correlationId:
      taken.length === 0
        ? request.correlationId
        : stableId('corr', system, basketId, departmentId, localId),
  };
};

const found = async (
  tx: Transaction,
  first: MappedRequest,
  requests: readonly MappedRequest[],
): Promise<Target> => {
  const place = await tx.db
    .selectFrom('hub.department as d')
    .innerJoin('hub.facility as f', 'f.id', 'd.facilityId')
    .leftJoin('hub.budget as b', 'b.costCenterId', 'd.costCenterId')
    .select(['d.facilityId', 'd.costCenterId', 'f.financeSystem', 'b.currency'])
    .where('d.id', '=', first.departmentId)
    .orderBy('b.fiscalYear', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const row = await tx.db
    .insertInto('hub.requisition')
    .values({
      ...(await newIds(tx, first)),
      status: 'SUBMITTED',
      requester: first.requester ?? 'the ward',
      requesterSubject: subjectOf(first.requester),
      priority: mostUrgent(requests.map(({ priority }) => priority)),
      neededBy: earliest(requests.map(({ neededBy }) => neededBy)),
      departmentId: first.departmentId,
      facilityId: place.facilityId,
      costCenterId: place.costCenterId,
      targetSystem: place.financeSystem,
      currency: place.currency ?? 'USD',
      source: first.system,
    })
    .returning(['id', 'number', 'version', 'status', 'correlationId', 'facilityId'])
    .executeTakeFirstOrThrow();
  recordChange(
    tx,
    {
      type: 'RequisitionSubmitted',
      documentType: 'REQUISITION',
      id: row.id,
      from: null,
      to: 'SUBMITTED',
      number: row.number,
      summary: `Requisition ${row.number} was made from ${requests.length} request(s) of the ward.`,
      authority: `request ${first.localId} in ${first.system}`,
    },
    { ...row, departmentId: first.departmentId, about: { requisitionId: row.id } },
  );
  return row;
};

const join = async (
  tx: Transaction,
  target: Target,
  requests: readonly MappedRequest[],
): Promise<Target> => {
  const row = await tx.db
    .updateTable('hub.requisition')
    .set({ status: 'SUBMITTED', version: target.version + 1, updatedAt: new Date() })
    .where('id', '=', target.id)
    .returning(['id', 'number', 'version', 'status', 'correlationId', 'facilityId', 'departmentId'])
    .executeTakeFirstOrThrow();
  recordChange(
    tx,
    {
      type: 'RequisitionStatusChanged',
      documentType: 'REQUISITION',
      id: row.id,
      from: target.status,
      to: 'SUBMITTED',
      number: row.number,
      summary: `${requests.length} more request(s) of the same basket joined ${row.number}.`,
      authority: 'same basket',
    },
    { ...row, about: { requisitionId: row.id } },
  );
  return row;
};

const addLines = async (
  tx: Transaction,
  target: Target,
  requests: readonly MappedRequest[],
): Promise<void> => {
  const { last } = await tx.db
    .selectFrom('hub.requisitionLine')
    .select((eb) => eb.fn.coalesce(eb.fn.max('lineNumber'), eb.lit(0)).as('last'))
    .where('requisitionId', '=', target.id)
    .executeTakeFirstOrThrow();
  for (const [index, request] of requests.entries()) {
    const lineNumber = last + 1 + index;
    await tx.db
      .insertInto('hub.requisitionLine')
      .values({
        requisitionId: target.id,
        lineNumber,
        itemId: request.itemId,
        description: request.itemText,
        quantity: request.quantity,
        unit: request.unit,
      })
      .execute();
    await tx.db
      .updateTable('hub.supplyRequest')
      .set({
        requisitionId: target.id,
        requisitionLineNumber: lineNumber,
        correlationId: target.correlationId,
      })
      .where('id', '=', request.id)
      .execute();
  }
};

/**
 * Makes lines of a requisition from requests of one basket and one department, in the order given. They join the basket's
 * requisition while nothing is decided about it, else they become a follow-up. The caller holds the basket's lock.
 */
export const joinRequisition = async (
  tx: Transaction,
  requests: readonly MappedRequest[],
  validate: Workflow<ValidateInput>,
): Promise<Target> => {
  const [first] = requests;
  if (first === undefined) throw new Error('A requisition needs at least one request.');
  const open = await joinable(tx, first);
  const target =
    open === undefined ? await found(tx, first, requests) : await join(tx, open, requests);
  await addLines(tx, target, requests);
  tx.start(
    validate,
    { requisitionId: target.id, version: target.version },
    {
      id: `validate:${target.id}:${target.version}`,
      correlationId: target.correlationId,
    },
  );
  return target;
};
