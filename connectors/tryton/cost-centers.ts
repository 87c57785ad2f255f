import type { CostCenters } from '../../subgraphs/erp/ports.ts';
import type { TrytonClient } from './client.ts';
import { read } from './row.ts';

/** Cost centres are Tryton's analytic accounts that take postings (type `normal`), of our company. */
export const trytonCostCenters = (client: TrytonClient): CostCenters => ({
  all: async (call) => {
    const company = await client.company(call);
    const rows = await client.find(
      {
        model: 'analytic_account.account',
        where: [
          ['type', '=', 'normal'],
          ['company', '=', company.id],
        ],
        fields: ['code', 'name', 'active', 'state'],
      },
      call,
    );
    return rows.map((row) => ({
      localId: read.code(row) ?? '',
      code: read.code(row) ?? '',
      name: read.text(row, 'name') ?? '',
      active: read.flag(row, 'active') && read.text(row, 'state') !== 'closed',
    }));
  },
});
