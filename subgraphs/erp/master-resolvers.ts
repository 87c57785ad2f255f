import type { Context } from '../context.ts';
import type { ProvenanceOf } from '../provenance.ts';
import type { Loaders } from './loaders.ts';
import type { Resolvers } from './types.generated.ts';

/** The fields of suppliers and items. */
export const masterResolvers = (
  loaders: (context: Context) => Loaders,
  provenance: ProvenanceOf,
): Pick<Resolvers, 'Supplier' | 'Item'> => ({
  Supplier: {
    __resolveReference: ({ id }, context) => loaders(context).supplier.load(id),
    externalIds: ({ id }, _, context) => loaders(context).supplierKnownAs.load(id),
    provenance: (supplier, _, context) => provenance(supplier, 'suppliers', context),
  },
  Item: {
    __resolveReference: ({ id }, context) => loaders(context).item.load(id),
    externalIds: ({ id }, _, context) => loaders(context).itemKnownAs.load(id),
    provenance: (item, _, context) => provenance(item, 'items', context),
  },
});
