import { Decimal } from 'decimal.js';
import { equals, type Row, type Store } from './store.ts';

const itemNumber = (line: number): string => String(line * 10).padStart(5, '0');

const orderItem = (store: Store, order: string, line: number): Row => {
  const item = store.byKey('A_PurchaseOrderItem', `${order},${itemNumber(line)}`);
  if (item === null) throw new Error(`Order ${order} has no line ${line}.`);
  return item;
};

const sumOf = (rows: readonly Row[], field: string): Decimal =>
  rows.reduce((sum, row) => sum.plus(String(row[field])), new Decimal(0));

const itemRows = (store: Store, set: string, item: Row): Row[] =>
  store.find(
    set,
    equals({
      PurchaseOrder: String(item['PurchaseOrder']),
      PurchaseOrderItem: String(item['PurchaseOrderItem']),
    }),
  );

const todayOf = (now: Date): string => `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;

const bookItem = (
  store: Store,
  header: Row,
  item: Row,
  movement: { quantity: string; position: number },
): void => {
  const cancelled = movement.quantity.startsWith('-');
  const quantity = movement.quantity.replace('-', '');
  store.put('A_MaterialDocumentItem', {
    MaterialDocumentYear: header['MaterialDocumentYear'],
    MaterialDocument: header['MaterialDocument'],
    MaterialDocumentItem: String(movement.position).padStart(4, '0'),
    Material: item['Material'],
    Plant: item['Plant'],
    // Quantities are never negative: 101 books a receipt, 102 takes one back.
    GoodsMovementType: cancelled ? '102' : '101',
    PurchaseOrder: item['PurchaseOrder'],
    PurchaseOrderItem: item['PurchaseOrderItem'],
    GoodsMovementRefDocType: 'B',
    QuantityInEntryUnit: quantity,
    EntryUnit: item['PurchaseOrderQuantityUnit'],
    QuantityInBaseUnit: quantity,
    MaterialBaseUnit: item['PurchaseOrderQuantityUnit'],
  });
  const received = itemRows(store, 'A_MaterialDocumentItem', item).reduce(
    (sum, row) =>
      row['GoodsMovementType'] === '101'
        ? sum.plus(String(row['QuantityInEntryUnit']))
        : sum.minus(String(row['QuantityInEntryUnit'])),
    new Decimal(0),
  );
  // The order's own change time stays as it is: a receipt is a document of its own.
  store.put('A_PurchaseOrderItem', {
    ...item,
    IsCompletelyDelivered: received.gte(String(item['OrderQuantity'])),
  });
};

/** Books goods in (a negative quantity takes them back); gives the material document's number. */
export const bookReceipt = (
  store: Store,
  receipt: {
    readonly order: string;
    readonly lines: readonly { lineNumber: number; quantity: string }[];
  },
  now: Date,
): string =>
  store.atomically(() => {
    const number = String(store.nextNumber('material document', 5_000_000_001));
    const iso = now.toISOString();
    const header: Row = {
      MaterialDocumentYear: iso.slice(0, 4),
      MaterialDocument: number,
      InventoryTransactionType: 'WE',
      DocumentDate: todayOf(now),
      PostingDate: todayOf(now),
      CreationDate: todayOf(now),
      CreationTime: `PT${iso.slice(11, 13)}H${iso.slice(14, 16)}M${iso.slice(17, 19)}S`,
      CreatedByUser: 'WAREHOUSE',
      GoodsMovementCode: '01',
    };
    store.put('A_MaterialDocumentHeader', header);
    receipt.lines.forEach((line, index) => {
      bookItem(store, header, orderItem(store, receipt.order, line.lineNumber), {
        quantity: line.quantity,
        position: index + 1,
      });
    });
    return number;
  });

/** What a supplier bills. */
export interface Bill {
  /** The number that the supplier printed on it. */
  readonly number: string;
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

const billItem = (
  store: Store,
  header: Row,
  item: Row,
  line: { quantity: string; amount: Decimal; position: number },
): void => {
  store.put('A_SuplrInvcItemPurOrdRef', {
    SupplierInvoice: header['SupplierInvoice'],
    FiscalYear: header['FiscalYear'],
    SupplierInvoiceItem: String(line.position).padStart(6, '0'),
    PurchaseOrder: item['PurchaseOrder'],
    PurchaseOrderItem: item['PurchaseOrderItem'],
    Plant: item['Plant'],
    DocumentCurrency: header['DocumentCurrency'],
    SupplierInvoiceItemAmount: line.amount.toFixed(2),
    PurchaseOrderQuantityUnit: item['PurchaseOrderQuantityUnit'],
    QuantityInPurchaseOrderUnit: line.quantity,
    PurchaseOrderItemMaterial: item['Material'],
  });
  const billed = sumOf(
    itemRows(store, 'A_SuplrInvcItemPurOrdRef', item),
    'QuantityInPurchaseOrderUnit',
  );
  store.put('A_PurchaseOrderItem', {
    ...item,
    IsFinallyInvoiced: billed.gte(String(item['OrderQuantity'])),
  });
  const [assignment] = itemRows(store, 'A_PurOrdAccountAssignment', item);
  if (assignment === undefined) return;
  store.put('A_JournalEntryItemBasic', {
    SourceLedger: '0L',
    CompanyCode: '1010',
    FiscalYear: header['FiscalYear'],
    AccountingDocument: header['SupplierInvoice'],
    LedgerGLLineItem: String(line.position).padStart(6, '0'),
    Ledger: '0L',
    GLAccount: assignment['GLAccount'],
    ControllingArea: 'A000',
    CostCenter: assignment['CostCenter'],
    PostingDate: header['PostingDate'],
    CompanyCodeCurrency: header['DocumentCurrency'],
    AmountInCompanyCodeCurrency: line.amount.toFixed(2),
  });
};

/** Enters and posts a supplier's bill; its amounts become actuals of the cost centres. Gives the invoice's number. */
export const enterInvoice = (
  store: Store,
  invoice: { readonly order: string; readonly bill: Bill },
  now: Date,
): string =>
  store.atomically(() => {
    const order = store.byKey('A_PurchaseOrder', invoice.order);
    if (order === null) throw new Error(`There is no order ${invoice.order}.`);
    const amounts = invoice.bill.lines.map((line) =>
      new Decimal(line.quantity).times(line.unitPrice),
    );
    const header: Row = {
      SupplierInvoice: String(store.nextNumber('supplier invoice', 5_105_600_001)),
      FiscalYear: now.toISOString().slice(0, 4),
      CompanyCode: '1010',
      DocumentDate: todayOf(now),
      PostingDate: todayOf(now),
      CreationDate: todayOf(now),
      SupplierInvoiceIDByInvcgParty: invoice.bill.number.slice(0, 16),
      InvoicingParty: order['Supplier'],
      DocumentCurrency: order['DocumentCurrency'],
      InvoiceGrossAmount: amounts
        .reduce((sum, amount) => sum.plus(amount), new Decimal(0))
        .toFixed(2),
      PaymentBlockingReason: '',
      SupplierInvoiceStatus: '5',
      ReverseDocument: '',
      IsReversal: false,
    };
    store.put('A_SupplierInvoice', header);
    invoice.bill.lines.forEach((line, index) => {
      billItem(store, header, orderItem(store, invoice.order, line.lineNumber), {
        quantity: line.quantity,
        amount: amounts[index] ?? new Decimal(0),
        position: index + 1,
      });
    });
    return String(header['SupplierInvoice']);
  });
