import { Decimal } from 'decimal.js';
import type { Clock } from '../../platform/clock.ts';
import type { LocalStockPosition, Stock } from '../../subgraphs/inventory/ports.ts';
import type { Client } from './client.ts';
import { decimal, type Entity, text } from './entity.ts';
import { historyOf, readHistory } from './order-history.ts';
import { quote } from './query.ts';
import { toUnitCode } from './unit-code.ts';

interface Amounts {
  readonly unit: string;
  readonly onHand: Decimal;
  readonly onOrder: Decimal;
}

const total = (
  rows: readonly { item: string; amounts: Amounts }[],
): ReadonlyMap<string, Amounts> => {
  const totals = new Map<string, Amounts>();
  for (const { item, amounts } of rows) {
    const known = totals.get(item);
    totals.set(item, {
      unit: known?.unit ?? amounts.unit,
      onHand: amounts.onHand.plus(known?.onHand ?? 0),
      onOrder: amounts.onOrder.plus(known?.onOrder ?? 0),
    });
  }
  return totals;
};

const lying = (row: Entity): { item: string; amounts: Amounts } => ({
  item: text(row, 'Material'),
  amounts: {
    unit: toUnitCode(text(row, 'MaterialBaseUnit')),
    onHand: decimal(row, 'MatlWrhsStkQtyInMatlBaseUnit'),
    onOrder: new Decimal(0),
  },
});

/** Unrestricted stock of one plant, and what its open order lines still await. */
export const stock = (client: Client, clock: Clock): Stock => ({
  atFacility: async (facilityLocalId, call) => {
    const asOf = clock.now().toISOString();
    const plant = `Plant eq ${quote(facilityLocalId)}`;
    const [held, open] = await Promise.all([
      client.list(
        { service: 'API_MATERIAL_STOCK_SRV', path: 'A_MatlStkInAcctMod' },
        // 01 is unrestricted; stock in inspection or blocked cannot be handed to a ward.
        { filter: `${plant} and InventoryStockType eq '01'` },
        call,
      ),
      client.list(
        { service: 'API_PURCHASEORDER_PROCESS_SRV', path: 'A_PurchaseOrderItem' },
        {
          filter: `${plant} and IsCompletelyDelivered eq false and PurchasingDocumentDeletionCode eq ''`,
        },
        call,
      ),
    ]);
    const history = await readHistory(
      client,
      open.map((item) => text(item, 'PurchaseOrder')),
      call,
    );
    const awaited = open.map((item) => ({
      item: text(item, 'Material'),
      amounts: {
        unit: toUnitCode(text(item, 'PurchaseOrderQuantityUnit')),
        onHand: new Decimal(0),
        onOrder: Decimal.max(
          decimal(item, 'OrderQuantity').minus(historyOf(history, item).received),
          0,
        ),
      },
    }));
    return [...total([...held.map(lying), ...awaited])]
      .filter(([item]) => item !== '')
      .map(
        ([itemLocalId, { unit, onHand, onOrder }]): LocalStockPosition => ({
          itemLocalId,
          facilityLocalId,
          onHand: { value: onHand.toFixed(), unit },
          onOrder: { value: onOrder.toFixed(), unit },
          asOf,
        }),
      );
  },
});
