import type { Kysely } from 'kysely';
import type { Tables } from '../platform/tables.generated.ts';
import type { Configuration } from './configuration.ts';

type Mapping = Configuration['mappings'][number];

/** The mappings that follow from the facilities: what each finance system and each clinical application calls them. */
const impliedMappings = (configuration: Configuration): readonly Mapping[] =>
  configuration.facilities.flatMap((facility) => {
    const erp = { system: facility.financeSystem };
    const departments = facility.departments.flatMap((department): Mapping[] => [
      {
        ...erp,
        entity: 'COST_CENTER',
        localId: department.costCenter.code,
        canonicalId: department.costCenter.id,
      },
      ...configuration.systems.clinicals.flatMap((clinical) =>
        department.places.map(
          (place): Mapping => ({
            entity: 'DEPARTMENT',
            system: clinical.name,
            localId: place,
            canonicalId: department.id,
          }),
        ),
      ),
    ]);
    return [
      {
        ...erp,
        entity: 'FACILITY',
        localId: facility.financeSystemCode,
        canonicalId: facility.id,
      },
      ...departments,
    ];
  });

const applyPlaces = async (db: Kysely<Tables>, configuration: Configuration): Promise<void> => {
  const stamp = { source: 'configuration', asOf: new Date().toISOString() };
  for (const { departments, financeSystemCode: _, ...facility } of configuration.facilities) {
    const row = { ...facility, ...stamp };
    await db
      .insertInto('hub.facility')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
    for (const { costCenter, places: __, ...department } of departments) {
      const center = { ...costCenter, facilityId: facility.id, ...stamp };
      await db
        .insertInto('hub.costCenter')
        .values(center)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(center))
        .execute();
      const ward = {
        ...department,
        facilityId: facility.id,
        costCenterId: costCenter.id,
        ...stamp,
      };
      await db
        .insertInto('hub.department')
        .values(ward)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(ward))
        .execute();
    }
  }
};

const applyBudgets = async (db: Kysely<Tables>, configuration: Configuration): Promise<void> => {
  for (const budget of configuration.budgets) {
    const row = { ...budget, source: 'budget file budgets.csv', asOf: configuration.budgetsAsOf };
    await db
      .insertInto('hub.budget')
      .values(row)
      .onConflict((conflict) => conflict.columns(['costCenterId', 'fiscalYear']).doUpdateSet(row))
      .execute();
  }
};

/** A mapping that a steward approved since stays: configuration only adds what nobody has mapped. */
const applyMappings = async (db: Kysely<Tables>, configuration: Configuration): Promise<void> => {
  const rows = [...impliedMappings(configuration), ...configuration.mappings].map((mapping) => ({
    ...mapping,
    approvedBy: 'configuration',
  }));
  await db
    .insertInto('hub.crosswalk')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['entity', 'system', 'localId']).where('validTo', 'is', null).doNothing(),
    )
    .execute();
};

/** Brings places, budgets and mappings in the database up to the configuration, in one transaction. Applying twice changes nothing. */
export const applyConfiguration = (
  db: Kysely<Tables>,
  configuration: Configuration,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    await applyPlaces(tx, configuration);
    await applyBudgets(tx, configuration);
    await applyMappings(tx, configuration);
  });
