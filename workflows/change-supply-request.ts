import type { Selectable } from 'kysely';
import type { Transaction } from '../platform/durable.ts';
import type { HubSupplyRequest } from '../platform/tables.generated.ts';
import type { ClinicalSupplyRequest } from '../subgraphs/clinical/ports.ts';
import { isOutdated } from '../subgraphs/clinical/rules/is-outdated.ts';
import { recordChange } from './record-change.ts';
import { openExceptionsOf, resolveExceptions } from './resolve-exceptions.ts';

const withdrawn = ['cancelled', 'entered-in-error'];
/** Nothing has been ordered yet in these states. */
const beforeOrder = ['SUBMITTED', 'VALIDATING', 'PENDING_APPROVAL'];

type SupplyRequestRow = Selectable<HubSupplyRequest>;

/** Takes a requisition back when the ward wants none of it any more. */
const withdraw = async (tx: Transaction, requisitionId: string): Promise<void> => {
  const requisition = await tx.db
    .selectFrom('hub.requisition')
    .selectAll()
    .where('id', '=', requisitionId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const wanted = await tx.db
    .selectFrom('hub.supplyRequest')
    .select('id')
    .where('requisitionId', '=', requisitionId)
    .where('status', 'not in', withdrawn)
    .executeTakeFirst();
  if (wanted !== undefined || !beforeOrder.includes(requisition.status)) return;
  await tx.db
    .updateTable('hub.requisition')
    .set({
      status: 'WITHDRAWN',
      version: requisition.version + 1,
      endedBy: requisition.requester,
      endedReason: 'The ward cancelled every request behind it.',
      updatedAt: new Date(),
    })
    .where('id', '=', requisitionId)
    .execute();
  await tx.db
    .updateTable('hub.approvalStep')
    .set({ status: 'SKIPPED' })
    .where('requisitionId', '=', requisitionId)
    .where('status', '=', 'PENDING')
    .execute();
  const open = await openExceptionsOf(tx, requisitionId);
  await resolveExceptions(
    tx,
    open.map(({ id }) => id),
    { reason: 'the ward withdrew the request' },
  );
  recordChange(
    tx,
    {
      type: 'RequisitionStatusChanged',
      documentType: 'REQUISITION',
      id: requisitionId,
      from: requisition.status,
      to: 'WITHDRAWN',
      number: requisition.number,
      summary: `Requisition ${requisition.number} was withdrawn by the ward.`,
      authority: 'the ward cancelled every request behind it',
    },
    { ...requisition, about: { requisitionId } },
  );
};

const isChanged = (known: SupplyRequestRow, document: ClinicalSupplyRequest): boolean =>
  known.status !== document.status;

/**
 * Takes a later version of a request that the hub knows. The hub's own report to the ward comes back this way too, as a
 * version that changes nothing here. What is asked for does not change any more: the ward cancels and asks anew.
 */
export const takeRequestVersion = async (
  tx: Transaction,
  known: SupplyRequestRow,
  document: ClinicalSupplyRequest,
): Promise<void> => {
  if (isOutdated(document.versionId, known.versionId)) return;
  await tx.db
    .updateTable('hub.supplyRequest')
    .set({ versionId: document.versionId, status: document.status, asOf: new Date() })
    .where('id', '=', known.id)
    .execute();
  if (!isChanged(known, document)) return;
  recordChange(
    tx,
    {
      type: 'SupplyRequestReceived',
      documentType: 'SUPPLY_REQUEST',
      id: known.id,
      from: known.status,
      to: document.status,
      number: null,
      summary: `The request is ${document.status} in ${known.system}.`,
      authority: `clinical application ${known.system}`,
    },
    { ...known, about: { supplyRequestId: known.id, requisitionId: known.requisitionId } },
  );
  if (!withdrawn.includes(document.status)) return;
  const open = await openExceptionsOf(tx, known.id);
  await resolveExceptions(
    tx,
    open.map(({ id }) => id),
    { reason: 'the ward withdrew the request' },
  );
  if (known.requisitionId !== null) await withdraw(tx, known.requisitionId);
};
