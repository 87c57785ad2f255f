import { Decimal } from 'decimal.js';
import type { Call } from '../../platform/call.ts';
import type { Clock } from '../../platform/clock.ts';
import { money, roundMoney } from '../../platform/money.ts';
import { SystemRefused } from '../../platform/system-error.ts';
import type { Ledger } from '../../subgraphs/erp/ports.ts';
import type { Client } from './client.ts';
import { decimal, type Entity, flag, text } from './entity.ts';
import { historyOf, lineKey, type OrderHistory, readHistory } from './order-history.ts';
import { anyOf, chunks, quote } from './query.ts';

/** The system and the currency of its company code. */
interface Books {
  readonly system: string;
  readonly currency: string;
  readonly clock: Clock;
}

const orderService = 'API_PURCHASEORDER_PROCESS_SRV';

const inCompanyCurrency = (currency: string, books: Books, what: string): void => {
  // Amounts are never added over currencies: a figure that is silently wrong would let a budget pass.
  if (currency !== books.currency)
    throw new SystemRefused(
      `${books.system}: ${what} is in ${currency}, not in the company's ${books.currency}.`,
      { system: books.system, operation: 'ledger position', kind: 'permanent' },
    );
};

/* Actuals are read from the released CDS service of journal entry items (API_JOURNALENTRYITEMBASIC_SRV), leading ledger 0L: with $select it
   aggregates over what is not selected, so that a cost centre of a year is a few rows, whatever was posted. */
const readActuals = async (
  client: Client,
  question: { costCenter: string; fiscalYear: number; books: Books },
  call: Call,
): Promise<Decimal> => {
  const rows = await client.list(
    { service: 'API_JOURNALENTRYITEMBASIC_SRV', path: 'A_JournalEntryItemBasic' },
    {
      filter: `Ledger eq '0L' and FiscalYear eq '${question.fiscalYear}' and CostCenter eq ${quote(question.costCenter)}`,
      select: 'CostCenter,CompanyCodeCurrency,AmountInCompanyCodeCurrency',
    },
    call,
  );
  return rows.reduce((sum, row) => {
    inCompanyCurrency(text(row, 'CompanyCodeCurrency'), question.books, 'a journal entry');
    return sum.plus(decimal(row, 'AmountInCompanyCodeCurrency'));
  }, new Decimal(0));
};

const openAmount = (item: Entity, history: OrderHistory): Decimal => {
  if (text(item, 'PurchasingDocumentDeletionCode') !== '' || flag(item, 'IsFinallyInvoiced'))
    return new Decimal(0);
  const ordered = decimal(item, 'OrderQuantity')
    .times(decimal(item, 'NetPriceAmount'))
    .dividedBy(Decimal.max(decimal(item, 'NetPriceQuantity'), 1));
  return Decimal.max(ordered.minus(historyOf(history, item).invoicedAmount), 0);
};

const readOpenItems = async (
  client: Client,
  assignments: readonly Entity[],
  call: Call,
): Promise<Entity[]> => {
  const assigned = new Set(
    assignments.map((row) => lineKey(text(row, 'PurchaseOrder'), text(row, 'PurchaseOrderItem'))),
  );
  const pages = await Promise.all(
    chunks(assignments.map((row) => text(row, 'PurchaseOrder'))).map((group) =>
      client.list(
        { service: orderService, path: 'A_PurchaseOrderItem' },
        { filter: `${anyOf('PurchaseOrder', group)} and IsFinallyInvoiced eq false` },
        call,
      ),
    ),
  );
  return pages
    .flat()
    .filter((item) =>
      assigned.has(lineKey(text(item, 'PurchaseOrder'), text(item, 'PurchaseOrderItem'))),
    );
};

const readOpenOrders = async (
  client: Client,
  question: { costCenter: string; books: Books },
  call: Call,
): Promise<Decimal> => {
  const assignments = await client.list(
    { service: orderService, path: 'A_PurOrdAccountAssignment' },
    {
      filter: `CostCenter eq ${quote(question.costCenter)}`,
      select:
        'PurchaseOrder,PurchaseOrderItem,AccountAssignmentNumber,MultipleAcctAssgmtDistrPercent',
    },
    call,
  );
  const open = await readOpenItems(client, assignments, call);
  const history = await readHistory(
    client,
    open.map((item) => text(item, 'PurchaseOrder')),
    call,
  );
  const share = new Map(
    assignments.map((row) => {
      const percent = decimal(row, 'MultipleAcctAssgmtDistrPercent');
      // Zero means that the line has this one assignment.
      return [
        lineKey(text(row, 'PurchaseOrder'), text(row, 'PurchaseOrderItem')),
        percent.isZero() ? new Decimal(1) : percent.dividedBy(100),
      ] as const;
    }),
  );
  return open.reduce((sum, item) => {
    inCompanyCurrency(
      text(item, 'DocumentCurrency'),
      question.books,
      `order ${text(item, 'PurchaseOrder')}`,
    );
    const part =
      share.get(lineKey(text(item, 'PurchaseOrder'), text(item, 'PurchaseOrderItem'))) ?? 1;
    return sum.plus(openAmount(item, history).times(part));
  }, new Decimal(0));
};

/** Actuals from the journal, open orders from the purchase orders assigned to the cost centre less what was invoiced. */
export const ledger = (client: Client, books: Books): Ledger => ({
  position: async ({ localId, fiscalYear }, call) => {
    const asOf = books.clock.now().toISOString();
    const [known, actual, open] = await Promise.all([
      client.list(
        { service: 'API_COSTCENTER_SRV', path: 'A_CostCenter' },
        { filter: `CostCenter eq ${quote(localId)}` },
        call,
      ),
      readActuals(client, { costCenter: localId, fiscalYear, books }, call),
      readOpenOrders(client, { costCenter: localId, books }, call),
    ]);
    if (known.length === 0)
      throw new SystemRefused(`${books.system}: there is no cost centre ${localId}.`, {
        system: books.system,
        operation: 'ledger position',
        kind: 'permanent',
      });
    return {
      actual: money(actual, books.currency),
      openOrders: roundMoney(money(open, books.currency)),
      asOf,
    };
  },
});
