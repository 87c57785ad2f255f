import { Decimal } from 'decimal.js';
import { money } from '../../platform/money.ts';
import type { Invoices, LocalInvoice, LocalInvoiceLine } from '../../subgraphs/erp/ports.ts';
import type { Client } from './client.ts';
import { advance, sinceDay } from './cursor.ts';
import { day, decimal, type Entity, instant, related, text, textOrNull } from './entity.ts';
import { readItemPositions } from './item-positions.ts';
import { lineKey } from './order-history.ts';
import { dayLiteral } from './query.ts';
import { toUnitCode } from './unit-code.ts';

type Positions = ReadonlyMap<string, number>;

const orderLines = (invoice: Entity): readonly Entity[] =>
  related(invoice, 'to_SuplrInvcItemPurOrdRef');

const toLine = (line: Entity, currency: string, positions: Positions): LocalInvoiceLine => {
  const quantity = decimal(line, 'QuantityInPurchaseOrderUnit');
  const amount = decimal(line, 'SupplierInvoiceItemAmount');
  return {
    lineNumber: Number(text(line, 'SupplierInvoiceItem')),
    orderLineNumber:
      positions.get(lineKey(text(line, 'PurchaseOrder'), text(line, 'PurchaseOrderItem'))) ?? null,
    itemLocalId: textOrNull(line, 'PurchaseOrderItemMaterial'),
    quantity: {
      value: quantity.toFixed(),
      unit: toUnitCode(text(line, 'PurchaseOrderQuantityUnit')),
    },
    // The system keeps the line's amount; the price is that amount per unit, to our 6 decimals.
    unitPrice: money(
      (quantity.isZero() ? amount : amount.dividedBy(quantity)).toDecimalPlaces(
        6,
        Decimal.ROUND_HALF_UP,
      ),
      currency,
    ),
  };
};

// Status 5 is posted. That a bill is paid stands in the bank's clearing, which this service does not show: PAID never comes from here.
const statusOf = (invoice: Entity): LocalInvoice['status'] => {
  if (text(invoice, 'ReverseDocument') !== '') return 'VOIDED';
  const posted = text(invoice, 'SupplierInvoiceStatus') === '5';
  return posted && text(invoice, 'PaymentBlockingReason') === ''
    ? 'APPROVED_FOR_PAYMENT'
    : 'RECEIVED';
};

const toInvoice = (invoice: Entity, positions: Positions): LocalInvoice => {
  const currency = text(invoice, 'DocumentCurrency');
  const created = instant(invoice, 'CreationDate') ?? new Date(0).toISOString();
  const [first] = orderLines(invoice);
  return {
    localId: `${text(invoice, 'SupplierInvoice')}/${text(invoice, 'FiscalYear')}`,
    number: text(invoice, 'SupplierInvoiceIDByInvcgParty') || text(invoice, 'SupplierInvoice'),
    supplierLocalId: text(invoice, 'InvoicingParty'),
    orderLocalId: first === undefined ? null : textOrNull(first, 'PurchaseOrder'),
    status: statusOf(invoice),
    invoiceDate: day(invoice, 'DocumentDate') ?? created.slice(0, 10),
    total: money(decimal(invoice, 'InvoiceGrossAmount'), currency),
    lines: orderLines(invoice).map((line) => toLine(line, currency, positions)),
    changedAt: created,
  };
};

// An invoice has no change time. Reversals and payment blocks come within this time of its entry, so that much is read again.
const rereadDays = 30;

const rereadFrom = (since: string): string =>
  new Date(Date.parse(since) - rereadDays * 86_400_000).toISOString().slice(0, 10);

/** Supplier invoices; the reader de-duplicates by content. */
export const invoices = (client: Client): Invoices => ({
  changedSince: async (cursor, call) => {
    const since = sinceDay(cursor);
    const found = await client.list(
      { service: 'API_SUPPLIERINVOICE_PROCESS_SRV', path: 'A_SupplierInvoice' },
      {
        expand: 'to_SuplrInvcItemPurOrdRef',
        ...(since === null ? {} : { filter: `CreationDate ge ${dayLiteral(rereadFrom(since))}` }),
      },
      call,
    );
    const orders = found.flatMap(orderLines).map((line) => text(line, 'PurchaseOrder'));
    const positions = await readItemPositions(
      client,
      orders.filter((order) => order !== ''),
      call,
    );
    const records = found.map((invoice) => toInvoice(invoice, positions));
    return {
      records,
      cursor: advance(
        cursor,
        records.map((record) => record.changedAt),
      ),
    };
  },
});
