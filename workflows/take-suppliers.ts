import { sql } from 'kysely';
import type { Transaction } from '../platform/durable.ts';
import type { LocalSupplier } from '../subgraphs/erp/ports.ts';
import { isSameSupplier, slug } from '../subgraphs/erp/rules/match-master.ts';
import { canonicalIds } from './crosswalk.ts';

interface Known {
  readonly id: string;
  readonly name: string;
  readonly duns: string | null;
}

const newId = (supplier: LocalSupplier, known: ReadonlyMap<string, Known>): string => {
  const id = `supplier-${slug(supplier.name)}`;
  // The same name with another D-U-N-S number is another company.
  return known.has(id) ? `${id}-${supplier.duns ?? slug(supplier.localId)}` : id;
};

const write = async (
  tx: Transaction,
  { system, supplier, id }: { system: string; supplier: LocalSupplier; id: string },
): Promise<void> => {
  const { name, status, duns, changedAt } = supplier;
  await tx.db
    .insertInto('hub.supplier')
    .values({ id, name, status, duns, source: system, asOf: changedAt })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ name, status, duns, asOf: changedAt })
        .where('hub.supplier.source', '=', system)
        .where('hub.supplier.asOf', '<=', new Date(changedAt)),
    )
    .execute();
  await tx.db
    .insertInto('hub.crosswalk')
    .values({
      entity: 'SUPPLIER',
      system,
      localId: supplier.localId,
      canonicalId: id,
      approvedBy: duns === null ? 'rule: same name' : 'rule: same D-U-N-S number',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/**
 * Takes suppliers of one finance system into the hub. The same company in two systems (D-U-N-S number, else normalised name) is
 * one; the system that told first owns its words, and a mapping that a person made holds.
 */
export const takeSuppliers = async (
  tx: Transaction,
  system: string,
  suppliers: readonly LocalSupplier[],
): Promise<void> => {
  // Two systems may tell of the same new company at once.
  await sql`select pg_advisory_xact_lock(7302)`.execute(tx.db);
  const rows = await tx.db.selectFrom('hub.supplier').select(['id', 'name', 'duns']).execute();
  const known = new Map<string, Known>(rows.map((row) => [row.id, row]));
  const mapped = await canonicalIds(
    tx.db,
    { entity: 'SUPPLIER', system },
    suppliers.map(({ localId }) => localId),
  );
  for (const supplier of suppliers) {
    const same = [...known.values()].find((each) => isSameSupplier(each, supplier));
    const id = mapped.get(supplier.localId) ?? same?.id ?? newId(supplier, known);
    await write(tx, { system, supplier, id });
    if (!known.has(id)) known.set(id, { id, name: supplier.name, duns: supplier.duns });
  }
};
