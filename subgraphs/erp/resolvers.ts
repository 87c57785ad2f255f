import { GraphQLError } from 'graphql';
import type { Database } from '../../platform/database.ts';
import { connectionResolvers, readPage } from '../connection.ts';
import type { Context } from '../context.ts';
import { perRequest } from '../per-request.ts';
import { type Freshness, provenanceOf } from '../provenance.ts';
import { toBudgetVerdict } from './budget-verdict.ts';
import { readGtin } from './gtin.ts';
import { invoiceResolvers } from './invoice-resolvers.ts';
import { invoiceStore } from './invoice-store.ts';
import { erpLoaders, type Loaders, type Stores } from './loaders.ts';
import { masterResolvers } from './master-resolvers.ts';
import { masterStore } from './master-store.ts';
import { organisationResolvers } from './organisation-resolvers.ts';
import { organisationStore } from './organisation-store.ts';
import type { Budgets } from './ports.ts';
import type { Resolvers } from './types.generated.ts';

/** What stands behind the finance subgraph. */
export interface ErpPorts {
  readonly database: Database;
  readonly freshness: Freshness;
  readonly budgets: Budgets;
}

type Query = NonNullable<Resolvers['Query']>;

const lists = ({ organisation, masters, invoices }: Stores): Partial<Query> => ({
  facilities: (_, args, { identity }) => organisation.facilityPage(identity, readPage(args)),
  suppliers: (_, args) =>
    masters.supplierPage(
      { search: args.search ?? null, status: args.status ?? null },
      readPage(args),
    ),
  itemByGtin: (_, { gtin }) => masters.itemByGtin(readGtin(gtin)),
  items: (_, args) => masters.itemPage(args.search ?? null, readPage(args)),
  invoices: (_, args, { identity }) => invoices.page(identity, args.filter ?? {}, readPage(args)),
});

const single = (loaders: (context: Context) => Loaders): Partial<Query> => ({
  facility: (_, { id }, context) => loaders(context).facility.load(id),
  department: (_, { id }, context) => loaders(context).department.load(id),
  costCenter: (_, { id }, context) => loaders(context).costCenter.load(id),
  supplier: (_, { id }, context) => loaders(context).supplier.load(id),
  item: (_, { id }, context) => loaders(context).item.load(id),
  invoice: (_, { id }, context) => loaders(context).invoice.load(id),
});

const validateBudget =
  (
    budgets: Budgets,
    loaders: (context: Context) => Loaders,
  ): NonNullable<Query['validateBudget']> =>
  async (_, { costCenterId, amount }, context) => {
    // The port asks for any cost centre; whether the caller may see it is decided here, by the same rule as everywhere.
    if ((await loaders(context).costCenter.load(costCenterId)) === null)
      throw new GraphQLError(
        `There is no cost centre ${costCenterId}, or the caller may not see it.`,
        { extensions: { code: 'NOT_FOUND' } },
      );
    const { identity, signal } = context;
    return toBudgetVerdict(await budgets.check({ costCenterId, amount }, identity, { signal }));
  };

/** The organisation, the masters, invoices and budgets. */
export const resolvers = ({ database, freshness, budgets }: ErpPorts): Resolvers => {
  const stores: Stores = {
    organisation: organisationStore(database),
    masters: masterStore(database),
    invoices: invoiceStore(database),
  };
  const provenance = provenanceOf(database, freshness);
  const loaders = perRequest(({ identity }) => erpLoaders(stores, identity));
  return {
    Query: {
      ...lists(stores),
      ...single(loaders),
      validateBudget: validateBudget(budgets, loaders),
    },
    ...organisationResolvers(loaders, budgets),
    ...masterResolvers(loaders, provenance),
    ...invoiceResolvers(loaders, provenance),
    FacilityConnection: connectionResolvers,
    SupplierConnection: connectionResolvers,
    ItemConnection: connectionResolvers,
    InvoiceConnection: connectionResolvers,
  };
};
