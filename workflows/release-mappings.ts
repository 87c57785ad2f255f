import { sql } from 'kysely';
import type { Transaction, Workflow } from '../platform/durable.ts';
import type { Identity } from '../platform/identity.ts';
import type { HubParts } from './hub-parts.ts';
import type { ValidateInput } from './join-requisition.ts';
import { placeRequests } from './place-requests.ts';
import { resolveExceptions } from './resolve-exceptions.ts';
import { lockBasket } from './supply-request.ts';
import type { WaitingDocuments } from './waiting-documents.ts';

interface Open {
  readonly id: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly missingEntity: string;
  readonly missingSystem: string;
  readonly missingLocalId: string;
}

interface Because {
  readonly reason: string;
  readonly actor?: Identity;
}

/** Sends work on that waited for a mapping. */
export interface Release {
  /** What waited for this code, or for a code of this thing; answers the ids of the exceptions that it settled. */
  readonly waitingFor: (
    tx: Transaction,
    mapping: { entity: string; system: string; localId: string; canonicalId: string },
    because: Because,
  ) => Promise<readonly string[]>;
  /** Everything whose missing mapping has come by itself, as from an item master that was read. */
  readonly resolved: () => Promise<void>;
}

const releaseRequest = async (
  tx: Transaction,
  id: string,
  context: { validate: Workflow<ValidateInput>; runbookBase: string },
): Promise<void> => {
  const parked = tx.db
    .selectFrom('hub.supplyRequest')
    .selectAll()
    .where('id', '=', id)
    .where('requisitionId', 'is', null)
    .where('status', '=', 'active');
  const found = await parked.executeTakeFirst();
  if (found === undefined) return;
  await lockBasket(tx, found.system, found.basketId);
  // Another process may have released it while this one waited for the basket.
  const row = await parked.forUpdate().executeTakeFirst();
  if (row !== undefined) await placeRequests(tx, [row], context);
};

const releaseRequisition = async (
  tx: Transaction,
  id: string,
  validate: Workflow<ValidateInput>,
): Promise<void> => {
  const row = await tx.db
    .selectFrom('hub.requisition')
    .select(['id', 'version', 'correlationId'])
    .where('id', '=', id)
    .where('status', 'in', ['SUBMITTED', 'VALIDATING'])
    .executeTakeFirst();
  if (row !== undefined)
    tx.start(
      validate,
      { requisitionId: row.id, version: row.version },
      { correlationId: row.correlationId },
    );
};

const openOnes = ({ db }: Pick<Transaction, 'db'>) =>
  db
    .selectFrom('hub.workException')
    .select(['id', 'subjectType', 'subjectId'])
    .select(['missingEntity', 'missingSystem', 'missingLocalId'])
    .where('status', '=', 'OPEN')
    .where('kind', '=', 'MISSING_MAPPING')
    .$narrowType<{ missingEntity: string; missingSystem: string; missingLocalId: string }>();

/** Those whose code is in the crosswalk now and stands for something that the hub has. */
const mappedByNow = (open: ReturnType<typeof openOnes>) =>
  open.where(
    sql<boolean>`exists (
      select from hub.crosswalk c
      where c.entity = missing_entity and c.system = missing_system and c.valid_to is null
        and missing_local_id in (c.local_id, c.canonical_id)
        and case c.entity
          when 'ITEM' then exists (select from hub.item i where i.id = c.canonical_id)
          when 'SUPPLIER' then exists (select from hub.supplier s where s.id = c.canonical_id)
          else true end)`,
  );

export const createRelease = (
  parts: HubParts,
  next: { readonly validate: Workflow<ValidateInput>; readonly waiting: WaitingDocuments },
): Release => {
  const { validate, waiting } = next;
  const context = { validate, runbookBase: parts.policy.runbookBase };

  const release = async (tx: Transaction, open: readonly Open[], because: Because) => {
    await resolveExceptions(
      tx,
      open.map(({ id }) => id),
      because,
    );
    const subjects = new Map(open.map((each) => [each.subjectId, each.subjectType]));
    for (const [id, type] of [...subjects].toSorted(([a], [b]) => a.localeCompare(b))) {
      if (type === 'SUPPLY_REQUEST') await releaseRequest(tx, id, context);
      if (type === 'REQUISITION') await releaseRequisition(tx, id, validate);
    }
  };

  return {
    waitingFor: async (tx, mapping, because) => {
      const open = await openOnes(tx)
        .where('missingEntity', '=', mapping.entity)
        .where('missingSystem', '=', mapping.system)
        .where('missingLocalId', 'in', [mapping.localId, mapping.canonicalId])
        .orderBy('raisedAt')
        .execute();
      await release(tx, open, because);
      if (mapping.entity === 'SUPPLIER' || mapping.entity === 'ITEM')
        await waiting.release(tx, { ...mapping, entity: mapping.entity });
      return open.map(({ id }) => id);
    },
    resolved: async () => {
      const ready = await mappedByNow(openOnes(parts.database)).execute();
      for (const each of ready)
        await parts.durable.transact(async (tx) => {
          await release(tx, [each], {
            reason: 'the master data now says what the code stands for',
          });
          if (each.missingEntity === 'SUPPLIER' || each.missingEntity === 'ITEM')
            await waiting.release(tx, {
              entity: each.missingEntity,
              system: each.missingSystem,
              localId: each.missingLocalId,
            });
        });
    },
  };
};
