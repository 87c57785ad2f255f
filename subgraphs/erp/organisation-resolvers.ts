import type { Context } from '../context.ts';
import { toBudgetVerdict } from './budget-verdict.ts';
import type { Loaders } from './loaders.ts';
import type { Budgets } from './ports.ts';
import type { FacilityRecord } from './records.ts';
import type { Resolvers } from './types.generated.ts';

/** The facility of something that the caller may see, which makes the facility visible as well. */
const facilityOf = async (loaders: Loaders, facilityId: string): Promise<FacilityRecord> => {
  const facility = await loaders.facility.load(facilityId);
  if (facility === null) throw new Error(`There is no facility ${facilityId}.`);
  return facility;
};

/** The organisation comes from configuration, which holds until it is changed. */
const configured = ({ source, asOf }: { readonly source: string; readonly asOf: Date }) => ({
  source,
  asOf,
  stale: false,
});

/** The fields of facilities, departments and cost centres. */
export const organisationResolvers = (
  loaders: (context: Context) => Loaders,
  budgets: Budgets,
): Pick<Resolvers, 'Facility' | 'Department' | 'CostCenter'> => ({
  Facility: {
    __resolveReference: ({ id }, context) => loaders(context).facility.load(id),
    departments: ({ id }, _, context) => loaders(context).departmentsOf.load(id),
    provenance: configured,
  },
  Department: {
    __resolveReference: ({ id }, context) => loaders(context).department.load(id),
    facility: ({ facilityId }, _, context) => facilityOf(loaders(context), facilityId),
    costCenter: async ({ id, costCenterId }, _, context) => {
      const costCenter = await loaders(context).costCenter.load(costCenterId);
      if (costCenter === null) throw new Error(`Department ${id} has no cost centre.`);
      return costCenter;
    },
    provenance: configured,
  },
  CostCenter: {
    __resolveReference: ({ id }, context) => loaders(context).costCenter.load(id),
    facility: ({ facilityId }, _, context) => facilityOf(loaders(context), facilityId),
    budget: async ({ id }, _, { identity, signal }) =>
      toBudgetVerdict(
        await budgets.check({ costCenterId: id, amount: null }, identity, { signal }),
      ),
    provenance: configured,
  },
});
