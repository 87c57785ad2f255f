import type { Transaction } from '../platform/durable.ts';

/** The kinds of things that the crosswalk maps. */
export type MappedEntity = 'SUPPLIER' | 'ITEM' | 'FACILITY' | 'DEPARTMENT' | 'COST_CENTER';

interface Side {
  readonly entity: MappedEntity;
  readonly system: string;
}

/** A place in the crosswalk that nobody has filled. */
export interface MissingMapping extends Side {
  readonly localId: string;
}

/** What the system's codes stand for today, by code; codes that nobody has mapped are not in the answer. */
export const canonicalIds = async (
  db: Transaction['db'],
  { entity, system }: Side,
  localIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (localIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('hub.crosswalk')
    .select(['localId', 'canonicalId'])
    .where('entity', '=', entity)
    .where('system', '=', system)
    .where('localId', 'in', [...new Set(localIds)])
    .where('validTo', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.localId, row.canonicalId]));
};

/** What the system calls the hub's ids, by id; where it has several codes for one thing, the one that was mapped last. */
export const localIds = async (
  db: Transaction['db'],
  { entity, system }: Side,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('hub.crosswalk')
    .select(['localId', 'canonicalId'])
    .where('entity', '=', entity)
    .where('system', '=', system)
    .where('canonicalId', 'in', [...new Set(ids)])
    .where('validTo', 'is', null)
    .orderBy('validFrom')
    .orderBy('localId', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.canonicalId, row.localId]));
};
