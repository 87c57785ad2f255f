import type { Database } from '../../platform/database.ts';
import { connectionResolvers, readPage } from '../connection.ts';
import type { Context } from '../context.ts';
import { perRequest } from '../per-request.ts';
import { type Freshness, type ProvenanceOf, provenanceOf } from '../provenance.ts';
import { clinicalLoaders, type Loaders } from './loaders.ts';
import { type ClinicalStore, clinicalStore } from './store.ts';
import type { Resolvers, SupplyRequestStatus } from './types.generated.ts';

/** What stands behind the clinical subgraph. */
export interface ClinicalPorts {
  readonly database: Database;
  readonly freshness: Freshness;
}

type LoadersOf = (context: Context) => Loaders;

const reference = (id: string | null): { readonly id: string } | null =>
  id === null ? null : { id };

/** FHIR's words; GraphQL has no hyphen in a name. */
const statuses: Readonly<Record<string, SupplyRequestStatus>> = {
  draft: 'draft',
  active: 'active',
  suspended: 'suspended',
  cancelled: 'cancelled',
  completed: 'completed',
  'entered-in-error': 'entered_in_error',
};

const queries = (store: ClinicalStore, loaders: LoadersOf): NonNullable<Resolvers['Query']> => ({
  supplyRequest: (_, { id }, context) => loaders(context).supplyRequest.load(id),
  supplyRequests: (_, args, { identity }) =>
    store.page(identity, args.filter ?? {}, readPage(args)),
  equipment: (_, { id }, context) => loaders(context).equipment.load(id),
  equipments: (_, args, { identity }) =>
    store.equipmentPage(identity, args.facilityId ?? null, readPage(args)),
});

const entities = (
  loaders: LoadersOf,
  provenance: ProvenanceOf,
): Pick<Resolvers, 'SupplyRequest' | 'Equipment' | 'Requisition' | 'Department'> => ({
  SupplyRequest: {
    __resolveReference: ({ id }, context) => loaders(context).supplyRequest.load(id),
    status: ({ status }) => statuses[status] ?? 'unknown',
    item: ({ itemId }) => reference(itemId),
    quantity: ({ quantity, unit }) => ({ value: quantity, unit }),
    department: ({ departmentId }) => reference(departmentId),
    facility: ({ facilityId }) => reference(facilityId),
    externalIds: ({ system, localId }) => [{ system, value: localId }],
    provenance: ({ system, asOf }, _, context) =>
      provenance({ source: system, asOf }, 'supply-requests', context),
  },
  Equipment: {
    __resolveReference: ({ id }, context) => loaders(context).equipment.load(id),
    item: ({ itemId }) => reference(itemId),
    facility: ({ facilityId }) => reference(facilityId),
    provenance: (equipment, _, context) => provenance(equipment, 'equipment', context),
  },
  Requisition: {
    __resolveReference: ({ id }) => ({ id }),
    clinicalOrigin: ({ id }, _, context) => loaders(context).ofRequisition.load(id),
  },
  Department: {
    __resolveReference: ({ id }) => ({ id }),
    supplyRequests: ({ id }, args, context) =>
      loaders(context).ofDepartment.load({ parentId: id, ...readPage(args) }),
  },
});

/** Supply requests and equipment. */
export const resolvers = ({ database, freshness }: ClinicalPorts): Resolvers => {
  const store = clinicalStore(database);
  const loaders = perRequest(({ identity }) => clinicalLoaders(store, identity));
  return {
    Query: queries(store, loaders),
    ...entities(loaders, provenanceOf(database, freshness)),
    SupplyRequestConnection: connectionResolvers,
    EquipmentConnection: connectionResolvers,
  };
};
