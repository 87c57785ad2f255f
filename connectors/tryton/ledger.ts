import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import type { Clock } from '../../platform/clock.ts';
import { money } from '../../platform/money.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { Ledger } from '../../subgraphs/erp/ports.ts';
import type { TrytonClient } from './client.ts';
import { findMaster } from './masters.ts';
import { type Row, read } from './row.ts';
import { wire } from './wire.ts';

/** Billed quantity of an order line, in bills that are in the books: those stand in the actuals already. */
const postedQuantity = (line: Row): Decimal =>
  read
    .children(line, 'invoice_lines')
    .filter((each) => ['posted', 'paid'].includes(read.text(each, 'invoice.state') ?? ''))
    .reduce((total, each) => total.plus(read.decimal(each, 'quantity')), new Decimal(0));

/** What is ordered on the cost centre and not in the books yet. */
const openOrders = async (
  client: TrytonClient,
  question: { readonly accountId: number; readonly currency: string },
  call: Call,
): Promise<Decimal> => {
  const lines = await client.find(
    {
      model: 'purchase.line',
      where: [
        ['type', '=', 'line'],
        ['analytic_accounts.account', '=', question.accountId],
        ['purchase.state', 'in', ['confirmed', 'processing']],
      ],
      fields: [
        'quantity',
        'unit_price',
        'purchase.currency.code',
        'invoice_lines.quantity',
        'invoice_lines.invoice.state',
      ],
    },
    call,
  );
  const foreign = lines.find(
    (line) => read.text(line, 'purchase.currency.code') !== question.currency,
  );
  if (foreign !== undefined)
    throw new SystemRefused(
      `${client.system} holds an open order in ${read.text(foreign, 'purchase.currency.code')} on a cost centre kept in ${question.currency}; its share of the budget cannot be told.`,
      { system: client.system, operation: 'ledger position', kind: 'permanent' },
    );
  return lines.reduce((total, line) => {
    const open = new Decimal(read.decimal(line, 'quantity')).minus(postedQuantity(line));
    return total.plus(Decimal.max(open, 0).times(read.decimal(line, 'unit_price')));
  }, new Decimal(0));
};

/** Tryton 6.0 has no budgets: the actual is the analytic account's balance in the calendar year, open orders are summed from the
    order lines that carry the account. */
export const trytonLedger = (client: TrytonClient, clock: Clock): Ledger => ({
  position: async ({ localId, fiscalYear }, call) => {
    const company = await client.company(call);
    const year = String(fiscalYear).padStart(4, '0');
    const account = await findMaster(
      client,
      {
        model: 'analytic_account.account',
        what: 'cost centre',
        localId,
        where: [['company', '=', company.id]],
        fields: ['balance'],
        context: { start_date: wire.date(`${year}-01-01`), end_date: wire.date(`${year}-12-31`) },
      },
      call,
    );
    const open = await openOrders(
      client,
      { accountId: read.id(account), currency: company.currency },
      call,
    );
    return {
      // Tryton's balance is credit less debit, so spending is negative.
      actual: money(new Decimal(read.decimal(account, 'balance')).negated(), company.currency),
      openOrders: money(open, company.currency),
      asOf: clock.now().toISOString(),
    };
  },
});
