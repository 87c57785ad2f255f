import type { Transaction, Workflow } from '../platform/durable.ts';
import { canonicalIds, type MissingMapping } from './crosswalk.ts';
import { joinRequisition, type MappedRequest, type ValidateInput } from './join-requisition.ts';
import { noPlace, type Place, placeOf } from './place-of.ts';
import { raiseException } from './raise-exception.ts';
import { recordChange } from './record-change.ts';
import { openExceptionsOf, resolveExceptions } from './resolve-exceptions.ts';

/** A request as its row holds it, before anything is known of its mappings. */
export type RequestRow = Omit<MappedRequest, 'departmentId' | 'itemId'> & {
  readonly itemCode: string;
  readonly deliverTo: string | null;
  readonly rawDocumentId: string | null;
};

interface Context {
  readonly validate: Workflow<ValidateInput>;
  readonly runbookBase: string;
}

interface Looked {
  readonly place: Place | undefined;
  readonly itemId: string | undefined;
  readonly missing: readonly MissingMapping[];
}

/** An item counts as mapped when an item master knows it as well. */
const itemOf = async (tx: Transaction, request: RequestRow): Promise<string | undefined> => {
  const items = await canonicalIds(tx.db, { entity: 'ITEM', system: request.system }, [
    request.itemCode,
  ]);
  const id = items.get(request.itemCode);
  if (id === undefined) return undefined;
  const row = await tx.db
    .selectFrom('hub.item')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.id;
};

const lookUp = async (tx: Transaction, request: RequestRow): Promise<Looked> => {
  const place = await placeOf(tx, request);
  const itemId = await itemOf(tx, request);
  const { system } = request;
  const missing: MissingMapping[] = [];
  if (place === undefined)
    missing.push({ entity: 'DEPARTMENT', system, localId: request.deliverTo ?? noPlace });
  if (itemId === undefined) missing.push({ entity: 'ITEM', system, localId: request.itemCode });
  return { place, itemId, missing };
};

const park = async (
  tx: Transaction,
  request: RequestRow,
  options: { readonly looked: Looked; readonly context: Context },
): Promise<void> => {
  const { looked, context } = options;
  const belonging = {
    correlationId: request.correlationId,
    facilityId: looked.place?.facilityId ?? null,
    departmentId: looked.place?.departmentId ?? null,
    about: { supplyRequestId: request.id },
  };
  const parked = await tx.db
    .updateTable('hub.supplyRequest')
    .set({
      intake: 'PARKED',
      departmentId: belonging.departmentId,
      facilityId: belonging.facilityId,
      itemId: looked.itemId ?? null,
    })
    .where('id', '=', request.id)
    .returning('id')
    .executeTakeFirstOrThrow();
  const names = looked.missing.map(
    ({ entity, system, localId }) => `${entity} ${localId} of ${system}`,
  );
  recordChange(
    tx,
    {
      type: 'SupplyRequestParked',
      documentType: 'SUPPLY_REQUEST',
      id: parked.id,
      from: null,
      to: 'PARKED',
      number: null,
      summary: `Nobody has mapped ${names.join(' and ')}.`,
      authority: 'unmapped codes wait for a steward',
    },
    belonging,
  );
  for (const missing of looked.missing)
    await raiseException(
      tx,
      {
        kind: 'MISSING_MAPPING',
        message: `Nobody has said what ${missing.entity} ${missing.localId} of ${missing.system} stands for. Approve a mapping; the request then goes on by itself.`,
        subjectType: 'SUPPLY_REQUEST',
        subjectId: request.id,
        missing,
        ...(request.rawDocumentId === null ? {} : { rawDocumentId: request.rawDocumentId }),
      },
      { runbookBase: context.runbookBase, belonging },
    );
};

const accept = async (
  tx: Transaction,
  request: RequestRow,
  known: Place & { readonly itemId: string },
): Promise<MappedRequest> => {
  await tx.db
    .updateTable('hub.supplyRequest')
    .set({ intake: 'ACCEPTED', ...known })
    .where('id', '=', request.id)
    .execute();
  const open = await openExceptionsOf(tx, request.id);
  await resolveExceptions(
    tx,
    open.map(({ id }) => id),
    { reason: 'the codes are mapped' },
  );
  return { ...request, departmentId: known.departmentId, itemId: known.itemId };
};

/**
 * Makes requisition lines of the requests whose item and place are mapped, and parks the others, naming each missing mapping.
 * The requests are of one basket, whose lock the caller holds.
 */
export const placeRequests = async (
  tx: Transaction,
  requests: readonly RequestRow[],
  context: Context,
): Promise<void> => {
  const accepted: MappedRequest[] = [];
  for (const request of requests) {
    const looked = await lookUp(tx, request);
    if (looked.place === undefined || looked.itemId === undefined)
      await park(tx, request, { looked, context });
    else accepted.push(await accept(tx, request, { ...looked.place, itemId: looked.itemId }));
  }
  const byDepartment = Map.groupBy(accepted, ({ departmentId }) => departmentId);
  for (const group of byDepartment.values()) await joinRequisition(tx, group, context.validate);
};
