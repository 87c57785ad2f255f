import { Decimal } from 'decimal.js';
import { SystemRefused } from '../../platform/system-error.ts';
import type { NewOrder, NewOrderLine } from '../../subgraphs/procurement/ports.ts';
import { fromUnitCode } from './unit-code.ts';

/** How this installation buys: organisational data that every order carries. */
export interface Purchasing {
  readonly companyCode: string;
  readonly organization: string;
  readonly group: string;
  /** Document type, for example NB. */
  readonly orderType: string;
  /** The expense account that consumption of a cost centre is posted to. */
  readonly glAccount: string;
}

// Amounts of documents are kept in the currency's minor unit, and the price unit has at most 5 digits.
const priceDecimals = 2;
const mostShift = 4;

/** A price as the system keeps it: an amount with two decimals per 1, 10 … 10000 units; null when it has more decimals than that. */
export const pricePerUnits = (price: string): { amount: string; per: string } | null => {
  const shift = Math.max(0, new Decimal(price).decimalPlaces() - priceDecimals);
  if (shift > mostShift) return null;
  const per = new Decimal(10).pow(shift);
  return { amount: per.times(price).toFixed(priceDecimals), per: per.toFixed() };
};

const wireDate = (day: string): string => `/Date(${Date.parse(`${day}T00:00:00.000Z`)})/`;

const lineBody = (
  line: NewOrderLine,
  order: NewOrder,
  { system, purchasing }: { system: string; purchasing: Purchasing },
): object => {
  const price = pricePerUnits(line.unitPrice.amount);
  const places = new Decimal(line.quantity.value).decimalPlaces();
  if (price === null || places > 3)
    throw new SystemRefused(
      `${system}: line ${line.lineNumber} cannot be written exactly: a quantity has at most 3 decimals, a price 6.`,
      { system, operation: 'place order', kind: 'permanent' },
    );
  const unit = fromUnitCode(line.quantity.unit);
  return {
    PurchaseOrderItem: String(line.lineNumber * 10),
    Material: line.itemLocalId,
    PurchaseOrderItemText: line.description.slice(0, 40),
    Plant: order.facilityLocalId,
    OrderQuantity: new Decimal(line.quantity.value).toFixed(),
    PurchaseOrderQuantityUnit: unit,
    OrderPriceUnit: unit,
    NetPriceAmount: price.amount,
    NetPriceQuantity: price.per,
    AccountAssignmentCategory: 'K',
    to_AccountAssignment: {
      results: [
        {
          AccountAssignmentNumber: '1',
          CostCenter: order.costCenterLocalId,
          GLAccount: purchasing.glAccount,
        },
      ],
    },
    ...(order.neededBy === null
      ? {}
      : {
          to_ScheduleLine: {
            results: [{ ScheduleLine: '1', ScheduleLineDeliveryDate: wireDate(order.neededBy) }],
          },
        }),
  };
};

/** The deep insert of an order: header, items, their cost centre and delivery date, in one request that is booked whole or not at all. */
export const orderBody = (
  order: NewOrder,
  context: { system: string; purchasing: Purchasing },
): object => ({
  CompanyCode: context.purchasing.companyCode,
  PurchaseOrderType: context.purchasing.orderType,
  PurchasingOrganization: context.purchasing.organization,
  PurchasingGroup: context.purchasing.group,
  Supplier: order.supplierLocalId,
  DocumentCurrency: order.currency,
  CorrespncExternalReference: order.reference,
  to_PurchaseOrderItem: { results: order.lines.map((line) => lineBody(line, order, context)) },
});
