import type { Call } from '../platform/call.ts';
import type { Transaction } from '../platform/durable.ts';
import { hubIdentity } from '../platform/identity.ts';
import type { LocalItem, LocalSupplier } from '../subgraphs/erp/ports.ts';
import type { HubParts } from './hub-parts.ts';
import { readFeed } from './read-feed.ts';
import type { Release } from './release-mappings.ts';
import { SeenRecords } from './seen-records.ts';
import type { ConnectedErp } from './systems.ts';
import { takeItems } from './take-items.ts';
import { takeSuppliers } from './take-suppliers.ts';

/** The master data of the finance systems, kept in the hub. */
export interface Masters {
  /** Reads what changed in one system's suppliers, items and cost centres; throws what the system did. */
  readonly sync: (system: string, signal: AbortSignal) => Promise<void>;
  /** Reads the masters of every system that were never read; a system that does not answer is left for later. */
  readonly ensure: (signal: AbortSignal) => Promise<void>;
}

const batchSize = 200;

const inBatches = async <T>(
  records: readonly T[],
  take: (batch: readonly T[]) => Promise<void>,
): Promise<void> => {
  for (let start = 0; start < records.length; start += batchSize)
    await take(records.slice(start, start + batchSize));
};

const auditBatch = (tx: Transaction, system: string, what: string, count: number): void =>
  tx.audit({
    actor: hubIdentity,
    action: 'MastersRead',
    subjectType: what,
    subjectId: system,
    correlationId: null,
    facilityId: null,
    before: null,
    after: { records: count },
    authority: `${system} owns its ${what.toLowerCase()} master`,
  });

/** A cost centre's own id is mapped where only its code was: both then stand for the same. */
const mapCostCenters = async (parts: HubParts, erp: ConnectedErp, call: Call): Promise<void> => {
  const centers = await erp.costCenters.all(call);
  const differing = centers.filter(({ localId, code }) => localId !== code);
  if (differing.length === 0) return;
  await parts.durable.transact(async (tx) => {
    for (const { localId, code } of differing)
      await tx.db
        .insertInto('hub.crosswalk')
        .columns(['entity', 'system', 'localId', 'canonicalId', 'approvedBy'])
        .expression((eb) =>
          eb
            .selectFrom('hub.crosswalk')
            .select((inner) => [
              'entity',
              'system',
              inner.val(localId).as('localId'),
              'canonicalId',
              inner.val('rule: same cost centre code').as('approvedBy'),
            ])
            .where('entity', '=', 'COST_CENTER')
            .where('system', '=', erp.name)
            .where('localId', '=', code)
            .where('validTo', 'is', null),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  });
};

export const createMasters = (parts: HubParts, release: Release): Masters => {
  const seen = new SeenRecords();

  const sync = async (system: string, signal: AbortSignal): Promise<void> => {
    const erp = parts.systems.erps.get(system);
    if (erp === undefined) throw new Error(`${system} is not connected.`);
    const call = { signal };
    const suppliers = {
      system,
      name: 'suppliers',
      read: (cursor: string | null) => erp.suppliers.changedSince(cursor, call),
      take: (records: readonly LocalSupplier[]) =>
        inBatches(records, (batch) =>
          parts.durable.transact(async (tx) => {
            await takeSuppliers(tx, system, batch);
            auditBatch(tx, system, 'SUPPLIER', batch.length);
          }),
        ),
    };
    const items = {
      system,
      name: 'items',
      read: (cursor: string | null) => erp.items.changedSince(cursor, call),
      take: (records: readonly LocalItem[]) =>
        inBatches(records, (batch) =>
          parts.durable.transact(async (tx) => {
            await takeItems(tx, system, batch);
            auditBatch(tx, system, 'ITEM', batch.length);
          }),
        ),
    };
    await readFeed(parts.database, suppliers, seen);
    await mapCostCenters(parts, erp, call);
    // Last, because its cursor says that the masters of the system were read.
    await readFeed(parts.database, items, seen);
    await release.resolved();
  };

  const ensure = async (signal: AbortSignal): Promise<void> => {
    const read = await parts.database.db
      .selectFrom('hub.pollCursor')
      .select('system')
      .where('feed', '=', 'items')
      .execute();
    const known = new Set(read.map(({ system }) => system));
    const missing = [...parts.systems.erps.keys()].filter((system) => !known.has(system));
    for (const system of missing)
      await sync(system, signal).catch((error: unknown) => {
        parts.logger.warn({ system, err: error }, 'the masters could not be read yet');
      });
  };
  return { sync, ensure };
};
