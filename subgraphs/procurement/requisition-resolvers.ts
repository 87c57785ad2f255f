import { money } from '../../platform/money.ts';
import type { Context } from '../context.ts';
import type { ProvenanceOf } from '../provenance.ts';
import { keptBudgetCheck } from './kept-budget-check.ts';
import type { Loaders } from './loaders.ts';
import type { Priority, Resolvers } from './types.generated.ts';

const priorities: Readonly<Record<string, Priority>> = {
  ROUTINE: 'ROUTINE',
  URGENT: 'URGENT',
  ASAP: 'ASAP',
  STAT: 'STAT',
};

/** The fields of requisitions and of their lines. */
export const requisitionResolvers = (
  loaders: (context: Context) => Loaders,
  provenance: ProvenanceOf,
): Pick<Resolvers, 'Requisition' | 'RequisitionLine'> => ({
  Requisition: {
    __resolveReference: ({ id }, context) => loaders(context).requisition.load(id),
    // FHIR writes the words in lower case; a word of neither is the ordinary course.
    priority: ({ priority }) => priorities[priority.toUpperCase()] ?? 'ROUTINE',
    department: ({ departmentId }) => ({ id: departmentId }),
    facility: ({ facilityId }) => ({ id: facilityId }),
    costCenter: ({ costCenterId }) => ({ id: costCenterId }),
    lines: ({ id }, _, context) => loaders(context).requisitionLines.load(id),
    total: ({ total, currency }) => (total === null ? null : money(total, currency)),
    budgetCheck: ({ budgetCheck }) => keptBudgetCheck(budgetCheck),
    approvalSteps: ({ id }, _, context) => loaders(context).approvalSteps.load(id),
    purchaseOrders: ({ id }, _, context) => loaders(context).ordersOfRequisition.load(id),
    provenance: (requisition, _, context) => provenance(requisition, 'supply-requests', context),
  },
  RequisitionLine: {
    item: ({ itemId }) => (itemId === null ? null : { id: itemId }),
    quantity: ({ quantity, unit }) => ({ value: quantity, unit }),
    unitPrice: ({ unitPrice, currency }) =>
      unitPrice === null ? null : money(unitPrice, currency),
    supplier: ({ supplierId }) => (supplierId === null ? null : { id: supplierId }),
  },
});
