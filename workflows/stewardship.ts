import type { Transaction } from '../platform/durable.ts';
import type { Identity } from '../platform/identity.ts';
import type { Mapping, Stewardship } from '../subgraphs/operations/ports.ts';
import type { HubParts } from './hub-parts.ts';
import type { Release } from './release-mappings.ts';

type Table = 'hub.supplier' | 'hub.item' | 'hub.facility' | 'hub.department' | 'hub.costCenter';

const tables: Readonly<Record<Mapping['entity'], Table>> = {
  SUPPLIER: 'hub.supplier',
  ITEM: 'hub.item',
  FACILITY: 'hub.facility',
  DEPARTMENT: 'hub.department',
  COST_CENTER: 'hub.costCenter',
};

const refused = (reason: string) => ({ kind: 'REFUSED', reason }) as const;

const isSteward = (identity: Identity): boolean => identity.roles.includes('steward');

/** What stands against the mapping; null when nothing does. */
const standsAgainst = async (
  tx: Transaction,
  { systems }: HubParts,
  mapping: Mapping,
): Promise<string | null> => {
  if (!systems.erps.has(mapping.system) && !systems.clinicals.has(mapping.system))
    return `No system is connected by the name ${mapping.system}. Use the name that the exception shows.`;
  if (mapping.localId.trim() === '')
    return 'The code is empty. Use the code that the exception shows.';
  const target = await tx.db
    .selectFrom(tables[mapping.entity])
    .select('id')
    .where('id', '=', mapping.canonicalId)
    .executeTakeFirst();
  return target === undefined
    ? `The hub has no ${mapping.entity} ${mapping.canonicalId}. Look its id up first.`
    : null;
};

/** The mapping of today ends and the new one begins; history stays. Answers what the code stood for before. */
const write = async (
  tx: Transaction,
  mapping: Mapping,
  identity: Identity,
): Promise<string | null> => {
  const ended = await tx.db
    .updateTable('hub.crosswalk')
    .set({ validTo: new Date() })
    .where('entity', '=', mapping.entity)
    .where('system', '=', mapping.system)
    .where('localId', '=', mapping.localId)
    .where('validTo', 'is', null)
    .returning('canonicalId')
    .executeTakeFirst();
  await tx.db
    .insertInto('hub.crosswalk')
    .values({ ...mapping, validFrom: new Date(), approvedBy: identity.subject })
    .execute();
  return ended?.canonicalId ?? null;
};

/** What stewards do, each as one transaction. */
export const createStewardship = (parts: HubParts, release: Release): Stewardship => ({
  approveMapping: (mapping, identity) =>
    parts.durable.transact(async (tx) => {
      if (!isSteward(identity)) return refused('Mappings are approved by the role steward.');
      const against = await standsAgainst(tx, parts, mapping);
      if (against !== null) return refused(against);
      const { entity, system, localId, canonicalId } = mapping;
      const before = await write(tx, { entity, system, localId, canonicalId }, identity);
      tx.audit({
        actor: identity,
        action: 'MappingApproved',
        subjectType: 'MAPPING',
        subjectId: `${entity}/${system}/${localId}`,
        correlationId: null,
        facilityId: null,
        before: before === null ? null : { canonicalId: before },
        after: { canonicalId },
        authority: 'role steward',
      });
      const reason = `${entity} ${localId} of ${system} is ${canonicalId}`;
      const releasedExceptionIds = await release.waitingFor(tx, mapping, {
        reason,
        actor: identity,
      });
      return { kind: 'APPROVED', releasedExceptionIds } as const;
    }),

  retryDeadLetter: async (id, identity) => {
    if (!isSteward(identity) && !identity.roles.includes('integration-architect'))
      return refused('Failed work is retried by the roles steward and integration-architect.');
    if (!/^[0-9a-f-]{36}$/i.test(id)) return refused('There is no such dead letter.');
    const replay = await parts.durable.retryDeadLetter(id);
    if (replay === 'NOT_FOUND') return refused('There is no such dead letter.');
    if (replay === 'ALREADY_RUNNING')
      return refused('It is under way already. Wait for its result.');
    await parts.durable.transact(async (tx) =>
      tx.audit({
        actor: identity,
        action: 'DeadLetterRetried',
        subjectType: 'DEAD_LETTER',
        subjectId: id,
        correlationId: null,
        facilityId: null,
        before: null,
        after: { retried: true },
        authority: `role ${isSteward(identity) ? 'steward' : 'integration-architect'}`,
      }),
    );
    return { kind: 'RETRIED' } as const;
  },
});
